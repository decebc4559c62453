"""The check digit of a SIREN, said in SPARQL with a table, is that of the textbook."""

from __future__ import annotations

import random

import pytest

from coopdec.check import load_shapes
from coopdec.check.engines import fast_available, get_engine
from coopdec.vocab import cd

#: Not nine digits: the shape of the number says so, its check digit says nothing.
WRONG_FORM = ["", "12345678", "1234567890", "12345678a", "1 2345678", " 12345678", "+12345678",
              "-12345678", "1_2345678", "1e3456789", "1.3456789", "٣23456789"]
SIZES = {"pyshacl": 30, "fast": 1000} if fast_available() else {"pyshacl": 30}


def luhn(number: str) -> bool:
    doubled = (int(d) * (1 + i % 2) for i, d in enumerate(number))
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


@pytest.mark.parametrize("engine", SIZES)
def test_is_the_luhn_key(engine: str) -> None:
    chance = random.Random(SIZES[engine])
    numbers = [f"{chance.randrange(10 ** 9):09}" for _ in range(SIZES[engine])] + WRONG_FORM
    data = "".join(f'<urn:x:{i}> <{cd("siren")}> "{n}" .\n' for i, n in enumerate(numbers))
    told = {int(raw.focus[7:-1]) for raw in
            get_engine(engine).validate(data.encode(), load_shapes().text)
            if raw.constraint.endswith("#Siren-checksum")}
    assert told == {i for i, n in enumerate(numbers) if n not in WRONG_FORM and not luhn(n)}
    assert 0 < len(told) < SIZES[engine]
