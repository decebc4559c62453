"""Composes the stages: read → resolve → classify → describe → check → publish.

Nothing else does. :func:`coopdec.work.process` takes a chunk of rows through the stages;
:func:`build` streams the lists through it, checks the whole and publishes the release.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from coopdec import __version__
from coopdec.changes import Likeness
from coopdec.changes.released import Comparison, check_version, version_at
from coopdec.check import Report, check_graph, quality
from coopdec.check import write as write_report
from coopdec.chunks import Block, ChunkResult, merge_blocks
from coopdec.classify import builtin
from coopdec.decisions import Action, Decisions, load_decisions, load_publisher
from coopdec.describe import entry, label_of, merge_all
from coopdec.errors import DataError, UsageError
from coopdec.formats import Entry, Heading, formats
from coopdec.model import NOBODY_TOLD, Finding, Position, Row, Severity, SharedEntity, Source
from coopdec.publish import publish
from coopdec.read import find_sources, read
from coopdec.reference.edition import edition
from coopdec.reference.identifiers import holds_geonames
from coopdec.release import Link, Release
from coopdec.vocab import GEONAMES
from coopdec.work import Context, Options, process

__all__ = ["Options", "Summary", "build", "survey"]

#: How far along: stage, done, total (None while unknown).
Progress = Callable[[str, int, int | None], None]


def _silent(stage: str, done: int, total: int | None) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build made, for the person who ran it."""

    output: Path
    projects: int
    sources: int
    counts: Mapping[str, int]
    links: Mapping[str, int]
    projects_with_theme: int
    findings: Sequence[Finding]
    files: Sequence[str]
    #: What became of projects of the release before: for a person to decide.
    proposals: Sequence[Likeness] = ()


def build(
    sources: Sequence[Path],
    output: Path,
    options: Options | None = None,
    *,
    decisions: Path | None = None,
    progress: Progress = _silent,
) -> Summary:
    """The whole way: lists → a checked release in ``output``, which changes all at once or
    not at all.

    Raises:
        DataError: fatal findings; carries all findings of all lists.
        UsageError, StorageError: see :mod:`coopdec.errors`.
    """
    options = _numbered(options or Options())
    if decisions and options.publisher == NOBODY_TOLD:
        options = replace(options, publisher=load_publisher(decisions))
    context = Context(options, load_decisions(decisions) if decisions else Decisions())
    before = Comparison(output, context.decisions, options.base, options.release,
                        options.previous)
    total, read_from = _gather(sources, context, progress)
    findings = total.findings
    paths = {s.name: s.path for s in read_from}
    blocks = list(merge_blocks(total.blocks, options.heading(), findings, paths))
    if any(f.fatal for f in findings):
        raise DataError(sorted(findings, key=_by_place))
    if back := list(_back(blocks, context, paths)):
        raise DataError([*findings, *back])
    shared, entries = _finish(total.shared, context)
    findings += _gone(context, shared, decisions)
    progress("check", 0, len(blocks))
    report = _check(blocks, entries, options.heading())
    findings.sort(key=_by_place)
    if not report.conforms:
        raise DataError([*findings, *report.all_findings()])
    progress("write", 0, len(blocks))
    release = Release(
        options.heading(), options.chosen(), [b.texts for b in blocks], entries, read_from,
        links=_links(shared), reports=_reports(report, findings, options),
        attribution=context.places.attribution(),
        quality=tuple(quality.statements(report.measures, options.base + "dataset", options.base)),
        made_with={"coopdec": __version__, "lexicon": builtin().version,
                   "reference": edition()},
        whole=[*options.whole(), before.step()],
    )
    written = publish(release, output)
    return _summary(output, release, written,
                    [*findings, *report.all_findings(), *before.findings], before.likely)


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


def _back(blocks: Iterable[Block], context: Context, paths: Mapping[str, str]
          ) -> Iterator[Finding]:
    """Projects at an IRI that a person withdrew for good."""
    base = context.options.base
    gone = {base + i.source for i in context.decisions.identities if i.action is Action.GONE}
    for block in blocks if gone else ():
        if block.iri in gone:
            yield Finding(
                "identity-back", Severity.FATAL,
                Position(paths.get(block.source, block.source), block.line),
                {"title": block.title, "path": block.iri.removeprefix(base)}, block.iri)


def _gone(
    context: Context, shared: Mapping[str, SharedEntity], folder: Path | None
) -> Iterator[Finding]:
    """Decisions whose subject no list names any more, or whose object the reference no
    longer holds: kept, and said."""
    path = str((folder or Path()) / "links.sssom.tsv")
    for subject, decided in context.decisions.links.items():
        for decision in decided:
            where = Position(path, decision.line)
            if decision.accepted and context.options.base + subject not in shared:
                yield Finding("decision-idle", Severity.INFO, where, {"subject": subject})
            number = decision.target.removeprefix(GEONAMES).rstrip("/")
            if (decision.accepted and decision.target.startswith(GEONAMES)
                    and not holds_geonames(context.places, number)):
                yield Finding("decision-object-gone", Severity.WARNING, where,
                              {"object": decision.target, "subject": subject})


def _check(blocks: Sequence[Block], shared: Sequence[Entry], heading: Heading) -> Report:
    write = formats()["nt"].block
    data = "".join([*(b.texts["nt"] for b in blocks), *(write(e, heading) for e in shared)])
    return check_graph(data.encode())


def _reports(report: Report, findings: Sequence[Finding], options: Options) -> dict[str, str]:
    ranked = [_portable(f) for f in _useful_first(findings)]
    return {
        file: write_report(report, form, findings=ranked, base=options.base)
        for form, file in (("html", "report.html"), ("turtle", "report.ttl"),
                           ("jsonl", "report.jsonl"))
    }


def _portable(finding: Finding) -> Finding:
    """With the list's folder and name only: a release says nothing of the machine that
    made it, and is the same bytes on all."""
    where = finding.where
    if where is None:
        return finding
    path = Path(where.document)
    return replace(finding, where=replace(where, document=f"{path.parent.name}/{path.name}"))


def _useful_first(findings: Sequence[Finding]) -> list[Finding]:
    """What settles most projects first; then in the order of their places."""
    waiting = Counter((f.code, f.params.get("name")) for f in findings)
    return sorted(findings, key=lambda f: -waiting[f.code, f.params.get("name")]
                  if "name" in f.params else 0)


def _links(shared: Mapping[str, SharedEntity]) -> list[Link]:
    return [
        Link(entity.iri, label_of(entity), evidence)
        for entity in shared.values()
        for evidence in entity.links.values()
    ]


def survey(sources: Sequence[Path], decisions: Decisions, options: Options) -> ChunkResult:
    """What the lists give, before anything is checked or written: for those who review."""
    return _gather(sources, Context(options, decisions), _silent)[0]


def _gather(
    sources: Sequence[Path], context: Context, progress: Progress
) -> tuple[ChunkResult, list[Source]]:
    """All lists, chunk by chunk. A list that cannot be read is a finding and stops no
    other: all problems of all lists come at once."""
    total, read_from, rows = ChunkResult(), [], 0
    for file in _distinct([f for path in sources for f in find_sources(path)]):
        try:
            reading = read(file)
            for chunk in _chunks(reading, context.options.chunk_size):
                total.add(process(chunk, reading.source, context))
                rows += len(chunk)
                progress("read", rows, None)
        except DataError as error:
            total.findings += error.findings
            continue
        total.findings += reading.findings
        read_from.append(reading.source)
    return total, read_from


def _distinct(files: Iterable[Path]) -> list[Path]:
    """Each list once, in the order of their names: neither the order of arguments nor
    of a folder shows in the output."""
    by_name: dict[str, Path] = {}
    for file in files:
        known = by_name.setdefault(file.stem, file)
        if known.resolve() != file.resolve():
            raise UsageError("sources-same-name", one=str(known), other=str(file))
    return [by_name[name] for name in sorted(by_name)]


def _chunks(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    stream = iter(rows)
    while chunk := list(islice(stream, size)):
        yield chunk


def _finish(
    shared: Mapping[str, SharedEntity], context: Context
) -> tuple[dict[str, SharedEntity], list[Entry]]:
    """Shared entities by IRI and as entries, with all goals, what identities left behind,
    and the links that people decided."""
    entities = dict(shared)
    describer = context.describer
    merge_all(entities, (describer.lists.goal(n) for n in range(1, 18)))
    merge_all(entities, describer.tombstones(entities))
    for iri, entity in entities.items():
        entities[iri] = describer.decided(entity)
    order = {k: n for n, k in enumerate(_KINDS)}
    in_order = sorted(entities, key=lambda i: (order[entities[i].kind], i))
    return entities, [entry(entities[iri]) for iri in in_order]


_KINDS = ("collectivity", "territory", "institution", "organisation", "country", "call", "session",
          "source", "goal", "status", "tombstone")


def _by_place(finding: Finding) -> tuple[str, str, int, int, str, str]:
    where = finding.where
    return (
        (where.document if where else ""), (where.sheet or "") if where else "",
        (where.page or 0) if where else 0, (where.line or 0) if where else 0,
        finding.code, repr(sorted(finding.params.items())),
    )


def _summary(output: Path, release: Release, files: Sequence[str],
             findings: Sequence[Finding], proposals: Sequence[Likeness]) -> Summary:
    counts = Counter(e.kind for e in release.shared)
    links = Counter(link.evidence.authority for link in release.links)
    themed = sum("noThemeStated" not in p["nt"] for p in release.projects)
    return Summary(output, len(release.projects), len(release.sources), counts, links, themed,
                   findings, files, proposals)
