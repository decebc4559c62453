"""What the pages know of a data set without asking it: an SQLite file, built once.

``entity`` holds every resource with its labels and (from a local dump) its statements,
``project`` the order of projects and what a list shows of each, ``posting`` the projects
of each facet value, ``words`` the full-text search (SQLite's FTS5 over folded words), and
``reverse`` what points to what among everything that is no project.
"""

from __future__ import annotations

from coopdec.web.pages.index.build import build
from coopdec.web.pages.index.index import WORDS, Index

__all__ = ["WORDS", "Index", "build"]
