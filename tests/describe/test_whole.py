"""What the reference says of a territory is added once, whoever met it and how."""

from __future__ import annotations

from coopdec.describe import merge, packed, unpacked, whole
from coopdec.describe.entities import Entities
from coopdec.iris import Iris
from coopdec.model import Candidate, Mention, SharedEntity
from coopdec.reference import gazetteer
from coopdec.vocab import BASE, GEO

ENTITIES = Entities(Iris(BASE), gazetteer())
(PLACE, *_) = gazetteer().by_name("Tombouctou", "ML")


def met(score: float, name: str, type: str | None = None) -> SharedEntity:
    reason = (("link-name-identical", {"name": name, "percent": 100}),)
    return ENTITIES.territory(
        Mention(name, name, None, type, "ML"), Candidate(PLACE, score, reason))


def test_whole_then_merged_is_merged_then_whole() -> None:
    some = [met(0.93, "Tombouctou"), met(0.99, "Tombuctu", "ville"), met(0.99, "Timbuktu")]
    for one in some:
        for other in some:
            joined = whole(merge(one, other), BASE)
            assert joined == merge(whole(one, BASE), whole(other, BASE))
            assert joined == whole(unpacked(packed(merge(other, one))), BASE)
            assert not joined.found


def test_a_chunk_knows_what_its_projects_are_checked_with_and_the_whole_has_the_rest() -> None:
    one = met(0.95, "Tombouctou")
    entire = whole(one, BASE)
    assert one.about[one.iri] < entire.about[one.iri]
    assert not one.links
    assert {e.confidence for e in entire.links.values()} == {0.95}
    assert f"{one.iri}#geometry" in entire.about
    assert any(p == f"<{GEO}hasGeometry>" for p, _ in entire.about[one.iri])
    assert whole(entire, BASE) is entire
