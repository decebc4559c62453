"""What all chunks are together: joined, checked as a whole, and handed over as a release."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from typing import Any

from coopdec import __version__
from coopdec.batches import batched
from coopdec.building.check_tasks import Again, Batch, Piece, check_batch, check_piece
from coopdec.building.entities import Entities
from coopdec.building.gather import Gathered, Progress
from coopdec.building.projects import Projects
from coopdec.building.spool import Ordered, Results, by_place, read_findings, read_results
from coopdec.building.stages import Context
from coopdec.changes.released import Comparison
from coopdec.check import (
    Checked,
    Report,
    choose_engine,
    get_writer,
    led_to,
    load_shapes,
    miscounted,
    pieces,
    placed,
    quality,
    stand_ins,
    with_all,
)
from coopdec.classify import builtin
from coopdec.decisions import Action
from coopdec.errors import DataError
from coopdec.executors import Runner
from coopdec.formats import BlockFormat, formats
from coopdec.model import Finding, Position, Severity, SharedEntity
from coopdec.paths import short_path
from coopdec.reference.edition import edition
from coopdec.reference.identifiers import holds_geonames
from coopdec.release import Release
from coopdec.tally import Tally
from coopdec.vocab import GEONAMES

__all__ = ["CARRIED", "Whole"]

#: How many findings an error or a summary carries: enough for people; all are in the report.
CARRIED = 2000
#: Projects that were joined and are checked at a time.
_BATCH = 1000


class Whole:
    """What all chunks are together."""

    def __init__(
        self, found: Gathered, context: Context, run: Runner, folder: Path, progress: Progress
    ) -> None:
        self.found = found
        self.context = context
        self.run = run
        self.progress = progress
        options = context.options
        self.options, self.heading = options, options.heading()
        self.entities = Entities(folder, options.chosen(), self.heading)
        self.projects = Projects(folder, options.chosen(), self.heading)
        self.findings = Ordered(folder / "findings", self._order)
        self.checked = found.checked
        self.results = Results(folder / "results")

    def settle(self, decisions: Path | None) -> None:
        """Join, check, and put all findings in order.

        Raises DataError where the lists themselves have fatal findings.
        """
        found, runs = self.found, self.found.runs
        self.entities.gather(runs, self._more(), self.context.describer, self.run)
        withdrawn = [self.options.base + i.source for i in self.context.decisions.identities
                     if i.action is Action.GONE]
        joined = self.projects.settle(
            runs, {s.name: s.path for s in found.sources}, self._wanted(), withdrawn,
            self._tell_joining)
        if found.fatal:
            for _ in joined:
                pass
            rows = chain.from_iterable(read_findings(r.folder / "findings") for r in runs)
            self._tell(found.findings, rows)
            raise DataError(sorted(islice(self.findings, CARRIED), key=by_place))
        self.progress("check", 0, self.projects.count)
        if self.checked is not None:
            self._check(self.checked, joined)
        self._tell(
            [*found.findings, *_gone(self.context, self.entities, decisions)],
            chain.from_iterable(read_findings(r.folder / "findings") for r in runs))

    def _check(self, checked: Checked, joined: Iterable[tuple[bytes, bytes]]) -> None:
        base, engine = self.options.base, choose_engine()
        shapes = load_shapes()
        apart: list[Checked] = [
            part for _, part in self.run(check_batch, (
                Batch(batch, led_to(self.entities.one, b"".join(t for _, t in batch)), base,
                      engine)
                for batch in batched(joined, _BATCH)))]
        known_as = stand_ins(b"<%s>" % iri for iri in self.projects.exist)

        def parts() -> Iterator[Piece | Again]:
            # What takes longest comes first: all else is done beside it.
            yield Again(with_all(checked.sample, self.entities.one), engine)
            for part in pieces(self.entities, shapes.text):
                yield Piece(part, known_as, base, engine)

        differing: list[Finding] = []
        for _, found in self.run(check_piece, parts()):
            if isinstance(found, Checked):
                checked.take(found)
            else:
                differing += found
        for run in self.found.runs:
            self.results.add(r for r in read_results(run.folder / "results")
                             if self._stands(r.focus, r.where))
        for part in apart:
            self.results.add(part.results)
            self.findings.add(map(_portable, part.told()), (0, 0))
        if checked.faults:
            nt = formats()["nt"]
            self.results.add(
                placed(checked.faults, self.entities.lines(), self.projects.texts(nt)))
        ours = checked.told()
        for run in self.found.runs:
            self._tell_ours(read_findings(run.folder / "told"))
        for check in checked.beyond:
            ours += check.findings(self._exists)
        for source in self.found.sources:
            if source.projects is not None:
                ours += miscounted(self.context.describer.iris.source(source.name),
                                   source.projects, self.projects.kept[source.name])
        self._tell_ours(ours + differing)

    # -- findings

    def _tell_joining(self, finding: Finding) -> None:
        if finding.code in _OF_ROWS:
            self._tell([finding], ())
        elif not self.found.fatal:
            self.findings.add([_portable(finding)], (0, 0))

    def _tell_ours(self, findings: Iterable[Finding]) -> None:
        """What the check itself says, before what the other stages say."""
        self.findings.add(
            (_portable(f) for f in findings if self._stands(f.subject or "", f.where)), (0, 0))

    def _tell(self, few: Iterable[Finding], of_rows: Iterable[Finding]) -> None:
        self.findings.add(map(_portable, chain(few, of_rows)), (1,))

    def _order(self, finding: Finding) -> tuple[Any, ...]:
        """What settles most projects first; then in the order of their places."""
        name = finding.params.get("name")
        waiting = self.found.waiting[finding.code, str(name)] if name is not None else 0
        return (-waiting, *by_place(finding))

    def _stands(self, subject: str, where: Position | None) -> bool:
        """Whether what a chunk said of a project is about an announcement that is
        published as it stood there."""
        root = subject.strip("<>").partition("#")[0].encode()
        if hash(root) not in self.projects.repeated:
            return True
        line = self.projects.repeated[hash(root)]
        return line is not None and (where is None or where.line in (None, line))

    def _exists(self, iri: str) -> bool:
        root = iri.strip("<>").partition("#")[0]
        return root.encode() in self.projects.exist or root in self.entities

    def all_findings(self, report: Report) -> Iterator[Finding]:
        """The report's, then those of all other stages, in order."""
        yield from report.all_findings()
        yield from self.findings

    # -- what is published

    def _more(self) -> Iterator[SharedEntity]:
        """What no row names: all goals, the lists as they are known at their end."""
        describer = self.context.describer
        if self.found.runs:
            yield from map(describer.lists.goal, range(1, 18))
        for source in self.found.sources:
            yield from describer.lists.source(source)

    def _wanted(self) -> Iterator[str]:
        """IRIs that are referred to and may be projects."""
        for iri in self.entities.named(f"{self.options.base}project/".encode()):
            yield iri.decode()
        if self.checked is not None:
            for check in self.checked.beyond:
                yield from getattr(check, "wanted", ())

    def report(self) -> Report:
        """What the check of the whole found; after :meth:`settle`."""
        checked = self.checked
        themes = quality.Measure("themes", self.projects.themed, self.projects.count)
        measures = quality.total([checked.measures, (themes,)]) if checked else ()
        return Report(
            self.results, self.projects.resources + self.entities.resources,
            self.projects.count, len(load_shapes()), "", (),
            len(checked.sample) if checked else 0, measures)

    def _pieces(self, known: BlockFormat) -> Iterator[bytes]:
        separator = known.separator.encode()
        first = True
        for text in filter(None, self.projects.texts(known)):
            if separator and not first:
                yield separator
            first = False
            yield text
        for text in self.entities.texts(known):
            if separator and not first:
                yield separator
            first, separator = False, b""
            yield text

    def _tally(self) -> Tally:
        """What the runs, the joined projects and the shared entities state together."""
        whole = Tally()
        for part in (self.found.tally, self.projects.tally, self.entities.tally):
            whole.take(part)
        return whole

    def release(self, report: Report, before: Comparison) -> Release:
        """All that is published, most of it still on disk; ``before`` compares it with the
        release before, as a step of publishing."""
        base = self.options.base
        return Release(
            self.heading, self.options.chosen(), self._pieces, self.found.sources,
            self.entities.accepted(), self._tally(),
            self.entities.countries,
            reports={file: get_writer(form).write(report, self.findings, "fr", base)
                     for form, file in (("html", "report.html"), ("turtle", "report.ttl"),
                                        ("jsonl", "report.jsonl"))},
            attribution=self.context.places.attribution(),
            quality=tuple(quality.statements(report.measures, base + "dataset", base)),
            made_with={"coopdec": __version__, "lexicon": builtin().version,
                       "reference": edition()},
            whole=[*self.options.whole(), before.step()],
            partitions=self.options.partitions,
        )


#: What joining says of rows; the rest of what it tells is the check's.
_OF_ROWS = ("row-repeated", "announced-twice", "facts-differ", "identity-back")


def _gone(
    context: Context, entities: Entities, folder: Path | None
) -> Iterator[Finding]:
    """Decisions whose subject no list names any more, or whose object the reference no
    longer holds: kept, and said."""
    path = str((folder or Path()) / "links.sssom.tsv")
    for subject, decided in context.decisions.links.items():
        for decision in decided:
            where = Position(path, decision.line)
            if decision.accepted and context.options.base + subject not in entities:
                yield Finding("decision-idle", Severity.INFO, where, {"subject": subject})
            number = decision.target.removeprefix(GEONAMES).rstrip("/")
            if (decision.accepted and decision.target.startswith(GEONAMES)
                    and not holds_geonames(context.places, number)):
                yield Finding("decision-object-gone", Severity.WARNING, where,
                              {"object": decision.target, "subject": subject})


def _portable(finding: Finding) -> Finding:
    """With the list's folder and name only: a release says nothing of the machine that
    made it, and is the same bytes on all."""
    where = finding.where
    if where is None:
        return finding
    document = short_path(where.document)
    return replace(finding, where=where._replace(document=document))
