# ruff: noqa: T201 (it prints its figures)
"""``build`` against morph-kgc and rdflib, on the same projects, in one run.

    python benchmarks/build.py [--rows 100000] [--times 3] [--skip rdflib]

Ours reads the raw lists, links, themes, describes and writes Turtle and N-Triples; morph-kgc
and rdflib are given the result of that work as tables, and only map them to the same statements
as N-Triples: by an RML mapping for the one, by a loop for the other. The tables are those that
a person would map, one for each kind of resource; morph-kgc also gets what costs it least and
nobody has, a table of whole IRIs and values for each predicate (``ready``). What it writes is
held against our dump. They run in environments of their own under the cache folder. rdflib is
given no Turtle to write: at 10,000 rows that alone took 470 s. About 20 minutes for 100,000 rows,
4 for 10,000.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path

from _measure import Run, as_dict, environment, keep, run, venv
from _tables import split
from generate import write as generate

from coopdec.batches import batched
from coopdec.building.chunks import ChunkResult
from coopdec.building.garbage import uncollected
from coopdec.building.options import Options
from coopdec.building.shared import link_rows
from coopdec.building.stages import TOGETHER, Context, announce_all, block_of
from coopdec.decisions import Decisions
from coopdec.describe import entry, merge_all, whole
from coopdec.formats import Entry, formats
from coopdec.model import SharedEntity
from coopdec.paths import cache_folder
from coopdec.read import find_lists, read
from coopdec.tally import Tally

RDFLIB = '''
import csv, json, sys
from pathlib import Path
from rdflib import RDF, Graph, Literal, URIRef
folder = Path(sys.argv[1])
graph = Graph()
for table in json.loads((folder / "tables.json").read_text("utf-8")):
    types = [URIRef(t[1:-1]) for t in table["types"]]
    columns = [(URIRef(p[1:-1]), *rest) for p, *rest in table["columns"]]
    with (folder / table["file"]).open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        for own, *cells in rows:
            subject = URIRef(table["start"] + own)
            for kind in types:
                graph.add((subject, RDF.type, kind))
            for (predicate, start, lang, kind), value in zip(columns, cells):
                if value:
                    graph.add((subject, predicate, Literal(
                        value, lang=lang or None, datatype=URIRef(kind) if kind else None)
                        if start is None else URIRef(start + value)))
graph.serialize(folder / "out.nt", format="nt", encoding="utf-8")
'''


#: What is mapped from which tables: see :mod:`_tables`.
TABLES = {"morph-kgc": "tables", "morph-kgc, ready": "ready"}


def stages(lists: Path, out: Path) -> dict[str, float]:
    """Ours, in this process, stage by stage (CPU seconds): as ``work.process`` takes a chunk
    through them, so many rows at a time, and as ``write_sheet`` writes the shared entities of a
    run. No check, no joining of files."""
    options = Options(formats=("ttl",), only=True)
    context, heading = Context(options, Decisions()), options.heading()
    chosen = [formats()["nt"], formats()["ttl"]]
    files = {f.name: (out / f"stages{f.suffix}").open("wb") for f in chosen}
    shared: dict[str, SharedEntity] = {}
    took: dict[str, float] = defaultdict(float)
    clock = time.process_time()

    def ended(stage: str) -> None:
        nonlocal clock
        took[stage] += (now := time.process_time()) - clock
        clock = now

    def write(entries: Sequence[Entry]) -> list[list[bytes]]:
        texts = []
        for known in chosen:
            texts.append([known.block(made, heading) for made in entries])
            files[known.name].writelines(texts[-1])
            ended(f"write {known.name}")
        return texts

    with uncollected():  # as a build does
        for path in find_lists(lists)[0]:
            reading = read(path)
            for rows in batched(reading, options.chunk_size):
                result = ChunkResult()
                ended("read")
                for some in batched(rows, TOGETHER):
                    found = announce_all(some, reading.source, context.places)
                    ended("link and theme")
                    described = context.describer.describe_all(found, reading.source)
                    ended("describe")
                    texts = write([one.entry for one in described])
                    for announced, one, nt, ttl in zip(found, described, *texts, strict=True):
                        result.take(one, block_of(announced, one, {"nt": nt, "ttl": ttl}))
                    ended("gather")
                result.tally.added_up()
                merge_all(shared, result.shared.values())
                ended("gather")
        for few in batched(shared.values(), TOGETHER):
            entities = [whole(entity, options.base) for entity in few]
            entries = [entry(entity, options.base) for entity in entities]
            ended("describe")
            write(entries)
            tally = Tally()
            for made, entity in zip(entries, entities, strict=True):
                tally.see(made)
                link_rows(entity, options.base)
            tally.added_up()
            ended("gather")
    for file in files.values():
        file.close()
    return dict(took)


def once(name: str, command: list[str]) -> Run:
    found = run(command)
    if found.code:
        sys.exit(f"{name} failed:\n{found.output[-2000:]}")
    print(f"  {name}: {found.cpu:.1f} s CPU, {found.peak:.0f} MB", flush=True)
    return found


def statements(dump: Path) -> tuple[int, int]:
    """How many lines a dump has, and a sum of them that no order changes."""
    count = total = 0
    with dump.open("rb") as lines:
        for line in lines:
            count += 1
            total += int.from_bytes(blake2b(line, digest_size=8).digest())
    return count, total % (1 << 64)


def prepared(folder: Path, home: Path, skip: Sequence[str]
             ) -> dict[str, tuple[list[str], bool]]:
    """What runs beside our stages: its command, and whether in each round."""
    found = {"build, checked": ([
        sys.executable, "-m", "coopdec", "build", str(folder / "lists"), "-o",
        str(folder / "out"), "--only", "--format", "ttl"], False)}
    if "morph-kgc" not in skip:
        python = venv(home / "morph-kgc", "morph-kgc")
        split(folder / "stages.nt", folder / "ready", ready=True)
        for way, tables in TABLES.items():
            config = str(folder / tables / "config.ini")
            found[way] = [str(python), "-m", "morph_kgc", config], True
    if "rdflib" not in skip:
        python = venv(home / "rdflib", "rdflib")
        script = folder / "with_rdflib.py"
        script.write_text(RDFLIB, "utf-8")
        found["rdflib"] = [str(python), str(script), str(folder / "tables")], False
    return found


def check(way: str, folder: Path, ours: tuple[int, int]) -> None:
    """What morph-kgc wrote must be what we wrote."""
    if way in TABLES and statements(folder / TABLES[way] / "morph.nt") != ours:
        sys.exit(f"{way} gave other statements than ours")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--skip", action="append", default=[], choices=("morph-kgc", "rdflib"))
    parser.add_argument("--stages", type=Path, nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.stages:
        print(json.dumps(stages(*asked.stages)))
        return
    home = cache_folder() / "benchmarks"
    with tempfile.TemporaryDirectory(prefix="coopdec-bench-") as name:
        folder = Path(name)
        generate(folder / "lists", asked.rows)
        figures: dict[str, object] = {"rows": asked.rows}
        every: list[dict[str, float]] = []
        taken: dict[str, list[Run]] = defaultdict(list)
        # In turn: a machine is not equally fast all the time.
        for number in range(asked.times):
            found = once("ours, stage by stage", [
                sys.executable, __file__, "--stages", str(folder / "lists"), name])
            every.append(json.loads(found.output))
            if not number:
                figures["triples"] = split(folder / "stages.nt", folder / "tables")
                written = statements(folder / "stages.nt")
                others = prepared(folder, home, asked.skip)
            for way, (command, many) in others.items():
                if many or not number:
                    taken[way].append(once(way, command))
                    check(way, folder, written)
        ours = {k: statistics.median_low(e[k] for e in every) for k in every[0]}
        print("ours:", {k: round(v, 2) for k, v in ours.items()}, flush=True)
        figures |= {"stages": ours} | {
            way: as_dict(sorted(runs, key=lambda r: r.cpu)[(len(runs) - 1) // 2])
            for way, runs in taken.items()}
        whole, writing = sum(ours.values()), ours["describe"] + ours["write nt"]
        for other in (*TABLES, "rdflib"):
            if other in figures:
                cpu = figures[other]["cpu"]  # type: ignore[index]
                print(f"{other} takes {cpu / whole:.1f} times our whole pipeline, "
                      f"{cpu / writing:.1f} times our describing and writing of N-Triples")
        keep(f"build {asked.rows}", figures, **environment())


if __name__ == "__main__":
    main()
