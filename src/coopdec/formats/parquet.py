"""Parquet: the projects, partners and collectivities as typed columns, lists as lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from coopdec.batches import batched
from coopdec.formats import Heading, WholeFormat
from coopdec.formats._columns import COLUMNS, Column, records
from coopdec.formats._entities import COLLECTIVITIES, PARTNERS, collectivities, partners

__all__ = ["FORMAT"]

_MEDIA_TYPE = "application/vnd.apache.parquet"
#: Of decimals, after the point: enough for any coordinate or amount that is printed.
_PLACES = 10
#: Rows in memory at a time.
_GROUP = 10_000


def _schema(columns: Sequence[Column], heading: Heading) -> Any:
    import pyarrow as arrow

    types = {"string": arrow.string(), "iri": arrow.string(), "integer": arrow.int64(),
             "decimal": arrow.decimal128(38, _PLACES)}
    fields = []
    for column in columns:
        kind = types[column.kind]
        fields.append(arrow.field(
            column.name, arrow.list_(kind) if column.many else kind,
            metadata={"title@fr": column.fr, "title@en": column.en}))
    return arrow.schema(fields, {"licence": heading.licence, "version": heading.version})


def _write(path: Path, columns: Sequence[Column], rows: Iterable[Mapping[str, Any]],
           heading: Heading) -> None:
    import pyarrow as arrow
    from pyarrow import parquet

    schema = _schema(columns, heading)
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for group in batched(rows, _GROUP):
            rounded = [{k: round(v, _PLACES) if isinstance(v, Decimal) else v
                        for k, v in row.items()} for row in group]
            writer.write_table(arrow.Table.from_pylist(rounded, schema))


def _make(folder: Path, heading: Heading) -> Sequence[tuple[str, str]]:
    made = {
        "projects.parquet": (COLUMNS, records(folder)),
        "partners.parquet": (PARTNERS, partners(folder, heading.base)),
        "collectivities.parquet": (COLLECTIVITIES, collectivities(folder, heading.base)),
    }
    for name, (columns, rows) in made.items():
        _write(folder / name, columns, rows, heading)
    return [(name, _MEDIA_TYPE) for name in made]


FORMAT = WholeFormat("parquet", ".parquet", _MEDIA_TYPE, make=_make,
                     needs="pyarrow", of=("csv", "jsonld"))
