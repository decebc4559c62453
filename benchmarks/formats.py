# ruff: noqa: T201 (it prints what it measured)
"""What each format costs: CPU seconds and peak memory, each in a process of its own.

    python benchmarks/formats.py [--projects 100000] [--describe 2000] [FORMAT…]

``--describe`` projects are read, linked and described once from lists that
benchmarks/generate.py makes; they are then written again and again under IRIs of their
own until there are ``--projects``. A format that streams has the same peak for 1,000
projects as for 100,000. Whole formats are made from the dumps of the streaming ones.
"""

from __future__ import annotations

import argparse
import os
import pickle
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from itertools import chain
from pathlib import Path

from coopdec.formats import Entry, Heading, formats, whole_formats
from coopdec.model import Description
from coopdec.vocab import BASE

HEADING = Heading(BASE, "0", "https://spdx.org/licenses/etalab-2.0")


def described(rows: int, folder: Path) -> tuple[list[Entry], list[Entry]]:
    """(projects, shared entities)."""
    from coopdec.building.options import Options
    from coopdec.building.stages import Context, announce_all
    from coopdec.decisions import Decisions
    from coopdec.describe import entry, merge_all, whole
    from coopdec.model import SharedEntity
    from coopdec.read import find_lists, read

    script = Path(__file__).with_name("generate.py")
    subprocess.run([sys.executable, str(script), "--rows", str(rows), "-o", str(folder)],
                   check=True, stdout=subprocess.DEVNULL)
    context = Context(Options(), Decisions())
    projects: dict[str, Entry] = {}
    shared: dict[str, SharedEntity] = {}
    for file in find_lists(folder)[0]:
        reading = read(file)
        announced = announce_all(list(reading), reading.source, context.places)
        for found in context.describer.describe_all(announced, reading.source):
            projects[found.entry.iri] = found.entry
            for group in found.shared:
                merge_all(shared, group)
        merge_all(shared, context.describer.lists.source(reading.source))
    return list(projects.values()), [
        entry(whole(e, BASE), BASE) for e in shared.values()]


def repeated(projects: list[Entry], number: int) -> Iterator[Entry]:
    """As many projects as asked for, each under an IRI of its own."""
    for n in range(number):
        one = projects[n % len(projects)]
        old, new = one.iri, f"{one.iri}-{n}"
        flat = one.flat() if one.flat else {}
        yield one._replace(iri=new, flat=partial(dict, flat, iri=new), parts=[
            Description(d.subject.replace(old, new),
                        [(p, o.replace(old, new)) for p, o in d.statements])
            for d in one.descriptions])


def write_block(name: str, kept: Path, number: int, folder: Path) -> float:
    """CPU seconds that ``name`` took to write the projects, without those to make them up."""
    projects, shared = pickle.loads(kept.read_bytes())
    known, spent, first = formats()[name], 0.0, True
    separator = known.separator.encode()
    with (folder / known.file).open("wb") as file:
        file.write(known.head(HEADING).encode())
        for one in chain(repeated(projects, number), shared):
            start = time.process_time()
            text = known.block(one, HEADING)
            if text:
                file.write(text if first else separator + text)
                first = False
            spent += time.process_time() - start
        file.write(known.foot.encode())
    return spent


def make_whole(name: str, folder: Path) -> float:
    start = time.process_time()
    made = whole_formats()[name].make(folder, HEADING)
    assert made
    return time.process_time() - start


def peak_kilobytes() -> int:
    """Of this process since it began; getrusage would count what it was forked from."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.partition("VmHWM:")[2].split()[0])


def child(name: str, kept: Path, number: int, folder: Path) -> None:
    """In a process of its own: prints seconds and peak kilobytes."""
    seconds = (write_block(name, kept, number, folder) if name in formats()
               else make_whole(name, folder))
    print(seconds, peak_kilobytes())


def measured(name: str, kept: Path, number: int, folder: Path) -> None:
    before = {p.name for p in folder.iterdir()}
    answer = subprocess.run(
        [sys.executable, __file__, "--child", name, str(kept), str(number), str(folder)],
        check=True, capture_output=True, text=True, env={**os.environ})
    seconds, peak = answer.stdout.split()
    size = sum(p.stat().st_size for p in folder.iterdir() if p.name not in before)
    print(f"{name:8} {float(seconds):8.2f} s CPU {int(peak) / 1024:8.0f} MB peak "
          f"{size / 1e6:9.1f} MB written", flush=True)


def links_file(folder: Path) -> None:
    (folder / "links.sssom.tsv").write_text(
        f"#curie_map:\n#  cdr: {BASE}\nsubject_id\tsubject_label\tpredicate_id\tobject_id\t"
        "mapping_justification\tconfidence\tmapping_tool\tcomment\n", "utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child(sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]), Path(sys.argv[5]))
        sys.exit()
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("formats", nargs="*")
    parser.add_argument("--projects", type=int, default=100_000)
    parser.add_argument("--describe", type=int, default=2_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(temporary)
        data = described(given.describe, place / "lists")
        entries = place / "entries"
        entries.write_bytes(pickle.dumps(data))
        release = place / "release"
        release.mkdir()
        links_file(release)
        print(f"{given.projects} projects, {len(data[1])} shared entities")
        needed = ["jsonld", "csv", "nt"] if set(given.formats) & set(whole_formats()) else []
        wanted = given.formats or [*formats(), *whole_formats()]
        for one in dict.fromkeys([*needed, *(n for n in wanted if n in formats()),
                                  *(n for n in wanted if n in whole_formats())]):
            measured(one, entries, given.projects, release)
