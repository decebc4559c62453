"""What a build leaves open: one question a name, whatever the number of rows that ask it."""

from __future__ import annotations

from coopdec.model import Finding, Position, Severity
from coopdec.questions import alike, open_questions


def asked(name: str, line: int, country: str = "MA", **more: object) -> Finding:
    return Finding("partner-unknown", more.pop("severity", Severity.WARNING),  # type: ignore[arg-type]
                   Position("a.tsv", line), {"name": name, "country": country, **more})


def test_rows_that_ask_the_same_are_one_question_and_most_rows_come_first() -> None:
    found = open_questions([
        asked("Taza", 1), asked("Fès", 2, about="x"), asked("Fès", 9, about="y", candidates=["Z"]),
        asked("Fès", 3, country="TN"), asked("Note", 4, severity=Severity.INFO)])
    assert (found.count, found.rows) == (3, 4)
    assert [(q.finding.params["name"], q.finding.params["country"], q.rows)
            for q in found.first] == [("Fès", "MA", 2), ("Taza", "MA", 1), ("Fès", "TN", 1)]
    assert [where.line for where in found.first[0].places] == [2, 9]


def test_what_has_no_name_is_told_apart_by_its_words() -> None:
    cells = [Finding("amount-ambiguous", Severity.WARNING, Position("a.tsv", n), {"cell": cell})
             for n, cell in enumerate(["1,234", "1,234", "5.678"])]
    assert [q.rows for q in open_questions(cells).first] == [2, 1]


def test_however_many_there_are_few_are_kept_and_all_are_counted() -> None:
    found = open_questions(asked(f"Ville {n % 3000}", n) for n in range(9000))
    assert (found.count, found.rows) == (3000, 9000)
    assert {q.rows for q in found.first} == {3}
    assert len(found.first) < 3000
    many = open_questions(asked("Fès", n) for n in range(500))
    assert many.first[0].rows == 500
    assert len(many.first[0].places) < 500


def test_a_name_of_many_rows_that_comes_late_is_among_the_first() -> None:
    rows = [asked(f"Ville {n}", n) for n in range(4000)]
    found = open_questions([*rows, *(asked("Fès", 5000 + n) for n in range(9))])
    assert (found.count, found.rows) == (4001, 4009)
    assert (found.first[0].finding.params["name"], found.first[0].rows) == ("Fès", 9)


def test_what_is_told_alike_is_told_once_a_column() -> None:
    def unknown(country: str, document: str, line: int, column: str = "P") -> Finding:
        return Finding("unknown-country", Severity.FATAL, Position(document, line, column=column),
                       {"country": country, "near": []})

    found = alike([unknown("Malli", "a", 1), unknown("Malli", "a", 4), unknown("Malli", "b", 2),
                   unknown("Togoo", "a", 3), unknown("Malli", "a", 5, "Q")])
    assert [(q.rows, [w.line for w in q.places]) for q in found] == [
        (2, [1, 4]), (1, [2]), (1, [3]), (1, [5])]
