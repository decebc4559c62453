"""A ``.toml`` to complete for a list: what the reader understood, what it did not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from coopdec.errors import StorageError, UsageError
from coopdec.model import Finding
from coopdec.read import Reading, read
from coopdec.read.columns.column_roles import header_roles, lacking
from coopdec.read.columns.header import Header
from coopdec.read.documents import Line
from coopdec.read.personal import is_personal
from coopdec.read.profiles import profiles
from coopdec.spelling import near_names
from coopdec.text import collapse, slug

__all__ = ["Draft", "draft", "write_draft"]

#: The head of an e-mail is no title, but its subject may be.
_MAIL = re.compile(r"(?:de|à|a|cc|cci|from|to|date|envoyé|sent)\s*:", re.IGNORECASE)
_SUBJECT = re.compile(r"^(?:objet|subject|sujet|tr|re|fwd?)\s*:\s*", re.IGNORECASE)
_TITLE = re.compile(r"lauréat|projets? (?:retenu|sélectionné|soutenu)|appels? à projets?|liste"
                    r"|coopération|fonds|subvention|jumelage|partenariat",
                    re.IGNORECASE)
_ROLES = ("region", "lead", "partner", "country", "title")
_WHAT = {
    "region": "région française / French region",
    "lead": "collectivité chef de file / lead authority",
    "partner": "partenaire étranger (ou country) / foreign partner (or country)",
    "country": "pays / country",
    "title": "titre du projet / project title",
}
#: A header is guessed among so many lines.
_DEPTH = 40


@dataclass(frozen=True, slots=True)
class Draft:
    """``text`` of the ``.toml``; what the reader has to say; the projects it read."""

    path: Path
    text: str
    findings: tuple[Finding, ...]
    projects: int


def write_draft(path: Path) -> Draft:
    """Write the draft for the list at ``path`` beside it; never over another.

    Raises:
        UsageError: no such list, or it has a ``.toml``.
        DataError: the document cannot be read at all.
        StorageError: the draft cannot be written.
    """
    if not path.exists():
        raise UsageError("no-such-file", path=str(path), near=near_names(path))
    toml = path.with_suffix(".toml")
    if toml.exists():
        raise UsageError("toml-exists", path=str(toml))
    made = draft(path)
    try:
        with toml.open("x", encoding="utf-8") as file:
            file.write(made.text)
    except FileExistsError as error:
        raise UsageError("toml-exists", path=str(toml)) from error
    except OSError as error:
        raise StorageError("cannot-write", path=str(toml), why=error.strerror or "") from error
    return made


def draft(path: Path) -> Draft:
    """The draft for the list at ``path``, nothing written."""
    reading = read(path)
    for _ in reading:
        pass
    header = reading.headers[0] if reading.headers else _guess(path)
    lines = [
        "# Brouillon écrit par « coopdec new-source ». Complétez, puis : coopdec read FICHIER",
        "# A draft by “coopdec new-source”. Complete it, then run: coopdec read FILE",
        "", *_facts(reading, path), "", *_columns(header),
    ]
    return Draft(path.with_suffix(".toml"), "\n".join(lines) + "\n", tuple(reading.findings),
                 reading.rows_read)


def _facts(reading: Reading, path: Path) -> Iterator[str]:
    head, source = reading.letterhead, reading.source
    texts = [p.text for p in reading.document.paragraphs if not is_personal(p.text)]
    title = next((_SUBJECT.sub("", t.strip("#*_ ")) for t in map(collapse, texts)
                  if _TITLE.search(t) and len(t) <= 300 and not _MAIL.match(t)), "")
    call = collapse(source.call_title) or path.stem
    yield _fact("title", title or path.stem, "titre complet de la liste / full title of the list")
    profile = profiles()[source.profile] if source.profile else None
    publisher = profile.defaults.get("publisher", "") if profile else ""
    yield _fact("publisher", publisher, "à vérifier / to be checked" if publisher else
                "À COMPLÉTER : qui publie la liste / TO COMPLETE: its publisher")
    if profile:
        yield _fact("profile", profile.name, f"{profile.title['fr']} / {profile.title['en']}")
    yield _fact("call", slug(call), "identifiant de l'appel, dans les IRI / the call's identifier")
    if source.call_title:
        yield _fact("call_title", collapse(source.call_title), "imprimé / as printed")
    else:
        yield "# call_title = \"…\" # nom de l'appel, que les pages montrent / its name, on pages"
    for key, value, what in (
        ("session", source.session, "numéro de session / number of the session"),
        ("issued", source.issued, "date du document / date of the document"),
        ("projects", head.projects and head.projects[0],
         "nombre annoncé / declared number of projects"),
    ):
        yield f"{key} = {value} # {what}" if value else f"# {key} =  # {what}"
    if any(f.code == "currency-unsaid" for f in reading.findings):
        yield "# currency = \"EUR\" # monnaie des montants imprimés sans elle / of bare amounts"
    yield "# licence = \"https://…\" # licence de réutilisation / licence of reuse"
    yield "# url = \"https://…\" # où la liste est publiée / where the list is published"


def _columns(header: Header | None) -> Iterator[str]:
    known = header.columns if header else {}
    left = [name for _, name in header.rest if name] if header else []
    yield "# Le rôle de chaque colonne : rôle = \"en-tête imprimé\"."
    yield "# The role of each column: role = \"printed header\"."
    yield "[columns]"
    if header and header.profile:
        yield "# Tirées de la disposition connue ci-dessus ; une ligne ici l'emporte sur elle."
        yield "# From the known layout above; a line here wins over it."
        yield from (f"# {role} = {_quoted(name)}" for role, name in known.items())
    for role, name in () if header and header.profile else known.items():
        yield f"{role} = {_quoted(name)}" + (f" # {_WHAT[role]}" if role in _WHAT else "")
    missing = header.lacking if header else lacking(dict(enumerate(known)))
    for role in _ROLES:
        if role not in known and (role in missing or role in ("region", "country")):
            need = "À COMPLÉTER / TO COMPLETE: " if role in missing else ""
            yield f"# {role} = \"…\" # {need}{_WHAT[role]}"
    if left:
        yield f"# Sans rôle / without a role: {', '.join(map(_quoted, left))}"
    if header and header.personal:
        names = ", ".join(_quoted(name) for _, name in header.personal)
        yield f"# Données personnelles, laissées de côté / personal data, left out: {names}"


def _fact(key: str, value: str, what: str) -> str:
    return f"{key} = {_quoted(value)} # {what}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "")


def _guess(path: Path) -> Header | None:
    """Where no header is recognised: the first of the fullest lines at the top."""
    reading = read(path)
    with reading.stream:
        best: Line | None = None
        count = 1
        for table in reading.document.tables:
            for number, line in enumerate(table.lines):
                filled = sum(bool(c.strip()) for c in line.cells)
                if filled > count:
                    best, count = line, filled
                if number >= _DEPTH:
                    break
    if best is None:
        return None
    names = [collapse(c) for c in best.cells]
    return Header(header_roles(names), names, [])
