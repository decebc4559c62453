# ruff: noqa: T201 (it prints what it wrote)
"""Realistic lists of any length, from the reference, with a seed.

    python benchmarks/generate.py --rows 100000 [--seed S] -o DIR

Writes DIR/laureats-NNN.tsv, lists of at most 10,000 projects each in the shape of the two
published ones (region, lead, partner cell, title), with a .toml beside each. Leads are
drawn as announcements have them (half communes by size, then intercommunalities,
departments, regions); partners mostly from the countries of French cooperation, with type
words, several partners, several countries, and countries alone; titles from phrases of the
field, one in six saying nothing of a theme. The same seed gives the same bytes.

Those who cooperate do so again: some 4,700 French collectivities have partners abroad, by
the ministry's atlas. So leads and partners come from pools of that order, the large ones
often (100,000 rows: some 4,000 leads, 30,000 partner cells). ``--distinct`` is the worst case.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
from collections.abc import Iterator
from itertools import accumulate, islice
from pathlib import Path

from coopdec.reference.store import connect, index_path

HEADER = ("Région de France", "Collectivité territoriale chef de file",
          "Collectivité locale partenaire", "Titre du projet")
#: Countries of French decentralised cooperation and about how often they come.
COUNTRIES = {
    "ML": 9, "BF": 9, "SN": 9, "MA": 7, "BJ": 6, "MG": 6, "TG": 5, "TN": 5, "CM": 5, "NE": 4,
    "VN": 4, "LB": 3, "HT": 3, "GN": 3, "CI": 3, "AM": 2, "PS": 2, "IN": 2, "CN": 2, "AR": 2,
    "BR": 2, "RO": 2, "PL": 2, "DE": 2, "CO": 2, "KH": 2, "LA": 1, "MR": 2, "TD": 1, "GA": 1,
    "MD": 1, "UA": 1, "RS": 1, "MX": 1, "PE": 1, "JP": 1, "CA": 2, "RW": 1, "DJ": 1, "MN": 1,
}
#: How many of a kind lead projects, and how many of a country are partners.
LEADS, PARTNERS = 3000, 800
#: How often a partner is called as it usually is.
USUAL = 0.9
ACTIONS = ("Appui à", "Renforcement de", "Amélioration de", "Programme de", "Coopération pour",
           "Développement de", "Valorisation de", "Accompagnement de", "Structuration de")
THINGS = (
    "l'accès à l'eau potable", "l'assainissement", "la gestion des déchets ménagers",
    "la santé maternelle et infantile", "l'éducation des jeunes filles", "la lecture publique",
    "la formation professionnelle des jeunes", "l'agriculture durable", "l'agroécologie",
    "la sécurité alimentaire", "l'électrification solaire des écoles", "la mobilité urbaine",
    "la lutte contre l'érosion côtière", "la protection de la forêt", "l'état civil",
    "la gouvernance locale", "l'égalité entre les femmes et les hommes", "l'économie sociale",
    "le tourisme durable", "le patrimoine bâti", "l'entrepreneuriat des femmes",
    "l'accès au numérique", "l'inclusion des personnes handicapées", "la gestion du littoral",
    "la lutte contre le changement climatique", "les marchés ruraux", "la pêche artisanale",
)
SILENT = ("Ensemble pour demain", "Regards croisés", "Des territoires qui se parlent",
          "Échanges de savoir-faire", "Renforcement des liens", "Fantastic", "Horizons partagés")
ENDS = ("", "", "", " à {place}", " dans la commune de {place}", " ({place})", ", phase 2",
        " : une démarche partagée", " au profit des habitants de {place}")
TYPES = {"admin1": ("Région de ", "Province de ", ""), "admin2": ("Cercle de ", "District de ", ""),
         "place": ("", "", "Commune de ", "Ville de ", "Mairie de ")}


class Names:
    """Names to draw from, with their weights added up."""

    def __init__(self, rows: list[tuple[str, str, float]]) -> None:
        self.rows = rows
        self._sums = list(accumulate(w for _, _, w in rows))

    def draw(self, rng: random.Random) -> tuple[str, str]:
        name, extra, _ = rng.choices(self.rows, cum_weights=self._sums)[0]
        return name, extra


def pools(db: sqlite3.Connection) -> tuple[dict[str, Names], dict[str, Names], dict[str, str]]:
    """Leads by kind (with their region), partners by country (with their kind), and names
    of countries."""
    # Two digits: the regions proper, without New Caledonia and its like.
    regions = dict(db.execute("SELECT id, label_fr FROM entity WHERE key GLOB 'region/[0-9][0-9]'"))
    parents = dict(db.execute("SELECT id, parent FROM entity WHERE country = 'FR'"))

    def region(number: int | None) -> str:
        while number is not None and number not in regions:
            number = parents.get(number)
        return regions.get(number, "") if number is not None else ""

    leads = {}
    for kind, form in (("commune", "{}"), ("intercommunality", "{}"),
                       ("department", "Département {}"), ("region", "Région {}")):
        found = db.execute(
            "SELECT label_fr, id, COALESCE(population, 1000) FROM entity WHERE country = 'FR' AND"
            " kind = ? AND level IS NULL AND until IS NULL"
            " ORDER BY population DESC, id LIMIT ?", (kind, LEADS)).fetchall()
        leads[kind] = Names([(form.format(n), region(i), p ** 0.6) for n, i, p in found
                             if region(i)])
    countries = dict(db.execute("SELECT substr(key, 9), label_fr FROM entity"
                                " WHERE kind = 'country'"))
    partners = {}
    for iso in COUNTRIES:
        found = db.execute(
            "SELECT label_fr, kind, COALESCE(population, 20000) FROM entity WHERE country = ? AND"
            " kind IN ('admin1', 'admin2', 'place') AND label_fr NOT GLOB '*[(),|]*'"
            " ORDER BY population DESC, id LIMIT ?", (iso, PARTNERS)).fetchall()
        partners[iso] = Names([(n, k, p ** 0.8) for n, k, p in found])
    return leads, partners, countries


def contracted(title: str) -> str:
    """« Appui à le tourisme » → « Appui au tourisme »."""
    for long, short in ((" à le ", " au "), (" à les ", " aux "), (" de le ", " du "),
                        (" de les ", " des ")):
        title = title.replace(long, short)
    return title


def rows(number: int, seed: int) -> Iterator[tuple[str, str, str, str]]:
    """``number`` rows; the first of a larger number are the same."""
    rng = random.Random(seed)
    leads, partners, countries = pools(connect(index_path()))
    kinds, shares = ("commune", "intercommunality", "department", "region"), (50, 20, 20, 10)
    isos, often = list(COUNTRIES), list(COUNTRIES.values())
    for _ in range(number):
        lead, region = leads[rng.choices(kinds, shares)[0]].draw(rng)
        several = rng.choices((1, 2, 3, 0), (84, 10, 2, 4))[0]
        if several == 0:
            named = [countries[i] for i in rng.sample(isos, rng.randint(2, 6))]
            cell, place = f"Collectivités de {len(named)} pays ({', '.join(named)})", ""
        else:
            cells, place = [], ""
            for iso in rng.choices(isos, often, k=several):
                place, kind = partners[iso].draw(rng)
                words = TYPES[kind]
                usual = words[len(place) % len(words)]
                called = usual if rng.random() < USUAL else rng.choice(words)
                cells.append(f"{called}{place} ({countries[iso]})")
            cell = ", ".join(dict.fromkeys(cells))
        if rng.random() < 1 / 6:
            title = rng.choice(SILENT)
        else:
            things = rng.sample(THINGS, rng.choice((1, 1, 2)))
            title = contracted(f"{rng.choice(ACTIONS)} {' et '.join(things)}")
        end = rng.choice(ENDS)
        title += end.format(place=place) if place or "{" not in end else ""
        yield region, lead, cell, title


def apart(found: Iterator[tuple[str, str, str, str]]) -> Iterator[tuple[str, str, str, str]]:
    """The worst case: no name and no title occurs twice."""
    for n, (region, lead, cell, title) in enumerate(found):
        place, bracket, country = cell.partition(" (")
        yield region, f"{lead} {_letters(n)}", f"{place} {_letters(n)}{bracket}{country}", \
            f"{title} {_letters(n)}"


def _letters(number: int) -> str:
    """« Baba », « Babe »…: a word that no list of names holds."""
    syllables = [c + v for c in "bdfgklmnprstvz" for v in "aeiou"]
    word = ""
    for _ in range(4):
        number, at = divmod(number, len(syllables))
        word += syllables[at]
    return word.capitalize()


def write(folder: Path, number: int, seed: int = 1, size: int = 10_000, *,
          distinct: bool = False) -> list[Path]:
    """Write the lists; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    stream, written, at = rows(number, seed), [], 0
    if distinct:
        stream = apart(stream)
    while chunk := list(islice(stream, size)):
        at += 1
        path = folder / f"laureats-{at:03}.tsv"
        lines = ["\t".join(HEADER), *("\t".join(r) for r in chunk)]
        path.write_text("\n".join(lines) + "\n", "utf-8")
        path.with_suffix(".toml").write_text(
            f'title = "Liste engendrée {at}"\npublisher = "benchmarks/generate.py"\n'
            f'call = "engendre-{seed}"\ncall_title = "Engendré 2020-2021"\nsession = {at}\n'
            f"projects = {len(chunk)}\n", "utf-8")
        written.append(path)
    return written


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--distinct", action="store_true", help="no name occurs twice")
    parser.add_argument("-o", "--output", type=Path, required=True)
    asked = parser.parse_args()
    print("\n".join(map(str, write(asked.output, asked.rows, asked.seed,
                                   distinct=asked.distinct))))
