"""Composes the stages: read → resolve → classify → describe → check → publish.

Nothing else does. :func:`build` streams the lists through it in chunks, joins what they gave,
checks the whole and publishes the release; :mod:`coopdec.building` draws how. Memory depends
on the chunk and on the number of distinct shared entities, not on the number of projects; the
bytes on neither, nor on who does the work.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path
from tempfile import mkdtemp

from coopdec.building.gather import Gathered, Progress, gather
from coopdec.building.options import Options
from coopdec.building.runs import several
from coopdec.building.stages import Context
from coopdec.building.whole import CARRIED, Whole
from coopdec.changes import Likeness
from coopdec.changes.released import Comparison, check_version, version_at
from coopdec.check import Report
from coopdec.decisions import Decisions, load_decisions, load_publisher
from coopdec.errors import DataError, UsageError
from coopdec.executors import runner
from coopdec.model import NOBODY_TOLD, Finding, Severity
from coopdec.publish import publish
from coopdec.questions import Questions, open_questions
from coopdec.storage import work_folder

__all__ = ["Options", "Summary", "build"]


def _silent(stage: str, done: int, total: int | None) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build made, for the person who ran it. ``findings`` has the first of them,
    gravest first; ``severities`` counts all; ``questions`` are what they leave open."""

    output: Path
    projects: int
    sources: int
    counts: Mapping[str, int]
    links: Mapping[str, int]
    projects_with_theme: int
    findings: Sequence[Finding]
    files: Sequence[str]
    severities: Mapping[str, int] = field(default_factory=dict)
    questions: Questions = field(default_factory=Questions)
    resumed: int = 0
    #: What became of projects of the release before: for a person to decide.
    proposals: Sequence[Likeness] = ()


def build(
    sources: Sequence[Path],
    output: Path,
    options: Options | None = None,
    *,
    decisions: Path | None = None,
    workers: int = 1,
    cluster: str | None = None,
    progress: Progress = _silent,
) -> Summary:
    """The whole way: lists → a checked release in ``output``, which changes all at once or
    not at all. ``workers`` and ``cluster`` as for :func:`coopdec.executors.runner`: they
    change who does the work and nothing else.

    Raises:
        DataError: fatal findings; carries those of all lists, the first thousands of them.
        UsageError, OutsideError: see :mod:`coopdec.errors`.
    """
    options = _numbered(options or Options())
    if decisions and options.publisher == NOBODY_TOLD:
        options = replace(options, publisher=load_publisher(decisions))
    context = Context(options, load_decisions(decisions) if decisions else Decisions())
    before = Comparison(output, context.decisions, options.base, options.release,
                        options.previous)
    found = Gathered()
    # Worth keeping: what interrupted builds of several chunks have done.
    with (work_folder(output, keep=several) as home,
          runner(workers, cluster, home) as run):
        if run.dashboard:
            progress("dashboard " + run.dashboard, 0, None)
        gather(found, sources, context, run, home, progress)
        aside = Path(mkdtemp(prefix="join-", dir=home))
        whole = Whole(found, context, run, aside, progress)
        with closing(whole.entities):
            whole.settle(decisions)
            report = whole.report()
            if not report.conforms or whole.findings.counts[Severity.FATAL]:
                raise DataError(list(islice(whole.all_findings(report), CARRIED)))
            progress("write", 0, whole.projects.count)
            written = publish(whole.release(report, before), output)
            return _summary(whole, report, output, written, before)


def _numbered(options: Options) -> Options:
    """With the version before, and both versions found good."""
    if options.release is not None:
        check_version(options.release)
    if options.previous is None:
        return options
    version = version_at(options.previous)
    if version == options.heading().version:
        raise UsageError("release-same", path=str(options.previous), version=version)
    return replace(options, previous_version=version)


def _summary(whole: Whole, report: Report, output: Path, files: Sequence[str],
             before: Comparison) -> Summary:
    severities = Counter(str(f.severity) for f in chain(report.all_findings(), before.findings))
    severities.update({str(s): n for s, n in whole.findings.counts.items()})
    return Summary(
        output, whole.projects.count, len(whole.found.sources), whole.entities.counts,
        whole.entities.links, whole.projects.themed,
        (*islice(whole.all_findings(report), CARRIED), *before.findings), files, severities,
        open_questions(chain(whole.all_findings(report), before.findings)),
        whole.found.resumed, before.likely)
