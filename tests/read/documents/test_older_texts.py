"""Texts of older machines: their encodings, their ends of lines."""

from __future__ import annotations

import pytest

from .test_texts import cells, doc

TEXT = 'Collectivité;Thème\nVille d\'Échirolles;"Été à l\'école\nd\'été"\nPrivas;Forêt, bois\n'


@pytest.mark.parametrize(("encoding", "label"), [
    ("mac_roman", "Mac Roman"), ("cp850", "IBM 850 (DOS)"), ("cp1252", "Windows-1252")])
@pytest.mark.parametrize("end", ["\r", "\n"])
def test_older_texts(encoding: str, label: str, end: str) -> None:
    document = doc(TEXT.replace("\n", end).encode(encoding), "essai.csv", "csv")
    assert cells(document) == [["Collectivité", "Thème"], [
        "Ville d'Échirolles", "Été à l'école\nd'été"], ["Privas", "Forêt, bois"]]
    assert [(f.code, f.params["encoding"]) for f in document.findings] == [("not-utf8", label)]
