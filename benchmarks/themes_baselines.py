"""Two simple ways to tie a title to goals, to compare with.

``keywords``: a dozen plain words a goal, found anywhere in the title. ``tfidf``: the
title against the goals' official titles and our target labels, words weighed by how rare
they are; the cut-off is the best one for French titles, a favour to the baseline.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable

from coopdec.classify import labels
from coopdec.text import fold

KEYWORDS: dict[int, str] = {
    1: "pauvrete precarite demunis protection-sociale services-sociaux filets-sociaux",
    2: "agricol agricult aliment nutrition elevage agroecolog maraich paysan semence irrigation",
    3: "sante soins hopital medic epidemi covid sida vaccin maladie maternite",
    4: "educat formation ecole scolaire enseign etudiant lycee college universit alphabetis",
    5: "femme genre fille feminin egalite-femmes",
    6: "eau assainissement hydraul latrine forage puits",
    7: "energ electri solaire photovolt renouvelable",
    8: "emploi entrepr insertion micro-credit touris econom artisan",
    9: "numerique tic recherche innov infrastruct route transport industri",
    10: "handicap migra inegalit refugi inclusion exclusion discrimin",
    11: "urbain urbanis ville patrimoine logement habitat quartier culture",
    12: "dechet recycl compost consommation",
    13: "climat inondation catastroph carbone risque",
    14: "peche marin mer ocean littoral",
    15: "biodivers foret ecosystem nature sols reboisement",
    16: "gouvernance droits justice paix citoyen societe-civile etat-civil decentralis",
    17: "partenariat cooperation reseau taxe fiscal jumelage",
}
_WORDS = {goal: [w.replace("-", " ") for w in text.split()] for goal, text in KEYWORDS.items()}
_CUT_OFF = 0.2


def keywords(title: str) -> set[int]:
    plain = fold(title)
    return {goal for goal, words in _WORDS.items() if any(word in plain for word in words)}


def tfidf() -> Callable[[str], set[int]]:
    texts: dict[int, list[str]] = {goal: [] for goal in range(1, 18)}
    for code, (french, *_) in labels("targets.tsv").items():
        texts[int(code.split(".", maxsplit=1)[0])] += _stems(french)
    for goal, cells in labels("goals.tsv").items():
        if goal.isdecimal():
            texts[int(goal)] += _stems(" ".join(cells[:1]))
    seen = Counter(word for words in texts.values() for word in set(words))
    rare = {word: math.log(18 / (1 + n)) for word, n in seen.items()}
    vectors = {goal: _vector(words, rare) for goal, words in texts.items()}

    def read(title: str) -> set[int]:
        asked = _vector(_stems(title), rare)
        return {
            goal for goal, vector in vectors.items()
            if sum(weight * vector.get(word, 0.0) for word, weight in asked.items()) > _CUT_OFF
        }

    return read


def _stems(text: str) -> list[str]:
    return [word[:7] for word in fold(text).split() if len(word) > 2]


def _vector(words: list[str], rare: dict[str, float]) -> dict[str, float]:
    counts = Counter(word for word in words if word in rare)
    weights = {word: n * rare[word] for word, n in counts.items()}
    length = math.sqrt(sum(w * w for w in weights.values())) or 1.0
    return {word: weight / length for word, weight in weights.items()}
