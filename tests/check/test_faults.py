"""Faults put into correct data, one at a time and a hundred at once: all found, nothing
else reported, each at its place in the source; and the same by both engines."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable

import pytest

from coopdec.check import check, fast_available
from coopdec.check.engines import get_engine
from coopdec.check.result import Result, local_name
from coopdec.check.shapes import load_shapes
from coopdec.vocab import CD, DCTERMS, PROV

BASE = "https://example.org/jeu/"
XSD = "http://www.w3.org/2001/XMLSchema#"


def project(i: int) -> str:
    return f"<{BASE}project/appel/{i:016x}>"


def part(i: int, name: str) -> str:
    return f"<{BASE}project/appel/{i:016x}#{name}>"


def swap(pattern: str, replacement: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        changed, n = re.subn(pattern, replacement, text, flags=re.MULTILINE)
        assert n == 1, (pattern, n)
        return changed
    return change


def line(subject: str, predicate: str) -> str:
    return rf"^({re.escape(subject)} <{re.escape(predicate)}> )(.*) \.$"


#: name → (change for project i, shape that rejects it, column where it is printed)
Fault = tuple[Callable[[int], Callable[[str], str]], str, str | None]
FAULTS: dict[str, Fault] = {
    "no title": (
        lambda i: swap(line(project(i), DCTERMS + "title"), ""), "Project-title", "Titre"),
    "English title": (
        lambda i: swap(line(project(i), DCTERMS + "title"), r'\1"Water"@en .'),
        "Project-title", "Titre"),
    "lead not described": (
        lambda i: swap(line(project(i), CD + "lead"), rf"\1<{BASE}collectivity/x> ."),
        "Project-lead", "Chef de file"),
    "no lead": (
        lambda i: swap(line(project(i), CD + "lead"), ""), "Project-lead", "Chef de file"),
    "country of another": (
        lambda i: swap(line(project(i), CD + "partnerCountry"), rf"\1<{BASE}country/BF> ."),
        "Project-partner-country", "Partenaire"),
    "country not described": (
        lambda i: swap(line(project(i), CD + "partnerCountry"),
                       rf"\1\2 .\n\1<{BASE}country/ZZ> ."),
        "Project-partnerCountry", "Partenaire"),
    "region that is none": (
        lambda i: swap(line(project(i), CD + "region"),
                       rf"\1<{BASE}collectivity/commune/69043> ."),
        "Project-region", "Région"),
    "theme and none": (
        lambda i: swap(line(project(i), CD + "call"),
                       rf'\1\2 .\n{project(i)} <{CD}noThemeStated> "true"^^<{XSD}boolean> .'),
        "Project-theme-stated", None),
    "theme without assignment": (
        lambda i: swap(line(project(i), CD + "theme"),
                       r"\1\2 .\n\1<http://metadata.un.org/sdg/5> ."),
        "Project-theme-explained", "Titre"),
    "confidence of 2": (
        lambda i: swap(line(part(i, "theme-6"), CD + "confidence"),
                       rf'\1"2.0"^^<{XSD}decimal> .'),
        "ThemeAssignment-confidence", "Titre"),
    "no row": (
        lambda i: swap(line(project(i), PROV + "wasDerivedFrom"),
                       rf"\1\2 .\n\1{part(i, 'row-perdue')} ."),
        "Project-wasDerivedFrom", None),
    "empty lead cell": (
        lambda i: swap(line(part(i, "row-liste"), CD + "leadCell"), r'\1"" .'),
        "SourceRow-leadCell", "Chef de file"),
    "wrong identifier": (
        lambda i: swap(line(project(i), DCTERMS + "identifier"), r'\1"appel/x" .'),
        "Project-identifier-iri", None),
}


def found(results: Iterable[Result]) -> set[tuple[str, str, int | None, str | None]]:
    return {(local_name(r.constraint or r.shape), r.project,
             r.where.line if r.where else None, r.where.column if r.where else None)
            for r in results}


@pytest.mark.parametrize("name", FAULTS)
def test_one_fault(correct: Callable[[int], str], name: str) -> None:
    change, shape, column = FAULTS[name]
    report = check(change(2)(correct(5)).encode(), engine="fast" if fast_available() else "auto")
    assert not report.conforms
    assert found(report.results) == {(shape, project(2)[1:-1], 12, column)}
    assert next(iter(report.results)).title.startswith("Projet 2") or "title" in name


@pytest.mark.skipif(not fast_available(), reason="needs coopdec[fast]")
def test_a_hundred_faults(correct: Callable[[int], str]) -> None:
    text = correct(200)
    expected = set()
    for n, i in enumerate(range(0, 200, 2)):
        change, shape, column = list(FAULTS.values())[n % len(FAULTS)]
        text = change(i)(text)
        expected.add((shape, project(i)[1:-1], 10 + i, column))
    assert len(expected) == 100
    report = check(text.encode(), engine="fast")
    assert found(report.results) == expected
    assert len(report.results) == 100


def test_correct_data_conforms(correct: Callable[[int], str]) -> None:
    report = check(correct(20).encode())
    assert report.conforms
    assert report.results == ()
    assert report.projects == 20


OPERATIONS = ("drop", "repeat", "language", "datatype", "dangle", "literal", "empty", "subject")


def spoil(text: str, seed: int) -> str:
    """The text with a random fault in each of a few statements."""
    rng = random.Random(seed)
    lines = text.splitlines()
    for at in sorted(rng.sample(range(len(lines)), 12), reverse=True):
        subject, predicate, value = lines[at][:-2].split(" ", 2)
        kind = rng.choice(OPERATIONS)
        if kind == "drop":
            del lines[at]
        elif kind == "subject":
            lines[at] = f"<{BASE}autre> {predicate} {value} ."
        else:
            changed = {
                "repeat": f'"autre {at}"@fr', "language": '"other"@en',
                "datatype": f'"x{at}"^^<{XSD}decimal>', "dangle": f"<{BASE}perdu/{at}>",
                "literal": f'"{at}"', "empty": '""',
            }[kind]
            if kind == "repeat":
                lines.insert(at, f"{subject} {predicate} {changed} .")
            else:
                lines[at] = f"{subject} {predicate} {changed} ."
    return "".join(line + "\n" for line in lines)


@pytest.mark.skipif(not fast_available(), reason="needs coopdec[fast]")
@pytest.mark.parametrize("seed", range(12))
def test_engines_agree_on_random_faults(correct: Callable[[int], str], seed: int) -> None:
    text = spoil(correct(3), seed).encode()
    shapes = load_shapes().text
    reference = get_engine("pyshacl").validate(text, shapes)
    assert reference, "the faults were harmless"
    assert get_engine("fast").validate(text, shapes) == reference
