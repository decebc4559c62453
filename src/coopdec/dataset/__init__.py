"""Asking the data set: :class:`Dataset` over a local release or any SPARQL endpoint, the
named queries of ``queries/*.rq``, results as :class:`Rows`.
"""

from __future__ import annotations

from coopdec.dataset.dataset import Dataset
from coopdec.dataset.named import NamedQuery, queries
from coopdec.dataset.parameters import Parameter
from coopdec.dataset.results import Row, Rows

__all__ = ["Dataset", "NamedQuery", "Parameter", "Row", "Rows", "queries"]
