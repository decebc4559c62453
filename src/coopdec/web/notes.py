"""What a cut answer says of itself, in the answer: a header is lost when a file is saved.

JSON and XML have a place for it (``head``'s ``link``), Turtle, N-Triples and XML have
comments. CSV and TSV have neither: a last line says it in words, in the first column, where
a person reads it in a spreadsheet and where a program that expects data stumbles rather
than taking half for the whole.
"""

from __future__ import annotations

import json

__all__ = ["marked"]


def marked(data: bytes, form: str, note: str, link: str) -> bytes:
    """``data`` with the note in it; ``link``: the address of a page that explains."""
    line = note.replace("--", "—").encode()
    if form == "json":
        return data.replace(b'"head":{', b'"head":{"link":[%s],' % json.dumps(link).encode(), 1)
    if form == "xml":
        found = b'<link href="%s"/></head>' % link.replace("&", "&amp;").encode()
        return data.replace(b"</head>", found, 1)
    if form == "csv":
        columns = data.partition(b"\n")[0].count(b",")
        return data + b'"# %s"%s\r\n' % (line.replace(b'"', b'""'), b"," * columns)
    if form == "tsv":
        columns = data.partition(b"\n")[0].count(b"\t")
        return data + b"%s%s\n" % (json.dumps("# " + note, ensure_ascii=False).encode(),
                                   b"\t" * columns)
    if form in ("ttl", "nt"):
        return b"# %s\n%s# %s\n" % (line, data, line)
    if form == "rdf":
        return data.rstrip() + b"\n<!-- %s -->\n" % line
    # JSON-LD: a key that no context gives a meaning, so that it states nothing.
    said = b'{"note":%s,' % json.dumps(note, ensure_ascii=False).encode()
    return said + (data[1:] if data[:1] == b"{" else b'"@graph":' + data + b"}")
