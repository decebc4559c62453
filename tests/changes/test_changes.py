"""What is told of two releases, and that it is the same whatever form they come in."""

from __future__ import annotations

import json
import subprocess
from itertools import permutations
from pathlib import Path

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from coopdec import diff
from coopdec.changes import Nature, changes, opened, rdf_patch, records, sparql_update
from coopdec.changes.compare import compared
from coopdec.changes.wording import words_changed
from coopdec.errors import DataError, UsageError
from coopdec.vocab import CD, RDF
from tests.changes.conftest import ROWS, Made, maker


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A title corrected, a row gone, a row more, all below moved by a line."""
    made = maker(tmp_path_factory.mktemp("two"))
    rows = [ROWS[0].replace("agricole", "rural"), *ROWS[2:],
            "Bretagne\tRennes\tSibiu (Roumanie)\tÉchanges de jeunes"]
    return made("old", ROWS).output, made("new", rows).output


def test_nothing_changed(two: tuple[Path, Path]) -> None:
    found = diff(two[0], two[0])
    assert not found
    assert "Aucun projet ne change (4 → 4 projets" in found.text("fr")


def test_project_by_project(two: tuple[Path, Path]) -> None:
    found = changes(*two)
    assert {p.title for p in found.removed} == {"Développement agricole",
                                                "Accès à leau potable dans les écoles"}
    assert {p.title for p in found.added} == {"Développement rural", "Échanges de jeunes"}
    keep, gone = sorted((k for k in found.likely if k.kind == "project"),
                        key=lambda k: k.action, reverse=True)
    assert (keep.action, keep.old_title, keep.new_title) == (
        "keep", "Développement agricole", "Développement rural")
    assert (gone.action, gone.old_title) == ("gone", "Accès à leau potable dans les écoles")
    # The rows below moved by a line: said, and not mistaken for a change of what they say.
    assert {c.nature for c in found.changed} == {Nature.POSITION}
    assert found.counts["project"] == (4, 4)


def test_what_came_is_read_only_where_something_went(two: tuple[Path, Path], made: Made) -> None:
    """A build over the release before wants to know what became of that one's projects."""
    more = made("more", [*ROWS, "Bretagne\tRennes\tSibiu (Roumanie)\tÉchanges de jeunes"]).output
    first, second = two
    for old, new in ((first, more), two):
        with opened(old) as before, opened(new) as after:
            brief, whole = (compared(before, after, added=added) for added in (False, True))
        assert (brief.likely, brief.reused, brief.lost) == (whole.likely, whole.reused, whole.lost)
        assert [p.title for p in whole.added]
        assert bool(brief.added) == (new == second)


def test_in_words(two: tuple[Path, Path]) -> None:
    french, english = changes(*two).text("fr"), changes(*two).text("en")
    assert "1 projet ajouté, 1 projet retiré, 1 projet corrigé sous un nouvel" in french
    assert "Titre : Développement [-agricole-]{+rural+}" in french
    assert "1 project added, 1 project removed, 1 project corrected under" in english
    assert "Rennes – Sibiu (Roumanie)" in french
    assert "Rennes – Sibiu (Romania)" in english
    assert "seule la place dans la liste change" in french
    assert "Le fichier de la liste a changé" in french


def test_field_by_field(made: Made, tmp_path: Path) -> None:
    old = made("old", ROWS).output
    text = (old / "coopdec.nt").read_text("utf-8")
    new = tmp_path / "new.nt"
    lead = "https://w3id.org/coopdec/collectivity/commune/16015"
    new.write_text(text.replace('"Patrimoines"@fr', '"Patrimoines vivants"@fr')
                   .replace(f"#lead> <{lead}>", "#lead> <http://example.org/autre>"), "utf-8")
    found = changes(old, new)
    by_title = {c.project.title: [f for f in c.fields if f.nature is Nature.CONTENT]
                for c in found.changed}
    (title,) = by_title["Patrimoines vivants"]
    assert (title.name.fr, title.before[0].text.fr, title.after[0].text.fr) == (
        "titre", "Patrimoines", "Patrimoines vivants")
    (changed,) = by_title["Renforcement des capacités locales"]
    assert changed.name.fr == "chef de file"
    assert changed.before[0].text.fr == "Angoulême"
    assert "Chef de file : « Angoulême » devient" in found.text("fr")


def test_a_land_that_got_a_link(made: Made, tmp_path: Path) -> None:
    old = made("old", ROWS).output
    (tmp_path / "decisions" / "links.sssom.tsv").write_text(
        "subject_id\tpredicate_id\tobject_id\tmapping_justification\tmapping_date\n"
        "cdr:collectivity/commune/57463\tskos:closeMatch\tgn:9999/\tsemapv:ManualMappingCuration"
        "\t2026-11-22\n", "utf-8")
    found = changes(old, made("new", ROWS).output)
    (entity,) = [e for e in found.entities if e.how == "changed"]
    assert (entity.kind, entity.label.fr) == ("collectivity", "Metz")
    (field,) = [f for f in entity.fields if f.nature is Nature.CONTENT]
    assert field.after[0].term == "<https://sws.geonames.org/9999/>"
    assert not found.changed


@pytest.mark.parametrize("form", ["coopdec.ttl", "coopdec.jsonld", "coopdec.nt"])
def test_any_form(two: tuple[Path, Path], form: str) -> None:
    assert not changes(two[0], two[0] / form)
    one = changes(two[0] / form, two[1])
    assert [c.project for c in one.changed] == [c.project for c in changes(*two).changed]


def test_lines_in_any_order_and_of_other_writers(two: tuple[Path, Path], tmp_path: Path) -> None:
    lines = (two[0] / "coopdec.nt").read_text("utf-8").splitlines(keepends=True)
    other = tmp_path / "sorted.nt"
    other.write_text("# a comment\r\n\n" + "".join(sorted(lines)), "utf-8")
    assert not changes(two[0], other)
    written = rdflib.Graph().parse(two[0] / "coopdec.nt").serialize(format="nt")
    other.write_text(written, "utf-8")
    assert not changes(other, two[0])


def test_own_identifiers_that_begin_alike(tmp_path: Path) -> None:
    kind = f"<{RDF}type> <{CD}Project> .\n"
    text = "".join(f"<http://e.org/project/a/{n}> {kind}<http://e.org/project/a/{n}> "
                   f"<http://purl.org/dc/terms/title> \"T{n}\"@fr .\n" for n in ("1", "10", "2"))
    (tmp_path / "a.nt").write_text(text)
    (tmp_path / "b.nt").write_text(text.replace("T10", "T11"))
    (change,) = changes(tmp_path / "a.nt", tmp_path / "b.nt").changed
    assert change.project.iri == "http://e.org/project/a/10"


def test_a_revision_of_git(two: tuple[Path, Path], tmp_path: Path,
                           monkeypatch: pytest.MonkeyPatch) -> None:
    repo = tmp_path / "repo"
    repo.mkdir()
    monkeypatch.chdir(repo)
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b.fr", "-c", "commit.gpgsign=false"]
    (repo / "output").mkdir()
    (repo / "output" / "coopdec.nt").write_bytes((two[0] / "coopdec.nt").read_bytes())
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "one"]):
        subprocess.run([*git, *command], check=True)
    assert not changes("git:HEAD", two[0])
    assert changes("git:HEAD:output", two[1])
    for wrong in ("git:", "git:none", "git:--help", "git:HEAD:nowhere"):
        with pytest.raises(UsageError) as error:
            changes(wrong, two[0])
        assert error.value.code == "changes-git"


def test_bad_input(tmp_path: Path) -> None:
    for name in ("nothing", "nothing.nt"):
        with pytest.raises(UsageError):
            changes(tmp_path / name, tmp_path)
    (tmp_path / "x.txt").write_text("x")
    with pytest.raises(UsageError):
        changes(tmp_path / "x.txt", tmp_path / "x.txt")
    (tmp_path / "x.nt").write_text("<http://e.org/a> <b .\n")
    (tmp_path / "y.nt").write_text("<http://e.org/a> <b>")
    (tmp_path / "empty.nt").write_text("")
    assert not changes(tmp_path / "empty.nt", tmp_path / "empty.nt")
    for name in ("x.nt", "y.nt"):
        with pytest.raises(DataError):
            changes(tmp_path / name, tmp_path / "empty.nt")


def test_titles_cannot_break_the_page(tmp_path: Path) -> None:
    p = "<http://e.org/project/a/1>"
    kind = f"{p} <{RDF}type> <{CD}Project> .\n"
    title = f'{p} <http://purl.org/dc/terms/title> "{{}}"@fr .\n'
    (tmp_path / "a.nt").write_text(kind + title.format("x"))
    (tmp_path / "b.nt").write_text(kind + title.format(
        r"</script><b>*x*\n# y\u202E\u0007 [a](javascript:1) `z`"), "utf-8")
    page = changes(tmp_path / "a.nt", tmp_path / "b.nt").markdown("fr")
    assert "<b>" not in page
    assert r"\*x\*" in page
    assert "\\[a\\](" in page
    assert not {"\u202e", "\a"} & set(page)
    assert not [line for line in page.splitlines() if line.startswith("# ")][1:]


def test_records_are_json(two: tuple[Path, Path]) -> None:
    found = changes(*two)
    told = [json.loads(json.dumps(r)) for r in records(found)]
    assert told[0]["counts"]["project"] == [4, 4]
    assert {r["change"] for r in told} >= {"summary", "added", "removed", "changed", "likely"}
    assert json.loads(json.dumps(found.as_dict()))["added"][0]["title"]


# -- patches

NAMES = ("project/a/1", "project/a/10", "z", "y#f")
TERMS = st.sampled_from([f"<http://e.org/{name}>" for name in NAMES])
KINDS = st.sampled_from([f"<http://e.org/{name}>" for name in NAMES[:3]])
LITERALS = st.text(st.characters(codec="utf-8"), max_size=8).map(
    lambda s: rdflib.Literal(s, lang="fr").n3())
TRIPLES = st.tuples(TERMS, st.sampled_from(["<http://e.org/p>", "<http://e.org/q>"]),
                    TERMS | LITERALS)
KIND = (f"<{RDF}type>", f"<{CD}Project>")
#: Statements in any order.
GRAPHS = st.lists(TRIPLES | KINDS.map(lambda s: (s, *KIND)), max_size=15, unique=True)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_project_that_goes_on_among_the_shared(order: tuple[int, ...], tmp_path: Path) -> None:
    lines = [f"<http://e.org/a> <{RDF}type> <{CD}Project> .\n",
             f"<http://e.org/z> <{RDF}type> <{CD}Project> .\n",
             "<http://e.org/a> <http://e.org/p> <http://e.org/z> .\n"]
    (tmp_path / "a.nt").write_text("".join(lines[n] for n in order))
    (tmp_path / "b.nt").write_text(lines[2])
    with opened(tmp_path / "a.nt") as before, opened(tmp_path / "b.nt") as after:
        patch = "".join(rdf_patch(before, after)).splitlines()
    assert sorted(line for line in patch if line[:2] in ("A ", "D ")) == [
        "D " + line.strip() for line in lines[:2]]


@given(GRAPHS, GRAPHS)
def test_patches_turn_the_old_into_the_new(one: list[tuple[str, str, str]],
                                           other: list[tuple[str, str, str]]) -> None:
    import tempfile

    import pyoxigraph

    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / "a.nt", Path(folder) / "b.nt"]
        stores = []
        for path, graph in zip(paths, (one, other), strict=True):
            data = pyoxigraph.parse("".join(f"{s} {p} {o} .\n" for s, p, o in graph),
                                    pyoxigraph.RdfFormat.TURTLE)
            pyoxigraph.serialize(data, path, pyoxigraph.RdfFormat.N_TRIPLES)
            stores.append(pyoxigraph.Store())
            stores[-1].load(path=path, format=pyoxigraph.RdfFormat.N_TRIPLES)
        with opened(paths[0]) as before, opened(paths[1]) as after:
            patch = "".join(rdf_patch(before, after))
            update = "".join(sparql_update(before, after))
    wanted = {str(q.triple) for q in stores[1]}
    said = {str(q.triple) for q in stores[0]}
    for line in patch.split("\n"):
        if line[:2] in ("A ", "D "):
            statement = str(next(iter(pyoxigraph.parse(
                line[2:].encode(), pyoxigraph.RdfFormat.N_TRIPLES))).triple)
            assert (statement in said) == (line[0] == "D")
            said ^= {statement}
    assert said == wanted
    if update:
        stores[0].update(update)
    assert {str(q.triple) for q in stores[0]} == wanted


def test_a_blank_node_in_no_patch(tmp_path: Path) -> None:
    (tmp_path / "a.nt").write_text("")
    (tmp_path / "b.nt").write_text("_:x <http://e.org/p> <http://e.org/o> .\n")
    with (opened(tmp_path / "a.nt") as a, opened(tmp_path / "b.nt") as b,
          pytest.raises(UsageError)):
        list(sparql_update(a, b))


@given(st.text(max_size=40), st.text(max_size=40))
def test_words_add_up(before: str, after: str) -> None:
    pieces = words_changed(before, after)
    if pieces is not None:
        assert "".join(same + gone for same, gone, _ in pieces) == before
        assert "".join(same + come for same, _, come in pieces) == after
