# ruff: noqa: T201 (it prints its figures)
"""How right, how complete, how fast: the resolver on names that nobody wrote for it.

    python benchmarks/resolve.py [--size N] [--seed S] [--calibration]
    python benchmarks/resolve.py --names        # data/names*.tsv: names as lists print them

Honest, synthetic, and reproducible: entities are drawn at random from the reference
(towns by the square root of their population, because lists name cities more than
hamlets), their names are perturbed the way lists perturb them, and the answer is held
against the entity drawn. Names are also asked in the wrong country, where no link is the
only right answer, and French homonyms with and without their department. The numbers say
nothing about names that the reference lacks altogether.
"""

from __future__ import annotations

import argparse
import random
import resource
import sqlite3
import statistics
import time
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from coopdec.model import Entity, Kind, Query, Resolution, Side
from coopdec.reference import Gazetteer, gazetteer
from coopdec.reference.store import index_path
from coopdec.reference.tables import read_table
from coopdec.resolve import CERTAIN, resolve

# Where French authorities cooperate most, from the ministry's atlas: half of the sample.
_PARTNERS = (
    "ML", "SN", "BF", "MG", "BJ", "TG", "CM", "NE", "CI", "GN", "MA", "TN", "DZ", "MR", "LB",
    "PS", "VN", "KH", "LA", "HT", "AR", "BR", "CO", "PE", "BO", "NI", "AM", "GE", "MD", "RO",
    "PL", "UA", "DE", "IT", "CN", "JP", "IN", "MN",
)
_TOWN_WORDS = ("Commune de {}", "Ville de {}", "Mairie de {}", "{}", "{}", "{}")


@dataclass(frozen=True, slots=True)
class Case:
    """``right``: keys that are a right answer; empty where only « no link » is right."""

    family: str
    query: Query
    right: frozenset[str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=20260101)
    parser.add_argument("--calibration", action="store_true")
    parser.add_argument("--names", action="store_true", help="only the names of data/names*.tsv")
    parser.add_argument("--wrong", type=int, default=0, help="print so many wrong links")
    options = parser.parse_args()
    if options.names:
        report_names()
        return

    start = time.perf_counter()
    places = gazetteer()
    places.country("Mali")
    opened = time.perf_counter() - start
    cases = list(make_cases(places, options.size, random.Random(options.seed)))
    fresh = Gazetteer(index_path())
    start = time.process_time()
    answers = [resolve(case.query, fresh) for case in cases]
    spent = time.process_time() - start
    start = time.process_time()
    for case in cases:
        resolve(case.query, fresh)
    again = time.process_time() - start
    report(cases, answers)
    print(f"\n{len(cases)} distinct names: {spent:.2f} s of CPU "
          f"({1e6 * spent / len(cases):.0f} µs a name), again {again:.2f} s; "
          f"opening {1000 * opened:.0f} ms; peak memory "
          f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
    if options.calibration:
        calibration(cases, answers)
    shown = 0
    for case, answer in zip(cases, answers, strict=True):
        if shown < options.wrong and answer.chosen and answer.chosen.entity.key not in case.right:
            shown += 1
            print(case.family, case.query.name, case.query.country, case.query.region, "→",
                  answer.chosen.entity.key, answer.chosen.entity.label_fr, answer.chosen.score,
                  "not", *case.right)


# ---- cases ----

def make_cases(places: Gazetteer, size: int, rng: random.Random) -> Iterator[Case]:
    """Distinct questions: 55 % partner territories, 35 % French collectivities, 10 % traps."""
    db = sqlite3.connect(index_path())
    seen: set[Query] = set()
    families = [
        (abroad(places, db, rng, _PARTNERS), size * 35 // 100),
        (abroad(places, db, rng, None), size * 20 // 100),
        (french(places, db, rng), size * 25 // 100),
        (homonyms(places, db, rng), size * 10 // 100),
        (misplaced(places, db, rng), size * 10 // 100),
    ]
    for stream, wanted in families:
        yield from islice(_distinct(stream, seen), wanted)


def _distinct(cases: Iterator[Case], seen: set[Query]) -> Iterator[Case]:
    for case in cases:
        if case.query not in seen:
            seen.add(case.query)
            yield case


def _draw(db: sqlite3.Connection, where: str, values: tuple[object, ...] = ()) -> list[int]:
    return [row[0] for row in db.execute(
        f"SELECT id FROM entity WHERE {where} ORDER BY id", values)]


def abroad(
    places: Gazetteer, db: sqlite3.Connection, rng: random.Random, countries: tuple[str, ...] | None
) -> Iterator[Case]:
    inside = f"country IN ({','.join('?' * len(countries))})" if countries else "country != 'FR'"
    values = countries or ()
    towns = [(i, p) for i, p in db.execute(
        f"SELECT id, population FROM entity WHERE kind = 'place' AND population >= 5000"
        f" AND {inside} ORDER BY id", values)]
    weights = [p ** 0.5 for _, p in towns]
    units = {kind: _draw(db, f"kind = '{kind}' AND {inside}", values)
             for kind in (Kind.ADMIN1, Kind.ADMIN2)}
    family = "partners" if countries else "world"
    while True:
        kind = rng.choices((Kind.PLACE, Kind.ADMIN1, Kind.ADMIN2), (70, 20, 10))[0]
        number = rng.choices([i for i, _ in towns], weights)[0] if kind is Kind.PLACE \
            else rng.choice(units[kind])
        entity = places.by_number(number)
        name = rng.choice(_names(db, number)) if rng.random() < 0.3 else entity.label_fr
        printed, how = perturb(name, rng)
        if kind is Kind.PLACE:
            printed = rng.choice(_TOWN_WORDS).format(printed)
        query = Query(printed, Side.PARTNER, country=entity.country,
                      kind=None if kind is Kind.PLACE else kind)
        if kind is Kind.PLACE and _rivals(places, entity):
            how = "homonym"
        yield Case(f"{family}: {kind.value}, {how}", query, _same(places, entity))


def _rivals(places: Gazetteer, entity: Entity) -> bool:
    """Another town of this name in the country, of at least a tenth of the size."""
    return any(e.kind is Kind.PLACE and e.key != entity.key
               and 10 * (e.population or 0) >= (entity.population or 0)
               for e in places.by_name(entity.label_fr, entity.country))


def french(places: Gazetteer, db: sqlite3.Connection, rng: random.Random) -> Iterator[Case]:
    communes = [(i, p or 1) for i, p in db.execute(
        "SELECT id, population FROM entity WHERE level IS NULL AND kind = 'commune' ORDER BY id")]
    weights = [p ** 0.5 for _, p in communes]
    others = {kind: _draw(db, f"kind = '{kind}' AND until IS NULL AND id IN"
                           " (SELECT entity FROM name WHERE rank = 0)")
              for kind in (Kind.INTERCOMMUNALITY, Kind.DEPARTMENT, Kind.REGION)}
    words = {Kind.DEPARTMENT: ("Conseil départemental de {}", "Département de {}"),
             Kind.REGION: ("Conseil régional de {}", "Région {}"),
             Kind.INTERCOMMUNALITY: ("{}",),
             Kind.COMMUNE: ("{}", "{}", "Ville de {}", "Commune de {}", "Mairie de {}")}
    while True:
        kind = rng.choices(list(words), (8, 4, 28, 60))[0]
        number = rng.choices([i for i, _ in communes], weights)[0] if kind is Kind.COMMUNE \
            else rng.choice(others[kind])
        entity = places.by_number(number)
        printed, how = perturb(entity.label_fr, rng)
        region = _region(places, entity)
        query = Query(rng.choice(words[kind]).format(printed), Side.FRENCH, region=region)
        yield Case(f"France: {kind.value}, {how}", query, frozenset({entity.key}))


def homonyms(places: Gazetteer, db: sqlite3.Connection, rng: random.Random) -> Iterator[Case]:
    """Communes whose name is borne twice: with their department the one, without it none."""
    by_name: dict[str, list[int]] = defaultdict(list)
    for number, label in db.execute(
        "SELECT id, label_fr FROM entity WHERE kind = 'commune' AND level IS NULL ORDER BY id"
    ):
        by_name[label].append(number)
    shared = sorted(n for numbers in by_name.values() if len(numbers) > 1 for n in numbers)
    while True:
        entity = places.by_number(rng.choice(shared))
        department = places.entity(entity.parents[0])
        if rng.random() < 0.2 or department is None:
            yield Case("homonym, alone", Query(entity.label_fr, Side.FRENCH), frozenset())
        else:
            yield Case("homonym, with its department",
                       Query(entity.label_fr, Side.FRENCH, region=department.label_fr),
                       frozenset({entity.key}))


def misplaced(places: Gazetteer, db: sqlite3.Connection, rng: random.Random) -> Iterator[Case]:
    """Towns asked in a country that has none of that name: no link is right."""
    towns = _draw(db, "kind = 'place' AND population >= 20000")
    while True:
        entity = places.by_number(rng.choice(towns))
        country = rng.choice(_PARTNERS)
        if country == entity.country or places.by_name(entity.label_fr, country):
            continue
        yield Case("wrong country", Query(entity.label_fr, Side.PARTNER, country=country),
                   frozenset())


def _names(db: sqlite3.Connection, number: int) -> list[str]:
    return [row[0] for row in db.execute(
        "SELECT folded FROM name WHERE entity = ? AND rank < 3 ORDER BY folded", (number,))]


def _region(places: Gazetteer, entity: Entity) -> str | None:
    for key in entity.parents:
        if key.startswith("region/") and (region := places.entity(key)):
            return region.label_fr
    return entity.label_fr if entity.kind is Kind.REGION else None


def _same(places: Gazetteer, entity: Entity) -> frozenset[str]:
    """The entity, and for a town the unit around it that bears its name (and the reverse
    where no type word tells them apart)."""
    keys = {entity.key}
    for parent in entity.parents:
        above = places.entity(parent)
        if above is not None and above.label_fr == entity.label_fr:
            keys.add(parent)
    return frozenset(keys)


# ---- noise, as lists make it ----

def perturb(name: str, rng: random.Random) -> tuple[str, str]:
    """The name as a list might print it, and what was done to it."""
    how = rng.choices(["as is", "capitals", "no accents", "hyphens", "marks", "transcribed",
                       "misspelt"], [30, 12, 15, 10, 8, 10, 15])[0]
    if how == "capitals":
        return name.upper(), how
    if how == "no accents":
        plain = unicodedata.normalize("NFKD", name)
        return "".join(c for c in plain if not unicodedata.combining(c)), how
    if how == "hyphens":
        return name.replace("-", " ") if "-" in name else name.replace(" ", "-"), how
    if how == "marks":
        return rng.choice(["{}*", "{} (1)", " {}  ", "\u00a0{}", "« {} »"]).format(name), how
    if how == "transcribed":
        for a, b in rng.sample([("ou", "u"), ("u", "ou"), ("k", "c"), ("i", "y"), ("y", "i"),
                                ("w", "ou"), ("ch", "sh"), ("dj", "j"), ("s", "ss")], 9):
            if a in name:
                return name.replace(a, b, 1), how
        return name, "as is"
    if how == "misspelt" and len(name) >= 6:
        at = rng.randrange(1, len(name) - 1)
        letter = rng.choice("aeiourstnl")
        return rng.choice([name[:at] + name[at + 1:], name[:at] + letter + name[at:],
                           name[:at] + letter + name[at + 1:],
                           name[:at] + name[at + 1] + name[at] + name[at + 2:]]), how
    return name, "as is"


# ---- figures ----

def report(cases: list[Case], answers: list[Resolution]) -> None:
    families: dict[str, list[tuple[Case, Resolution]]] = defaultdict(list)
    for case, answer in zip(cases, answers, strict=True):
        side = case.family.split(":")[0].split(",")[0]
        for family in (case.family, f"= {side}", "== all"):
            families[family].append((case, answer))
    print(f"{'family':44} {'asked':>6} {'linked':>6} {'wrong':>6} {'precision':>9} {'recall':>7}")
    for family in sorted(families):
        rows = families[family]
        linked = [(c, a) for c, a in rows if a.chosen]
        wrong = sum(a.chosen.entity.key not in c.right for c, a in linked if a.chosen)
        known = sum(bool(c.right) for c, _ in rows)
        precision = f"{1 - wrong / len(linked):9.4f}" if linked else f"{'—':>9}"
        recall = f"{(len(linked) - wrong) / known:7.3f}" if known else f"{'—':>7}"
        print(f"{family:44} {len(rows):6} {len(linked):6} {wrong:6} {precision} {recall}")


def report_names() -> None:
    """Names written and labelled before they were first asked, and what is wrong today."""
    for file in ("names.tsv", "names_unseen.tsv"):
        print(f"= {file}")
        _report_names(Path(__file__).parent / "data" / file)


def _report_names(path: Path) -> None:
    tally: dict[str, list[tuple[bool, bool, bool]]] = defaultdict(list)
    for row in read_table(path):
        side, name, place, keys = row.values()
        where = {"region": place or None} if side == "fr" else {"country": place}
        chosen = resolve(Query(name, Side(side), **where), gazetteer()).chosen
        key, wanted = chosen.entity.key if chosen else "-", keys.split()
        tally[side].append((chosen is not None, key in wanted, "-" not in wanted))
        if key not in wanted:
            print(f"{name} ({place}): {key}, not {keys}")
    for side, rows in tally.items():
        linked = sum(link for link, _, _ in rows)
        right = sum(link and fits for link, fits, _ in rows)
        found = sum(fits and known for _, fits, known in rows)
        print(f"{side}: {len(rows)} names, {linked} linked, precision {right / linked:.4f}, "
              f"recall {found / sum(known for _, _, known in rows):.4f}")


def calibration(cases: list[Case], answers: list[Resolution]) -> None:
    """For each band of scores: how often the best candidate is right."""
    bands: dict[int, list[bool]] = defaultdict(list)
    for case, answer in zip(cases, answers, strict=True):
        if answer.candidates:
            best = answer.candidates[0]
            bands[min(99, int(best.score * 50) * 2)].append(best.entity.key in case.right)
    print(f"\n{'score':>10} {'cases':>6} {'right':>6}   (links from {CERTAIN})")
    for band in sorted(bands):
        right = bands[band]
        print(f"{band / 100:.2f}–{band / 100 + 0.02:.2f} {len(right):6} "
              f"{statistics.fmean(right):6.3f}")


if __name__ == "__main__":
    main()
