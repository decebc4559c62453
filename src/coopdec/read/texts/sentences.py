"""Sentences that each tell a project: « La Ville de Brest accompagne la commune de Saponé (Burkina
Faso) dans la gestion de ses déchets. »

Who leads is a name that opens with its type and is known in France; then comes a word that says
with whom, and a place with its country in brackets, or in a country that the sentence or a heading
names. What the sentence says after is the title, as printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from coopdec.read.cells.leads import is_typed, parse_lead_cell
from coopdec.read.documents import Line, Paragraph, Table
from coopdec.read.documents._wrap import join
from coopdec.read.sections import Sections
from coopdec.read.texts.broken import Broken
from coopdec.read.texts.item_parts import is_abroad, is_grouping, is_known, is_there
from coopdec.read.texts.items import COLUMNS
from coopdec.read.texts.printed_lines import Prose, clean
from coopdec.reference import Gazetteer
from coopdec.text import collapse

__all__ = ["table_of_sentences"]

_END = re.compile(r"(?<=[^A-ZÀ-Ý][.!?])\s+(?=[A-ZÀ-Ý«])")
#: « Enfin, », « En 2019, », « Au Togo, »
_OPENING = re.compile(r"(?:(?:Enfin|Ainsi|Par ailleurs|De plus|De même|Quant à elle|En outre"
                      r"|(?:Depuis|En) (?:19|20)\d\d|(?:Au|Aux|En|À) ([A-ZÀ-Ý][^,;:()]{2,40})), )+")
_ARTICLE = r"(?:l['’]\s?|l[ae]s?\s+)"
_VERB = (r"(?:accompagne|soutient|soutiennent|appuie|aide|assiste|(?:coop[èé]re|collabore|travaille"
         r"|œuvre|agit|échange|est jumelée?|est partenaire|est engagée?)(?:nt)?\s+(?:avec|auprès de"
         r"|aux côtés de|de)|mène avec|conduit avec|développe avec|intervient (?:dans|auprès de))")
_LINKS = (re.compile(rf",?\s+{_VERB}(?:nt)?\s+{_ARTICLE}?", re.IGNORECASE),
          re.compile(rf",?\s+(?:et|ainsi que)\s+(?:son partenaire,?\s+)?{_ARTICLE}?"))
_IS_VERB = re.compile(rf"\b{_VERB}\b")
_NAME = re.compile(r"[A-ZÀ-Ý][\w'’-]*(?:\s+(?:(?:de|du|des|la|le|les|el|al|et)\s+|[dl]['’])*"
                   r"[A-ZÀ-Ý][\w'’-]*)*")
_PLACED = re.compile(r"[^()]{2,80}\([^()]{3,50}\)")
_MORE = re.compile(rf"\s*(?:,|et|ainsi que)\s+{_ARTICLE}?(?=[^()]{{2,80}}\([^()]{{3,50}}\))")
#: Words in small letters that a name holds.
_SMALL = frozenset(("de", "du", "des", "la", "le", "les", "et", "d", "l", "sur", "en", "aux", "à",
                    "sous", "el", "al", "villes", "communes", "régions", "provinces",
                    "départements", "districts", "cercles", "préfectures", "municipalités"))
#: What only leads to what is done; other words tell what happened (« ont signé »).
_LEADING = re.compile(
    r"[\s,]*(?=\w)(?:(?:mènent|portent|conduisent|poursuivent|développent|organisent|réalisent"
    r"|échangent|travaillent|coopèrent|collaborent|agissent|s['’]engagent|préparent|lancent"
    r"|mettent en œuvre|construisent|créent|élaborent|animent|mutualisent|partagent)\b"
    r"(?:\s+(?:ensemble|leur\s+\w+|conjointement))?\s*)?"
    r"(?:(?:dans(?: le (?:cadre|domaine) d[eu])?|sur|pour|autour d[eu]|afin de|en vue de"
    r"|en matière de|à travers|par|à)\b\s*)?"
    r"(?:(?:une?|des)\s+(?=\w)|l['’]\s?|l[ae]s?\s+)?", re.IGNORECASE)
_SHORTEST = 8
_MONEY = re.compile(r"\d\s?(?:[kM]?€|[kM]?\s?euros?\b|F\s?CFA)")


def table_of_sentences(lines: Sequence[Paragraph], places: Gazetteer) -> Prose | None:
    """The projects that sentences tell, where two do and most of those that name a place abroad;
    the others of these are kept, so that they are said."""
    rows: list[tuple[Paragraph, list[str]]] = []
    found = others = 0
    for at, text, heading, country in _sentences(lines, Sections(places)):
        if heading:
            rows.append((at, [text, "", "", "", ""]))
        elif told := _told(text, country, places):
            rows.append((at, [*told, ""]))
            found += 1
        elif any(is_abroad(m[0].rpartition(",")[2].strip(), places)
                 for m in _PLACED.finditer(text)) or _country(text, places):
            rows.append((at, ["", "", "", "", text]))
            others += 1
        elif _MONEY.search(text):  # « L'aide est de 9 000 € », of what a sentence told
            rows.append((at, ["", "", "", "", text]))
    if found < 2 or others > found:
        return None
    named = any(cells[2] for _, cells in rows)
    lead, partner, title = COLUMNS[:3]
    table = [Line(at.line or n, cells if named else [*cells[:2], *cells[3:]], page=at.page)
             for n, (at, cells) in enumerate([(rows[0][0], [lead, partner, "Pays", title, ""]),
                                              *rows], 1)]
    return Prose(Table(table), found, sentences=True)


def _sentences(lines: Sequence[Paragraph], sections: Sections
               ) -> Iterator[tuple[Paragraph, str, bool, str]]:
    """Each with where its paragraph stands, whether it is a heading, and the country of one."""
    cleaned = [clean(p) for p in lines]
    broken = Broken(lines, cleaned, sections)
    block: list[Paragraph] = []

    def whole() -> Iterator[tuple[Paragraph, str, bool, str]]:
        country = sections.country()
        for text in _END.split(join([p.text for p in block], broken.words)) if block else ():
            yield block[0], collapse(text), False, country

    reach = 0
    for raw, line in zip(lines, cleaned, strict=True):
        above = block[-1] if block else None
        goes_on = above is not None and line.kind is None and (line.line or 0) == (
            above.line or 0) + 1 and above.text[-1:] not in ".!?" and broken.sign(
            above.text, reach, line.text)
        reach = len(raw.text.rstrip())
        if not goes_on:
            yield from whole()
            block = []
        if sections.take(line.text):
            yield from whole()
            block = []
            yield line, line.text, True, ""
        else:
            block.append(line)
    yield from whole()


def _country(text: str, places: Gazetteer) -> str:
    """The country with which a sentence opens: « Au Togo, »."""
    opening = _OPENING.match(text)
    return opening[1] if opening and opening[1] and places.country(opening[1]) else ""


def _told(text: str, country: str, places: Gazetteer) -> tuple[str, str, str, str] | None:
    """Who leads, with whom, in what country where the sentence opens with one, and what, in a
    sentence that tells all."""
    own = _country(text, places)
    if opening := _OPENING.match(text):
        text = text[opening.end() :]
    text = re.sub(rf"^{_ARTICLE}", "", text, count=1, flags=re.IGNORECASE)
    for links in _LINKS:
        for link in links.finditer(text):
            lead = text[: link.start()]
            if not _is_lead(lead, places):
                continue
            partner, rest = _partner(text[link.end() :], own or country, places)
            leading = _LEADING.match(rest)
            if leading is None or not leading[0].strip(" ,"):
                continue
            title = rest[leading.end() :].strip(" .,;")
            if partner and len(title) >= _SHORTEST:
                return lead, partner, "" if partner.endswith(")") else own, title
    return None


def _is_lead(words: str, places: Gazetteer) -> bool:
    return len(words) <= 160 and not is_abroad(words, places) and not _PLACED.match(words) and (
        is_known(words, places) or is_grouping(words, places)) and all(
        is_typed(m.name or "", places) for m in parse_lead_cell(words))


def _partner(text: str, country: str, places: Gazetteer) -> tuple[str, str]:
    """The places with which words begin, and the words after them."""
    end = 0
    while found := _PLACED.match(text, end):
        if not is_abroad(found[0], places) or not _is_name(found[0], places):
            break
        end = found.end()
        if (more := _MORE.match(text, end)) is None:
            break
        end = more.end()
    if end:
        end = text.rindex(")", 0, end) + 1
        return text[:end], text[end:]
    kind, rest = places.split_type(text)
    name = _NAME.match(rest if kind else text)
    if not country or name is None:
        return "", text
    end = (len(text) - len(rest) if kind else 0) + name.end()
    return (text[:end], text[end:]) if is_there(text[:end], country, places) else ("", text)


def _is_name(words: str, places: Gazetteer) -> bool:
    """Whether words in front of a country are all of a name: « commune de Saponé (Mali) »."""
    own = words.rpartition("(")[0]
    if _IS_VERB.search(own):
        return False
    rest = places.split_type(own)[1]
    return all(word[:1].isupper() or word in _SMALL for word in re.findall(r"[^\W\d_]+", rest))
