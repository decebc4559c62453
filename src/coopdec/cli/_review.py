"""Links to decide on at the terminal: one name after the other, one key each; or all of them
to read."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from pathlib import Path

import click

from coopdec.cli._asking import NOTHING, ask_each, short_place
from coopdec.cli._deciding import OURS, write_to
from coopdec.decisions import LinkDecision, contract, decide_link
from coopdec.messages import Count, Lang, number, render
from coopdec.model import Candidate, Kind, Question
from coopdec.reference import gazetteer
from coopdec.review import Review, Suggestion, suggestions_for

__all__ = ["list_questions", "review_at_terminal"]

_WORDS = {
    "fr": {"projects": "{n:projet|projets}", "none": "sans candidat",
           "how": "Pour décider : coopdec links accept {subject} {object}, ou refuse",
           "keys": "1-9 accepter · n aucun d'eux · espace passer · q terminer",
           "people": "{n} hab.", "away": "à {km} km du premier"},
    "en": {"projects": "{n:project|projects}", "none": "no candidate",
           "how": "To decide: coopdec links accept {subject} {object}, or refuse",
           "keys": "1-9 accept · n none of them · space skip · q stop",
           "people": "pop. {n}", "away": "{km} km from the first"},
}


def review_at_terminal(found: Review, decisions: Path | None, author: str, lang: Lang) -> None:
    """Ask about each name that has candidates."""
    say = _WORDS[lang]

    def show(asked: tuple[Question, int], of: str) -> tuple[str, set[str]]:
        question, projects = asked
        shown = question.candidates[:9]
        _head(question, f"[{of}] ", projects, lang)
        for number_, candidate in enumerate(shown, 1):
            click.echo(f"  {number_}  {_line(candidate, shown[0], lang)}")
        return say["keys"], {"n", *map(str, range(1, len(shown) + 1))}

    def decide(asked: tuple[Question, int], key: str) -> int:
        chosen = int(key) - 1 if key.isdigit() else None
        folder = write_to(decisions, lang)
        decided = 0
        for place_, (_, links) in enumerate(suggestions_for(asked[0])):
            if chosen in (None, place_):
                for suggestion in links:
                    _keep(folder, suggestion, chosen is not None, author)
                decided += 1
        return decided

    asked = [(q, n) for q, n in found.questions if q.candidates]
    ask_each(asked, show, decide, decisions or OURS, lang)


def _keep(folder: Path, s: Suggestion, accepted: bool, author: str) -> None:
    decide_link(folder, LinkDecision.by_hand(s.subject, s.predicate, s.target, accepted, author),
                s.subject_label, s.target_label)


def list_questions(found: Review, lang: Lang) -> None:
    """Every name with its candidates and the links that each would give, to decide on with
    the commands that take them."""
    if not found.questions:
        click.echo(NOTHING[lang])
    first: Suggestion | None = None
    for question, projects in found.questions:
        _head(question, "", projects, lang)
        if not question.candidates:
            click.echo(f"  {_WORDS[lang]['none']}")
        for candidate, links in suggestions_for(question):
            click.echo(f"  {_line(candidate, question.candidates[0], lang)}")
            for link in links:
                first = first or link
                click.echo(f"      {contract(link.predicate)} {contract(link.target)}")
    if first is not None:
        how = _WORDS[lang]["how"].format(subject=first.subject, object=contract(first.target))
        click.echo(f"\n{how}", err=True)


def _head(question: Question, start: str, projects: int, lang: Lang) -> None:
    many = _WORDS[lang]["projects"].format(n=Count(projects, lang))
    click.echo()
    click.secho(f"{start}{question.name} ({question.country or 'FR'}) · {many}", bold=True)
    click.echo(f"  « {question.title} »")
    click.secho(f"  {short_place(question.where, lang)}", dim=True)
    click.secho(f"  {question.subject}", dim=True)


_KINDS = {
    Kind.COMMUNE: "kind-commune", Kind.INTERCOMMUNALITY: "kind-intercommunality",
    Kind.DEPARTMENT: "kind-department", Kind.REGION: "kind-region",
    Kind.SINGLE_TERRITORIAL_COLLECTIVITY: "kind-single", Kind.SYNDICATE: "kind-syndicate",
    Kind.COUNTRY: "kind-country", Kind.ADMIN1: "kind-admin1", Kind.ADMIN2: "kind-admin2",
    Kind.PLACE: "kind-place", Kind.INSTITUTION: "kind-institution"}
_IDS = {"geonames": "GeoNames ", "wikidata": "Wikidata ", "iso3166_2": "ISO ", "insee": "INSEE ",
        "siren": "SIREN "}


def _distance(first: Candidate, other: Candidate, lang: Lang) -> str:
    """How far a candidate lies from the first one, which tells twins from neighbours."""
    one, two = first.entity, other.entity
    if one is two or one.lat is None or one.lon is None or two.lat is None or two.lon is None:
        return ""
    lat1, lon1, lat2, lon2 = map(radians, (one.lat, one.lon, two.lat, two.lon))
    # Haversine, on a sphere of 6371 km.
    h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return _WORDS[lang]["away"].format(km=number(round(12742 * asin(sqrt(h))), lang))


def _line(candidate: Candidate, first: Candidate, lang: Lang) -> str:
    entity = candidate.entity
    parents = gazetteer().labels([*entity.parents[:2], f"country/{entity.country}"])
    ids = ", ".join(_IDS[name] + value for name, value in entity.ids.items() if name in _IDS)
    parts = [entity.label_fr, render(_KINDS[entity.kind], {}, lang), ", ".join(parents)]
    if entity.population:
        parts.append(_WORDS[lang]["people"].format(n=number(entity.population, lang)))
    parts.append(_distance(first, candidate, lang))
    why = " ; ".join(render(code, params, lang) for code, params in candidate.reason)
    return f"{' · '.join(p for p in parts if p)} [{ids}] {candidate.score:.2f}\n      {why}"
