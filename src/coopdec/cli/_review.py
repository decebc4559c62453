"""Deciding on links at the terminal: one name after the other, one key each."""

from __future__ import annotations

import datetime
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

import click

from coopdec.cli._asking import ask_each
from coopdec.decisions import LinkDecision, add_link
from coopdec.messages import Lang, place, render
from coopdec.model import Candidate, Question
from coopdec.reference import gazetteer
from coopdec.review import Review, Suggestion, suggestions_for
from coopdec.vocab import SEMAPV

__all__ = ["review_at_terminal"]

_WORDS = {
    "fr": {"projects": "{n} projet(s)",
           "keys": "1-9 accepter · n aucun d'eux · espace passer · q terminer",
           "people": "{n} hab.", "away": "à {km} km du premier"},
    "en": {"projects": "{n} project(s)",
           "keys": "1-9 accept · n none of them · space skip · q stop",
           "people": "pop. {n}", "away": "{km} km from the first"},
}


def review_at_terminal(found: Review, folder: Path, author: str, lang: Lang) -> None:
    """Ask about each name that has candidates."""
    say = _WORDS[lang]

    def show(asked: tuple[Question, int], of: str) -> tuple[str, set[str]]:
        question, projects = asked
        shown = question.candidates[:9]
        _show(question, shown, of, say["projects"].format(n=projects), lang)
        return say["keys"], {"n", *map(str, range(1, len(shown) + 1))}

    def decide(asked: tuple[Question, int], key: str) -> int:
        chosen = int(key) - 1 if key.isdigit() else None
        decided = 0
        for place_, (_, links) in enumerate(suggestions_for(asked[0])):
            if chosen in (None, place_):
                for suggestion in links:
                    _keep(folder, suggestion, chosen is not None, author)
                decided += 1
        return decided

    asked = [(q, n) for q, n in found.questions if q.candidates]
    ask_each(asked, show, decide, folder / "links.sssom.tsv", lang)


def _keep(folder: Path, s: Suggestion, accepted: bool, author: str) -> None:
    today = datetime.datetime.now(datetime.UTC).date()
    add_link(folder, LinkDecision(s.subject, s.predicate, s.target, accepted,
                                  SEMAPV + "ManualMappingCuration", 1.0, today, author, "", 0),
             s.subject_label, s.target_label)


def _show(question: Question, shown: tuple[Candidate, ...], of: str, projects: str,
          lang: Lang) -> None:
    click.echo()
    click.secho(f"[{of}] {question.name} ({question.country or 'FR'}) · {projects}", bold=True)
    click.echo(f"  « {question.title} »")
    click.secho(f"  {place(question.where, lang)}", dim=True)
    for number, candidate in enumerate(shown, 1):
        away = "" if number == 1 else _distance(shown[0], candidate, lang)
        click.echo(f"  {number}  {_line(candidate, away, lang)}")


_IDS = {"geonames": "GeoNames ", "wikidata": "Wikidata ", "iso3166_2": "ISO ", "insee": "INSEE ",
        "siren": "SIREN "}


def _distance(first: Candidate, other: Candidate, lang: Lang) -> str:
    """How far a candidate lies from the first one, which tells twins from neighbours."""
    one, two = first.entity, other.entity
    if one.lat is None or one.lon is None or two.lat is None or two.lon is None:
        return ""
    lat1, lon1, lat2, lon2 = map(radians, (one.lat, one.lon, two.lat, two.lon))
    # Haversine, on a sphere of 6371 km.
    h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return _WORDS[lang]["away"].format(km=round(12742 * asin(sqrt(h))))


def _line(candidate: Candidate, away: str, lang: Lang) -> str:
    entity = candidate.entity
    places = gazetteer()
    above = [*entity.parents[:2], f"country/{entity.country}"]
    parents = [p.label_fr for key in above if (p := places.entity(key))]
    ids = ", ".join(_IDS[name] + value for name, value in entity.ids.items() if name in _IDS)
    parts = [entity.label_fr, str(entity.kind), ", ".join(parents)]
    if entity.population:
        parts.append(_WORDS[lang]["people"].format(n=f"{entity.population:,}".replace(",", " ")))
    if away:
        parts.append(away)
    why = " ; ".join(render(code, params, lang) for code, params in candidate.reason)
    return f"{' · '.join(p for p in parts if p)} [{ids}] {candidate.score:.2f}\n      {why}"
