"""The projects of all runs → what a release publishes: one for all its announcements.

Each pass reads the runs from beginning to end; what it makes is on disk again. Memory has
nothing for each project.
"""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from coopdec.building.chunks import Block
from coopdec.building.joining import joined, settled
from coopdec.building.runs import Announced, Run, RunWriter, Texts, allow_files, merged_lines
from coopdec.check import Near, Sighting
from coopdec.formats import BlockFormat, Heading
from coopdec.model import Finding, Position, Severity
from coopdec.tally import Tally
from coopdec.vocab import OF_OUR_CLASS

__all__ = ["Projects"]

#: Files of runs that are open at a time, for projects that are joined.
_OPEN = 200


@dataclass(slots=True)
class Projects:
    """The projects of all runs. ``kept`` counts, by list, the announcements that are
    published; ``repeated`` has, for each IRI that was announced several times, the line that
    is published (None: several); ``tally`` is what joining adds to what the runs counted,
    and takes away from it."""

    folder: Path
    formats: Sequence[BlockFormat]
    heading: Heading
    count: int = 0
    resources: int = 0
    themed: int = 0
    kept: Counter[str] = field(default_factory=Counter)
    repeated: dict[int, int | None] = field(default_factory=dict)
    exist: set[bytes] = field(default_factory=set)
    tally: Tally = field(default_factory=Tally)
    runs: Sequence[Run] = ()
    _texts: dict[tuple[int, str], Texts] = field(default_factory=dict)

    def settle(
        self, runs: Sequence[Run], paths: Mapping[str, str], wanted: Iterable[str],
        withdrawn: Iterable[str], tell: Callable[[Finding], None],
    ) -> Iterator[tuple[bytes, bytes]]:
        """Decide which announcements are published. Gives the projects (IRI, statements) that
        are joined from several, which no chunk has checked; ``wanted`` are IRIs (terms) that
        may be projects: those that are, are in ``exist``; ``withdrawn`` are IRIs that people
        took away for good; ``tell`` gets findings."""
        gone = {iri.encode() for iri in withdrawn}
        looked_for = {iri.strip("<>").encode() for iri in wanted}
        near = Near()
        self.runs = [*runs, Run(self.folder / "joined")]
        names = [f.name for f in self.formats]
        plan = array("I")
        merged = merged_lines(runs, "index")
        with (RunWriter(self.folder / "joined", names) as together,
              (self.folder / "plan").open("wb") as file):
            for root, lines in groupby(merged, key=lambda found: found[0].partition(b"\t")[0]):
                group = [(Announced(line), run) for line, run in lines]
                if root in looked_for:
                    self.exist.add(root)
                first = group[0][0]
                if root in gone:
                    tell(Finding(
                        "identity-back", Severity.FATAL,
                        Position(paths.get(first.source, first.source), first.line),
                        {"title": first.title,
                         "path": first.iri.removeprefix(self.heading.base)}, first.iri))
                if len(group) == 1:
                    plan.append(group[0][1] << 1 | 1)
                    self._count(first.resources, first.themed, [first])
                else:
                    yield from self._several(root, group, paths, plan, together, tell)
                if not near.full and (sighting := first.sighting) is not None:
                    found = near.see(Sighting.of(sighting))
                    if found is not None:
                        tell(found)
                if len(plan) > 1 << 16:
                    plan.tofile(file)
                    plan = array("I")
            plan.tofile(file)
        self._close()
        for found in self._same_titles(runs):
            tell(found)

    def _several(
        self, root: bytes, group: Sequence[tuple[Announced, int]], paths: Mapping[str, str],
        plan: array[int], together: RunWriter, tell: Callable[[Finding], None],
    ) -> Iterator[tuple[bytes, bytes]]:
        in_order = sorted((a for a, _ in group), key=lambda a: (a.source, a.line))
        kept, findings = settled(root.decode(), in_order, paths)
        for finding in findings:
            tell(finding)
        alone = kept[0] if len(kept) == 1 else None
        self.repeated[hash(root)] = alone.line if alone else None
        plan.extend(run << 1 | (a is alone) for a, run in group)
        for announced, run in group:
            if announced is not alone:
                self.tally.see_text(self._text(announced, run, "nt"), -1)
        if alone is not None:
            self._count(alone.resources, alone.themed, kept)
            return
        run_of = {id(a): run for a, run in group}
        blocks = [self._block(a, run_of[id(a)], n == 0) for n, a in enumerate(kept)]
        block, differences = joined(blocks, self.heading, paths)
        for finding in differences:
            tell(finding)
        texts = block.texts
        together.add(texts)
        plan.append(len(self.runs) - 1 << 1 | 1)
        text = texts["nt"]
        self.tally.see_text(text)
        self._count(text.count(OF_OUR_CLASS), block.themed, kept)
        yield root, text

    def _count(self, resources: int, themed: bool, kept: Iterable[Announced]) -> None:
        self.count += 1
        self.resources += resources
        self.themed += themed
        self.kept.update(a.source for a in kept)

    def _block(self, announced: Announced, run: int, leads: bool) -> Block:
        """An announcement with its texts: all of the leading one's, else what is joined."""
        texts = {known.name: self._text(announced, run, known.name) for known in self.formats
                 if leads or known.name == "nt" or known.join}
        return Block(announced.iri, announced.source, announced.line, announced.title, texts,
                     announced.own, announced.themed)

    def _text(self, announced: Announced, run: int, form: str) -> bytes:
        if (run, form) not in self._texts:
            if len(self._texts) >= _OPEN:
                self._close()
            self._texts[run, form] = Texts(self.runs[run], form)
        return self._texts[run, form].at(announced.number)

    def _close(self) -> None:
        for of_run in self._texts.values():
            of_run.close()
        self._texts.clear()

    def _same_titles(self, runs: Sequence[Run]) -> Iterator[Finding]:
        """Projects with the same lead, partners and title as another."""
        merged = (line for line, _ in merged_lines(runs, "titles"))
        for _, lines in groupby(merged, key=lambda line: line.partition(b"\t")[0]):
            group = list(lines)
            if len(group) == 1:
                continue  # nearly always
            one, *more = (Sighting.of(json.loads(line.split(b"\t", 2)[2])) for line in group)
            last = one.project
            for seen in more:
                if seen.project not in (one.project, last):
                    yield seen.repeats(one.project)
                last = seen.project

    def texts(self, known: BlockFormat) -> Iterator[bytes]:
        """What is published, in one format, project by project."""
        allow_files(len(self.runs))
        runs = [Texts(run, known.name) for run in self.runs]
        try:
            with (self.folder / "plan").open("rb") as file:
                while data := file.read(1 << 16):
                    steps = array("I")
                    steps.frombytes(data)
                    for step in steps:
                        if step & 1:
                            yield runs[step >> 1].take()
                        else:
                            runs[step >> 1].skip()
        finally:
            for run in runs:
                run.close()
