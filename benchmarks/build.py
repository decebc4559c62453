# ruff: noqa: T201 (it prints its figures)
"""``build`` against morph-kgc and rdflib, on the same projects, in one run.

    python benchmarks/build.py [--rows 100000] [--times 3] [--skip rdflib]

Ours reads the raw lists, links, themes, describes and writes Turtle and N-Triples; morph-kgc
and rdflib are given the result of that work, split into tables, and only map them to the same
statements as N-Triples: an RML mapping made from our own dump for the one, a loop for the
other. They run in environments of their own under the cache folder. rdflib is given no Turtle
to write: at 10,000 rows that alone took 470 s. About 15 minutes for 100,000 rows, 3 for 10,000.
"""

from __future__ import annotations

import argparse
import csv
import json
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import TextIO

from _measure import Run, as_dict, environment, keep, run, venv
from generate import write as generate

from coopdec.paths import cache_folder

TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
RML = """@prefix rr: <http://www.w3.org/ns/r2rml#> .
@prefix rml: <http://semweb.mmlab.be/ns/rml#> .
@prefix ql: <http://semweb.mmlab.be/ns/ql#> .
"""
RDFLIB = '''
import csv, json, sys
from pathlib import Path
from rdflib import Graph, Literal, URIRef
folder = Path(sys.argv[1])
graph = Graph()
for table in json.loads((folder / "tables.json").read_text("utf-8")):
    predicate = URIRef(table["predicate"])
    with (folder / table["file"]).open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        for subject, value in rows:
            graph.add((URIRef(subject), predicate, URIRef(value) if table["iri"] else Literal(
                value, lang=table["lang"] or None,
                datatype=URIRef(table["type"]) if table["type"] else None)))
graph.serialize(folder / "out.nt", format="nt", encoding="utf-8")
'''


def split(dump: Path, folder: Path) -> int:
    """Our N-Triples of projects as tables: one for each predicate and kind of object, with
    the RML mapping that makes them statements again. Gives the number of statements."""
    from coopdec.terms import bare

    folder.mkdir(exist_ok=True)
    files: dict[tuple[str, bool, str, str], tuple[TextIO, object]] = {}
    count = 0
    with dump.open(encoding="utf-8") as lines:
        for line in lines:
            subject, predicate, value = line[:-3].split(" ", 2)
            if "/project/" not in subject:
                continue
            count += 1
            iri = value[0] == "<"
            tail = "" if iri else value[value.rindex('"') + 1:]
            key = (predicate[1:-1], iri, tail[1:] if tail[:1] == "@" else "",
                   tail[3:-1] if tail[:2] == "^^" else "")
            if key not in files:
                file = (folder / f"t{len(files)}.csv").open("w", encoding="utf-8", newline="")
                files[key] = file, csv.writer(file)
                files[key][1].writerow(("s", "o"))  # type: ignore[attr-defined]
            files[key][1].writerow((subject[1:-1], bare(value)))  # type: ignore[attr-defined]
    tables, mapping = [], [RML]
    for (predicate, iri, lang, kind), (file, _) in files.items():
        file.close()
        name = Path(file.name).name
        tables.append({"file": name, "predicate": predicate, "iri": iri, "lang": lang,
                       "type": kind})
        how = "rr:termType rr:IRI" if iri else (
            f'rr:language "{lang}"' if lang else f"rr:datatype <{kind}>" if kind
            else "rr:termType rr:Literal")
        mapping.append(
            f'<#{name}> rml:logicalSource [ rml:source "{folder / name}" ; '
            "rml:referenceFormulation ql:CSV ] ;\n"
            '  rr:subjectMap [ rml:reference "s" ; rr:termType rr:IRI ] ;\n'
            f"  rr:predicateObjectMap [ rr:predicate <{predicate}> ; "
            f'rr:objectMap [ rml:reference "o" ; {how} ] ] .\n')
    (folder / "tables.json").write_text(json.dumps(tables), "utf-8")
    (folder / "mapping.ttl").write_text("\n".join(mapping), "utf-8")
    (folder / "config.ini").write_text(
        f"[CONFIGURATION]\noutput_file={folder / 'morph.nt'}\nnumber_of_processes=1\n"
        f"[D]\nmappings={folder / 'mapping.ttl'}\n", "utf-8")
    return count


def stages(lists: Path, out: Path) -> dict[str, float]:
    """Ours, in this process, stage by stage (CPU seconds), with the functions that
    ``work.process`` calls for a chunk, and who writes the shared entities of a run: no check, no
    joining of files."""
    from coopdec.chunks import ChunkResult
    from coopdec.decisions import Decisions
    from coopdec.describe import merge_all, whole
    from coopdec.formats import formats
    from coopdec.model import SharedEntity
    from coopdec.read import find_sources, read
    from coopdec.shared import EntityWriter
    from coopdec.tasks import uncollected
    from coopdec.work import Context, Options, announce, block_of

    options = Options(formats=("ttl",), only=True)
    context, heading = Context(options, Decisions()), options.heading()
    chosen = [formats()["nt"], formats()["ttl"]]
    took: dict[str, float] = defaultdict(float)
    files = {f.name: (out / f"stages{f.suffix}").open("wb") for f in chosen}
    shared: dict[str, SharedEntity] = {}
    writer = EntityWriter(chosen, heading)
    with uncollected():  # as a build does
        for path in find_sources(lists):
            clock = time.process_time()
            reading = read(path)
            rows = list(reading)
            took["read"] += -clock + (clock := time.process_time())
            found = [announce(row, reading.source, context.places) for row in rows]
            took["link and theme"] += -clock + (clock := time.process_time())
            described = [context.describer.describe(a, reading.source) for a in found]
            took["describe"] += -clock + (clock := time.process_time())
            texts: dict[str, list[bytes]] = {}
            for known in chosen:
                texts[known.name] = [known.block(d.entry, heading) for d in described]
                files[known.name].writelines(texts[known.name])
                took[f"write {known.name}"] += -clock + (clock := time.process_time())
            result = ChunkResult()
            for announced, one, nt, ttl in zip(found, described, *texts.values(), strict=True):
                result.take(one, block_of(announced, one, {"nt": nt, "ttl": ttl}))
            result.tally.added_up()
            merge_all(shared, result.shared.values())
            took["gather"] += -clock + (clock := time.process_time())
        clock = time.process_time()
        for entity in shared.values():
            for known, text in zip(chosen, writer.of(whole(entity, options.base)).texts,
                                   strict=False):
                files[known.name].write(text)
        took["shared entities"] = time.process_time() - clock
    for file in files.values():
        file.close()
    return dict(took)


def median(name: str, command: list[str], times: int) -> Run:
    runs = []
    for _ in range(times):
        found = run(command)
        if found.code:
            sys.exit(f"{name} failed:\n{found.output[-2000:]}")
        runs.append(found)
        print(f"  {name}: {found.cpu:.1f} s CPU, {found.peak:.0f} MB", flush=True)
    return sorted(runs, key=lambda r: r.cpu)[len(runs) // 2]


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
        every = []
        for _ in range(asked.times):
            found = run([sys.executable, __file__, "--stages", str(folder / "lists"), name])
            if found.code:
                sys.exit(found.output)
            every.append(json.loads(found.output))
        ours = {k: statistics.median(e[k] for e in every) for k in every[0]}
        print("ours:", {k: round(v, 2) for k, v in ours.items()}, flush=True)
        triples = split(folder / "stages.nt", folder / "tables")
        figures |= {"triples": triples, "stages": ours}
        build = median("coopdec build", [
            sys.executable, "-m", "coopdec", "build", str(folder / "lists"), "-o",
            str(folder / "out"), "--only", "--format", "ttl"], 1)
        figures["build, checked"] = as_dict(build)
        if "morph-kgc" not in asked.skip:
            python = venv(home / "morph-kgc", "morph-kgc")
            figures["morph-kgc"] = as_dict(median("morph-kgc", [
                str(python), "-m", "morph_kgc", str(folder / "tables" / "config.ini")],
                asked.times))
        if "rdflib" not in asked.skip:
            python = venv(home / "rdflib", "rdflib")
            script = folder / "with_rdflib.py"
            script.write_text(RDFLIB, "utf-8")
            figures["rdflib"] = as_dict(median(
                "rdflib", [str(python), str(script), str(folder / "tables")], 1))
        whole, writing = sum(ours.values()), ours["describe"] + ours["write nt"]
        for other in ("morph-kgc", "rdflib"):
            if other in figures:
                cpu = figures[other]["cpu"]  # type: ignore[index]
                print(f"{other} takes {cpu / whole:.1f} times our whole pipeline, "
                      f"{cpu / writing:.1f} times our describing and writing of N-Triples")
        keep(f"build {asked.rows}", figures, **environment())


if __name__ == "__main__":
    main()
