"""From the lines of a resource before and after to what changed, field by field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from coopdec.changes.model import FieldChange, Named, Nature, Value, Words
from coopdec.changes.naming import Names, literal, term_name
from coopdec.changes.opening import parsed
from coopdec.vocab import CD, DCTERMS, PROV, RDF, RDFS, SKOS, SSSOM, cd

__all__ = ["facts", "fields", "named", "statements"]

_TYPE, _LABEL = f"<{RDF}type>", f"<{RDFS}label>"
#: Predicate → objects, of one subject.
Said = Mapping[str, tuple[str, ...]]

_POSITIONS = frozenset(cd(p) for p in ("line", "lastLine", "page", "sheet", "regionCellLine"))
#: What points to a part of the resource: the part itself is told.
_POINTERS = frozenset({cd("themeAssignment"), PROV + "wasDerivedFrom"})
#: Said of a row as printed; where the fact itself changed as well, it is an echo.
_CELLS = {cd("titleCell"): DCTERMS + "title", cd("leadCell"): cd("lead"),
          cd("partnerCell"): cd("partner"), cd("regionCell"): cd("region"),
          cd("countryCell"): cd("partnerCountry")}
#: How a theme or a link was found: it explains the change beside it.
_REASONS = frozenset({cd("evidence"), cd("evidenceStart"), cd("rule"), SSSOM + "comment",
                      SSSOM + "mapping_justification", SSSOM + "predicate_id"})
#: The order in which fields are told; the rest follows by name.
_ORDER = {p: n for n, p in enumerate([
    DCTERMS + "title", SKOS + "prefLabel", RDFS + "label", cd("lead"), cd("partner"),
    cd("partnerCountry"), cd("region"), cd("theme"), cd("noThemeStated"), cd("call"),
    cd("session")])}


#: A statement as our writers and most others write it.
_IRI = r'<[^<>"{}|^`\\\x00-\x20]*>'
_LINE = re.compile(
    rf'^({_IRI}) ({_IRI}) ({_IRI}|"(?:[^"\\\n\r]|\\[tbnrf"\\])*"(?:@[a-z0-9-]+|\^\^{_IRI})?) \.$',
    re.MULTILINE)


def statements(lines: bytes | None) -> dict[str, dict[str, tuple[str, ...]]]:
    """Subject → predicate → objects, as N-Triples terms in their one canonical spelling.

    Raises:
        DataError: they do not parse.
    """
    if not lines:
        return {}
    found: dict[str, dict[str, dict[str, None]]] = {}
    for subject, predicate, value in _split(lines):
        found.setdefault(subject, {}).setdefault(predicate, {})[value] = None
    return {s: {p: tuple(o) for p, o in said.items()} for s, said in found.items()}


def _split(lines: bytes) -> Iterable[tuple[str, str, str]]:
    """The terms of each statement; the parser is asked only about what is not plain."""
    try:
        text = lines.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    plain = _LINE.findall(text) if "XMLSchema#string>" not in text else []
    if len(plain) == lines.count(b"\n"):
        return plain
    return ((str(t.subject), str(t.predicate), str(t.object)) for t in parsed(lines))


def fields(iri: str, before: Mapping[str, Said], after: Mapping[str, Said], names: Names
           ) -> tuple[FieldChange, ...]:
    """What changed of the resource ``iri`` and of its parts (``iri#…``)."""
    own = f"<{iri}>"
    found = list(_of_subject(own, None, before.get(own, {}), after.get(own, {}), names))
    changed = {f.predicate for f in found}
    for part in sorted((before.keys() | after.keys()) - {own}):
        found += _of_part(part, before.get(part), after.get(part), names)
    settled = [_settled(f, changed, found) for f in found]
    return tuple(sorted(settled, key=lambda f: (f.part is not None, _rank(f), f.part.fr
                                                if f.part else "")))


def _rank(field: FieldChange) -> tuple[int, str]:
    return _ORDER.get(field.predicate, len(_ORDER)), field.name.fr


def _of_part(part: str, before: Said | None, after: Said | None, names: Names
             ) -> Iterable[FieldChange]:
    """A part that came or went is told as one thing, one that stayed field by field."""
    said = after or before or {}
    label = _label(said) or Words(part, part)
    if before is None or after is None:
        kind = _class(said)
        value = (Value(part, label),)
        yield FieldChange(kind, term_name(kind), None, () if before is None else value,
                          () if after is None else value, Nature.CONTENT)
        return
    yield from _of_subject(part, label, before, after, names)


def _of_subject(subject: str, part: Words | None, before: Said, after: Said, names: Names
                ) -> Iterable[FieldChange]:
    for predicate in dict.fromkeys([*before, *after]):
        was, now = before.get(predicate, ()), after.get(predicate, ())
        gone = [o for o in was if o not in now]
        come = [o for o in now if o not in was]
        if gone or come:
            iri = predicate[1:-1]
            yield FieldChange(iri, term_name(iri), part, tuple(map(names.value, gone)),
                              tuple(map(names.value, come)), Nature.CONTENT)


def _settled(field: FieldChange, changed: set[str], every: Iterable[FieldChange]) -> FieldChange:
    """The field with what it is worth telling."""
    nature = Nature.CONTENT
    predicate, inside = field.predicate, field.part is not None
    if predicate in _POSITIONS or (inside and predicate == RDFS + "label"):
        nature = Nature.POSITION
    elif (
        predicate in _POINTERS
        or (predicate == RDFS + "label" and not inside
            and changed & {DCTERMS + "title", SKOS + "prefLabel"})
        or (inside and _CELLS.get(predicate) in changed)
        or (inside and predicate in _REASONS)
        or (predicate == cd("ThemeAssignment") and _is_goal(field, every))
        or (predicate == SSSOM + "Mapping" and changed & _LINKS)
        or predicate.startswith(_GEOMETRY) or predicate == _HAS_GEOMETRY
    ):
        nature = Nature.ECHO
    return FieldChange(field.predicate, field.name, field.part, field.before, field.after, nature)


_LINKS = frozenset({SKOS + "exactMatch", SKOS + "closeMatch",
                    "http://www.w3.org/2002/07/owl#sameAs"})
_GEOMETRY = "http://www.opengis.net/ont/geosparql#"
_HAS_GEOMETRY = _GEOMETRY + "hasGeometry"


def _is_goal(field: FieldChange, every: Iterable[FieldChange]) -> bool:
    """Whether the assignment that came or went is that of a goal told as a theme."""
    said = field.before + field.after
    numbers = {v.term[1:-1].rpartition("/")[2]
               for f in every if f.predicate == cd("theme") for v in f.before + f.after}
    return all(v.term[1:-1].rpartition("#theme-")[2] in numbers for v in said)


def _class(said: Said) -> str:
    """The class to name a part by: ours before those of others."""
    classes = [t[1:-1] for t in said.get(_TYPE, ())]
    return next((c for c in classes if c.startswith(CD)), classes[0] if classes else RDF + "type")


def _label(said: Said) -> Words | None:
    by_lang: dict[str, str] = {}
    for term in said.get(_LABEL, ()):
        text, lang, _ = literal(term)
        by_lang.setdefault(lang, text)
    if not by_lang:
        return None
    fr = by_lang.get("fr", next(iter(by_lang.values())))
    return Words(fr, by_lang.get("en", fr))


def named(iri: str, about: Mapping[str, Said], names: Names) -> Named:
    """A project as people know it."""
    said = about.get(f"<{iri}>", {})

    def words(term: str) -> tuple[Words, ...]:
        return tuple(names.value(o).text for o in said.get(f"<{cd(term)}>", ()))

    title = said.get(f"<{DCTERMS}title>") or said.get(_LABEL) or ()
    return Named(iri, literal(title[0])[0] if title else iri, words("lead"), words("partner"),
                 words("partnerCountry"))


def facts(iri: str, about: Mapping[str, Said]) -> dict[str, str]:
    """What a row was known by, as printed: call, session, lead, partner, title, and where
    it stood (source, line)."""
    own = about.get(f"<{iri}>", {})
    row = next((said for subject, said in about.items() if "#row-" in subject), {})

    def first(said: Said, predicate: str) -> str:
        return literal(said[f"<{predicate}>"][0])[0] if f"<{predicate}>" in said else ""

    return {
        "call": first(own, cd("call")), "session": first(own, cd("session")),
        "lead": first(row, cd("leadCell")),
        "partner": first(row, cd("partnerCell")) or first(row, cd("countryCell")),
        "title": first(row, cd("titleCell")) or first(own, DCTERMS + "title"),
        "source": first(row, DCTERMS + "isPartOf"), "line": first(row, cd("line")),
    }
