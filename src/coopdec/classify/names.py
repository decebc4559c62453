"""Names in a title whose words are not themes: hidden before matching.

Three kinds: names the caller knows (the lead, the partner, their country), names by
their shape (« Port-au-Prince », « Rivière-Salée »), and the curated names of
``lexicon/masks.tsv``, which are entries of the tree like any other, without a goal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from coopdec.classify.words import SKIPPED, Words, cut
from coopdec.text import fold

__all__ = [
    "BODIES", "LEFT_OUT", "TITLES_OF_PEOPLE", "are_women", "hide_bodies", "hide_names",
    "hide_shapes", "is_left_out", "is_name", "may_hold_names",
]

#: A capitalised word after one of these is the name of somebody (« Mme Rivière »).
_PEOPLE = (
    "M MM Mme Mlle Monsieur Madame Mademoiselle Dr Docteur Pr Professeur Maître Abbé Père Sœur "
    "Saint Sainte St Ste Président Jean Marie Pierre Paul Jacques Louis Victor François Henri "
    "Charles Michel André Philippe Anne Jeanne Joseph Antoine Georges Robert Marcel"
)
TITLES_OF_PEOPLE = frozenset(_PEOPLE.split())

#: Capitalised words tied by hyphens, small words allowed between.
_TIED = re.compile(r"(?<![\w-])[^\W\d_a-zß-ÿ]\w+(?:[-‐‑](?:\w{1,4}[-‐‑'’])*[^\W\d_a-zß-ÿ]\w+)+")

_APOSTROPHES = ("'", "’")

#: Parts that only names have (« Pont-Saint-Esprit », « La Forêt-Fouesnant »).
_PARTS = (
    "Saint Sainte St Ste La Le Les Chapelle Grand Grande Petit Haut Haute Bas Basse Beau Belle "
    "Vieux Vieille Nouveau Nouvelle Neuf Neuve"
)
_OF_NAMES = frozenset(_PARTS.split())

#: Before a capitalised word in the middle of a title, they announce a place.
_ARTICLES = frozenset({"La", "Le", "Les", "L"})
_TOWARDS = frozenset({"à", "avec", "entre"})

_KINDS = (
    "arrondissement canton cercle communauté commune communes comté département district districts "
    "gouvernorat mairie mairies municipalité municipalités oblast paroisse préfecture province "
    "provinces région régions village villages ville villes voïvodie wilaya"
)
#: « la commune de Fontaine », « la ville du Port »: what follows them is its name.
_PLACES = frozenset(_KINDS.split())
#: Of what kind the place is (« commune rurale de »).
_OF_PLACES = frozenset({"autonome", "rurale", "rurales", "urbaine", "urbaines", "voisine"})
#: Between a kind of place and its name.
_BETWEEN = frozenset({"d", "de", "des", "du", "l", "la", "le", "les"})
_DEFINITE = frozenset({"du", "l", "la"})

#: « rue de l'École », « salle du Marché », « le collège Les Fontaines ».
_STREETS = frozenset({"allée", "avenue", "boulevard", "impasse", "rue", "square"})
_HALLS = frozenset({"cinéma", "esplanade", "gymnase", "hôtel", "place", "quai", "salle", "stade",
                    "théâtre", "villa"})
_NAMED = _STREETS | _HALLS | {"collège", "école", "gîte", "lycée", "quartier", "scolaire"}

#: « association Eau et Vie », as :func:`coopdec.classify.words.cut` writes the first word.
BODIES = frozenset({b"Association", b"association", b"ONG", b"Collectif", b"collectif",
                    b"Fondation", b"fondation"})
_UPPER = r"[^\W\d_a-zß-ÿ][\w-]*"
_SMALL = "à|au|aux|d|de|des|du|en|et|l|la|le|les|pour|sans|sur"
_BODY = re.compile(
    r"\b(?:[Aa]ssociation|ONG|[Cc]ollectif|[Ff]ondation) +(?:[«\"“]\s*)?"
    rf"({_UPPER}(?:[ '’](?:(?:{_SMALL})[ '’]+)*{_UPPER})*)"
)

#: A word that would begin with a capital where each word does.
_TELLS_CASE = re.compile(
    r"(?:[dl]['’])?(?!(?:avec|chez|dans|entre|leurs?|pour|sans|sous|vers)\b)[a-zß-ÿ]{4,}").match

#: What follows one of these the title is not about (« subvention hors eau », « ni eau ni pain »).
_OUTSIDE = frozenset({b"hors", b"Hors"})
LEFT_OUT = _OUTSIDE | {b"ni", b"Ni"}

#: Words after which stands a noun, not an adjective.
_NOUNS_FOLLOW = "aux avec ces chez d de des entre jeunes les nos par pour sans ses vos"
_BEFORE_NOUNS = frozenset(_NOUNS_FOLLOW.split())


def hide_names(
    words: Words, keys: list[str | None], masks: Sequence[tuple[str, ...]]
) -> None:
    """Set to None the keys of words that belong to one of the names, given by their stems.

    A name of one word is hidden only where it is written with a capital: « Port » the
    commune is a name, « port » is not.
    """
    plain = words.stems
    for wanted in masks:
        if wanted[0] not in plain:
            continue
        for i, first in enumerate(plain):
            if first != wanted[0]:
                continue
            at = _end_of(plain, i, wanted)
            if at and (words.all[i][:1].isupper() or len(wanted) > 1):
                keys[i:at] = [None] * (at - i)


def _end_of(plain: list[str], start: int, wanted: tuple[str, ...]) -> int:
    at = start
    for step in wanted:
        while at < len(plain) and plain[at] in SKIPPED:
            at += 1
        if at >= len(plain) or plain[at] != step:
            return 0
        at += 1
    return at


def may_hold_names(text: str) -> bool:
    """Cheap test before :func:`hide_shapes`: a hyphen before a capital or « l' »."""
    at = text.find("-")
    while at >= 0:
        if text[at + 1 : at + 2].isupper() or text[at + 2 : at + 3] in _APOSTROPHES:
            return not text.isupper()
        at = text.find("-", at + 1)
    return False


def hide_shapes(text: str, words: list[str], keys: list[str | None]) -> None:
    """Hide names that their shape gives away; nothing in a title all in capitals."""
    for parts in _words_in(text, [name.span() for name in _TIED.finditer(text)]):
        if any(_of_a_name(words[i], keys[i]) for i in parts):
            for i in parts:
                keys[i] = None


def hide_bodies(text: str, words: list[str], keys: list[str | None]) -> None:
    """Hide the capitalised words after « association », « ONG »… that begin a title or stand in
    one whose other words are not in capitals as well (« Appui À L'Association Des Femmes »);
    nothing in a title all in capitals, nor « association d'usagers »."""
    if text.isupper():
        return
    told = any(map(_TELLS_CASE, _BODY.sub(_without_name, text).split()))
    names = [body.span(1) for body in _BODY.finditer(text) if told or not body.start()]
    for parts in _words_in(text, names):
        keys[parts.start : parts.stop] = [None] * len(parts)


def _words_in(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[range]:
    """Which words of a text each of the spans holds, by their numbers; spans in order."""
    first = at = 0
    for start, end in spans:
        first += len(cut(text[at:start])[1])
        parts = range(first, first + len(cut(text[start:end])[1]))
        yield parts
        first, at = parts.stop, end


def _without_name(body: re.Match[str]) -> str:
    return body[0][: body.start(1) - body.start()]


def is_left_out(tokens: list[bytes], keys: list[str | None], at: int) -> bool:
    """Whether « hors » stands right before a word, or one « ni » of several (« sans eau ni
    électricité » is about both)."""
    at -= 1
    while at > 0 and keys[at] == "":
        at -= 1
    if at < 0 or tokens[at] not in LEFT_OUT:
        return False
    return tokens[at] in _OUTSIDE or sum(token.lower() == b"ni" for token in tokens) > 1


def _of_a_name(part: str, key: str | None) -> bool:
    """An unknown capitalised part, or a small word: « Clichy-sous-Bois » is a name,
    « Santé-Nutrition » and « Femmes-Hommes » are themes."""
    return part in _OF_NAMES or part[0].islower() or (key is None and part.istitle())


def is_name(words: list[str], start: int, end: int) -> bool:
    """Whether a term that starts with a capital is the name of somebody or of a place, by
    what stands before it: « Mme Rivière », « entre Le Port et Sfax », « à Fontaine »,
    « la commune rurale de Fontaine », « rue de l'École normale », « collège Les Fontaines »."""
    if start == 0:
        return False
    before = words[start - 1]
    if before in TITLES_OF_PEOPLE:
        return True
    if words[start].isupper() and len(words[start]) > 1:
        return False
    if _follows_street(words, start):
        return True
    if end > start + 1:
        return False
    return before in _TOWARDS or _follows_place(words, start) or (
        before in _ARTICLES and start > 1
        and (words[start - 2][0].islower() or words[start - 2].lower() in _NAMED)
    )


def are_women(
    term: str, words: list[str], keys: list[str | None], start: int, end: int
) -> bool:
    """Whether the last word is that of ``term`` in the feminine, a noun by what stands before
    (« des maraîchères », not « cultures maraîchères »), and no man is named beside (« étudiants
    et étudiantes »)."""
    return (
        fold(words[end - 1]).rstrip("s") == fold(term.rsplit(maxsplit=1)[-1]).rstrip("s")
        and (start == 0 or words[start - 1].lower() in _BEFORE_NOUNS)
        and keys.count(keys[end - 1]) == 1
    )


def _follows_place(words: list[str], at: int) -> bool:
    """Whether the words before ``at`` are a kind of place and « de »."""
    here = at - 1
    while here >= 0 and words[here].lower() in _BETWEEN:
        here -= 1
    if here == at - 1 or here < 0:
        return False
    if words[here] in _OF_PLACES:
        here -= 1
    return here >= 0 and words[here].lower() in _PLACES


def _follows_street(words: list[str], at: int) -> bool:
    """Whether the words before ``at`` are a street and « de », or a square or hall and « de la »,
    « du »: « Salle de Classe » is none, nor is « enfants de la rue : Santé »."""
    here = at - 1
    while here > 0 and words[here] in _BETWEEN:
        here -= 1
    if here == at - 1:
        return False
    kind = words[here].lower()
    return kind in _STREETS or (
        kind in _HALLS and any(word in _DEFINITE for word in words[here + 1 : at]))
