"""One set of projects in many layouts of a text: each project is read right, or said; what is
neither has gone wrong in silence."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from coopdec.model import Finding, Row, Severity
from coopdec.text import fold

from .written import read_text

#: Who leads, the partner's name and country, the title, the amount in thousands of euros, the year.
PROJECTS = (
    ("Ville de Brest", "Commune de Saponé", "Burkina Faso", "Gestion de déchets ménagers", 25,
     2021),
    ("Grenoble-Alpes Métropole", "Ville de Sfax", "Tunisie", "Mobilité : vers un plan", 32, 2021),
    ("Région Normandie", "Région Atsinanana", "Madagascar", "Filières et formation", 120, 2021),
    ("Ville de Strasbourg et Eurométropole de Strasbourg", "Ville de Kairouan", "Tunisie",
     "Accès à l'eau et à l'assainissement", 18, 2022),
    ("Communauté de communes de l'Île d'Oléron", "Commune de Foundiougne", "Sénégal",
     "Préservation du littoral", 15, 2022),
    ("Syndicat des eaux d'Île-de-France", "Commune de Ndiob", "Sénégal", "Forages", 75, 2022),
)
Project = tuple[str, str, str, str, int, int]

#: The lines of a project: {l}ead, {p}artner, {c}ountry, {t}itle, {a}mount, {y}ear.
LAYOUTS = (
    "{l} – {p} ({c}) : {t}", "{l} / {p} ({c}) – {t} ({a} 000 €)", "{t} – {l} – {p} ({c})",
    "{l}, {p} ({c}), {t}, {a} 000 €", "« {t} », porté par {l} avec {p} ({c})",
    "{l} – {p} ({c}) – {t} – {y}", "{c} – {l} – {p} : {t}", "{t} ({l} / {p}, {c})",
    "{l} – {p} ({c}) : {t} – coût total 900 000 €, subvention {a} 000 €",
    "{l} avec {p} ({c}) : {t} (EUR {a},000)", "{l} | {p} ({c}) | {t} | {a} 000 € | {y}",
    "{l}\n{p} ({c})\n{t}", "{t}\n{l}\n{p} ({c})", "{l} – {p} ({c})\n{t}", "{t}\n{l} – {p} ({c})",
    "{l}\n{p} ({c})\n{t}\n{a} 000 € – {y}", "{l}\n{p}\n{c}\n{t}", "{l}\n{t}\n{p} ({c})",
    "{l}\n{p} ({c})\n{t}\n{y}", "{y}\n{l}\n{p} ({c})\n{t}", "{l}\n- {p} ({c}) : {t}",
    "Chef de file : {l}\nPartenaire : {p} ({c})\nProjet : {t}\nMontant : {a} 000 €\nAnnée : {y}",
    "{t}\nPorteur : {l}\nPays : {c}\nPartenaire : {p}", "Lead: {l}; Partner: {p} ({c}); Title: {t}",
    "{l} soutient {p} ({c}) pour {t}. L'aide est de {a} 000 euros.",
    "Une aide de {a} 000 € va à {l} pour son projet « {t} » avec {p} ({c}).",
)

#: What stands before a project, the width of the lines, what stands between projects.
FORMS = (("", 200, ""), ("", 60, "none"), ("- ", 60, ""), ("{}. ", 60, "none"), ("- ", 200, "none"))


def _text(layout: str, bullet: str, width: int, gap: str) -> tuple[str, list[tuple[int, int]]]:
    """The list, and the first and the last line of each project."""
    lines: list[str] = []
    places: list[tuple[int, int]] = []
    for n, (lead, partner, country, title, amount, year) in enumerate(PROJECTS, 1):
        words = layout.format(l=lead, p=partner, c=country, t=title, a=amount, y=year)
        block = [part for line in words.split("\n")
                 for part in textwrap.wrap(line, width, break_on_hyphens=False)]
        block[0] = bullet.format(n) + block[0]
        places.append((len(lines) + 1, len(lines) + len(block)))
        lines += [*block, *([gap] if gap != "none" else [])]
    return "\n".join(lines) + "\n", places


def _is_right(row: Row, project: Project, layout: str) -> bool:
    lead, partner, _, title, amount, year = project
    facts = row.facts
    grant = facts.grant.value if facts and facts.grant else None
    return ([m.name for m in row.leads] == lead.split(" et ") and fold(row.title) == fold(title)
            and [m.own_name for m in row.partners if m.country] == [partner.rpartition(" ")[2]]
            and ("{a}" not in layout or grant == amount * 1000)
            and ("{y}" not in layout or bool(facts and facts.years == (year,))))


def _is_said(findings: list[Finding], first: int, last: int) -> bool:
    return any(f.severity is Severity.FATAL or (
        f.severity is Severity.WARNING and f.where is not None and f.where.line is not None
        and f.where.line <= last and (f.where.last_line or f.where.line) >= first)
        for f in findings)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_right_or_said(layout: str, tmp_path: Path) -> None:
    silent = []
    for bullet, width, gap in FORMS:
        text, places = _text(layout, bullet, width, gap)
        rows, findings = read_text(tmp_path, "a.txt", text)
        untold = any(f.code in ("title-of-sentence", "title-side") for f in findings)
        silent += [(bullet, width, gap, project[0])
                   for project, (first, last) in zip(PROJECTS, places, strict=True)
                   if not untold and not _is_said(findings, first, last)
                   and not any(_is_right(row, project, layout) for row in rows)]
    assert not silent


def test_most_layouts_are_read_right(tmp_path: Path) -> None:
    right = 0
    for layout in LAYOUTS:
        rows, _ = read_text(tmp_path, "a.txt", _text(layout, "", 200, "")[0])
        right += all(any(_is_right(row, project, layout) for row in rows) for project in PROJECTS)
    assert right >= len(LAYOUTS) * 3 // 4
