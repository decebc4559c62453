"""What changed, in French and English prose, as plain text and as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from coopdec.changes.model import (
    Changes,
    EntityChange,
    FieldChange,
    Likeness,
    Named,
    Nature,
    ProjectChange,
    Value,
)
from coopdec.changes.naming import short, term_name
from coopdec.changes.paper import MARKDOWN, PLAIN, Paper
from coopdec.changes.wording import words_changed
from coopdec.messages import Lang, render, single
from coopdec.vocab import cd

__all__ = ["command", "markdown", "summary", "text"]

#: How many of a kind are told one by one.
LIMIT = 100


def text(found: Changes, lang: Lang, *, limit: int | None = None) -> str:
    """For a terminal. ``limit``: 0 tells everything one by one."""
    return "\n".join(_Teller(found, lang, PLAIN, LIMIT if limit is None else limit).told()) + "\n"


def markdown(found: Changes, lang: Lang, *, limit: int | None = None, public: bool = False
             ) -> str:
    """``public``: for those who read a release, without the decisions that its makers
    have to take."""
    return "\n".join(_Teller(found, lang, MARKDOWN, LIMIT if limit is None else limit,
                             public=public).told()) + "\n"


def summary(found: Changes, lang: Lang) -> str:
    """« 2 projets ajoutés, 1 projet retiré, 3 projets modifiés », in one sentence."""
    content = [c for c in found.changed if c.nature is Nature.CONTENT]
    replaced = sum(k.action == "keep" for k in found.likely)
    counts = [("changes-n-added", len(found.added) - replaced),
              ("changes-n-removed", len(found.removed) - replaced),
              ("changes-n-corrected", replaced), ("changes-n-changed", len(content))]
    said = [_counted(code, n, lang) for code, n in counts if n]
    return ", ".join(said) if said else render("changes-none", {}, lang)


def command(k: Likeness) -> str:
    """What to type to decide so."""
    option = "" if k.action == "merge" else f" --{k.action}"
    return " ".join(["coopdec merge accept", k.old, *([k.new] if k.new else [])]) + option


def _counted(code: str, n: int, lang: Lang, **more: str) -> str:
    return render(code, {"n": _number(n, lang), "s": "" if single(n, lang) else "s", **more}, lang)


def _number(n: int, lang: Lang) -> str:
    return f"{n:,}".replace(",", " ") if lang == "fr" else f"{n:,}"


class _Teller:
    def __init__(self, found: Changes, lang: Lang, paper: Paper, limit: int, *,
                 public: bool = False) -> None:
        self.found, self.lang, self.paper, self.limit = found, lang, paper, limit
        self.public = public

    def told(self) -> Iterator[str]:
        found, say = self.found, self.say
        yield self.paper.heading.format(self.paper.text(say(
            "changes-heading", old=found.old_version or found.old,
            new=found.new_version or found.new)))
        before, after = found.counts.get("project", (0, 0))
        yield self.paper.strong.format(self.paper.text(summary(found, self.lang))) + say(
            "changes-total", before=_number(before, self.lang), after=_number(after, self.lang))
        yield from self.warnings()
        replaced = {k.new for k in found.likely if k.action == "keep"}
        went = {k.old for k in found.likely if k.action == "keep"}
        if self.public:
            corrected = [k for k in found.likely if k.action == "keep"]
            yield from self.section("changes-corrected", corrected, self.corrected)
        else:
            yield from self.section("changes-likely", found.likely, self.likely)
        yield from self.section("changes-added", [p for p in found.added if p.iri not in replaced],
                                self.project)
        yield from self.section("changes-removed", [p for p in found.removed if p.iri not in went],
                                self.removed)
        by_nature = {nature: [c for c in found.changed if c.nature is nature] for nature in Nature}
        yield from self.section("changes-changed", by_nature[Nature.CONTENT], self.changed)
        moved = len(by_nature[Nature.POSITION])
        if moved:
            yield self.paper.sub.format(say("changes-moved"))
            yield self.paper.entry.format(_counted("changes-n-moved", moved, self.lang))
        for kind, group in groupby(sorted(found.entities, key=_kind_order), key=lambda e: e.kind):
            if kind != "tombstone":
                yield from self.section(_KINDS[kind], list(group), self.entity)
        yield from self.terms()
        yield from self.counts()

    # -- parts

    def say(self, code: str, **params: object) -> str:
        return render(code, params, self.lang)

    def section(self, code: str, entries: Sequence[object], tell: object) -> Iterator[str]:
        """A heading and what it holds, cut where there is too much to read."""
        if not entries:
            return
        yield self.paper.sub.format(f"{self.say(code)} ({_number(len(entries), self.lang)})")
        shown = entries[:self.limit] if self.limit else entries
        for entry in shown:
            first, *rest = tell(entry)  # type: ignore[operator]
            yield self.paper.entry.format(first)
            yield from (self.paper.detail.format(r) for r in rest)
        if len(shown) < len(entries):
            left = _number(len(entries) - len(shown), self.lang)
            yield self.paper.entry.format(self.say("changes-more", n=left))

    def warnings(self) -> Iterator[str]:
        for code, iris in (("changes-reused", self.found.reused),
                           ("changes-lost", self.found.lost)):
            if iris:
                yield ""
                yield self.paper.strong.format(self.say(code))
                yield from (self.paper.entry.format(self.paper.code(i)) for i in iris)

    def project(self, p: Named) -> Iterator[str]:
        yield self.paper.strong.format(self.quoted(p.title))
        who = [", ".join(w[self.lang] for w in words) for words in (p.leads, p.partners)]
        where = ", ".join(w[self.lang] for w in p.countries)
        ends = who[1] + (f" ({where})" if who[1] and where else where)
        if line := " – ".join(part for part in (who[0], ends) if part):
            yield self.paper.text(line)
        yield self.paper.code(p.iri)

    def removed(self, p: Named) -> Iterator[str]:
        yield from self.project(p)
        if p.replaced_by:
            yield self.say("changes-replaced", iri=self.paper.code(p.replaced_by))
        elif p.retired or not self.public:
            yield self.say("changes-retired" if p.retired else "changes-vanished")

    def likely(self, k: Likeness) -> Iterator[str]:
        if k.new is None:
            code = "changes-likely-gone" if k.kind == "project" else "changes-likely-unused"
            yield self.say(code, title=self.quoted(k.old_title))
            yield self.paper.code(command(k))
            return
        code = "changes-likely-move" if k.action == "move" else "changes-likely-merge"
        if k.action == "keep":
            same = k.old_title == k.new_title
            code = "changes-likely-same" if same else "changes-likely-keep"
        yield self.say(code, old=self.quoted(k.old_title), new=self.quoted(k.new_title))
        yield from self.fields(k.fields)
        yield self.paper.code(command(k))

    def corrected(self, k: Likeness) -> Iterator[str]:
        yield self.paper.strong.format(self.quoted(k.new_title))
        yield from self.fields(k.fields)
        code = self.paper.code
        yield self.say("changes-instead", old=code(k.old), new=code(k.new or ""))

    def changed(self, c: ProjectChange) -> Iterator[str]:
        yield self.paper.strong.format(self.quoted(c.project.title))
        yield from self.fields(c.fields)
        yield self.paper.code(c.project.iri)

    def entity(self, e: EntityChange) -> Iterator[str]:
        label = self.quoted(e.label[self.lang])
        if e.how == "changed":
            yield label
            yield from self.fields(e.fields)
            return
        yield self.say("changes-entity-added" if e.how == "added" else "changes-entity-removed",
                       label=label)
        if e.replaced_by:
            yield self.say("changes-replaced", iri=self.paper.code(e.replaced_by))
        elif e.how == "removed":
            yield self.say("changes-retired" if e.retired else "changes-unused")
        yield self.paper.code(e.iri)

    def fields(self, fields: Iterable[FieldChange]) -> Iterator[str]:
        for f in fields:
            if f.nature is Nature.CONTENT:
                yield self.field(f)

    def field(self, f: FieldChange) -> str:
        name = self.paper.text(f.name[self.lang])
        name = name[:1].upper() + name[1:]
        if f.part is not None:
            name = f"{name} ({self.paper.text(f.part[self.lang])})"
        was, now = f.before, f.after
        if f.predicate == cd("sha256") and was and now:
            return self.say("changes-file", name=name)
        if len(was) == len(now) == 1:
            marked = self.marked(was[0], now[0])
            if marked:
                return self.say("changes-field-words", name=name, text=marked)
        params = {"name": name, "before": self.values(was), "after": self.values(now)}
        if params["before"] == params["after"]:  # two resources of one name
            params |= {"before": self.terms_of(was), "after": self.terms_of(now)}
        if was and now:
            return self.say("changes-field-becomes", **params)
        return self.say("changes-field-removed" if was else "changes-field-added", **params)

    def marked(self, was: Value, now: Value) -> str | None:
        """The words that changed in their text, where it is one text corrected."""
        if not (was.term.startswith('"') and now.term.startswith('"')):
            return None
        pieces = words_changed(was.text[self.lang], now.text[self.lang])
        if pieces is None or not any(same.strip() for same, _, _ in pieces):
            return None
        paper = self.paper
        return "".join(
            paper.text(same) + paper.marked(gone, paper.gone) + paper.marked(come, paper.come)
            for same, gone, come in pieces)

    def values(self, values: Sequence[Value]) -> str:
        return ", ".join(self.value(v) for v in values)

    def terms_of(self, values: Sequence[Value]) -> str:
        said = ((self.value(v), self.paper.code(short(v.term.strip("<>")))) for v in values)
        return ", ".join(name if name == code else f"{name} ({code})" for name, code in said)

    def value(self, v: Value) -> str:
        said = v.text[self.lang]
        iri = v.term[1:-1]
        if v.term.startswith("<"):
            return self.quoted(said) if said != iri and ":" not in said.split(" ")[0] \
                else self.paper.code(said)
        return self.quoted(said)

    def terms(self) -> Iterator[str]:
        for code, iris in (("changes-terms-added", self.found.terms_added),
                           ("changes-terms-removed", self.found.terms_removed)):
            if iris:
                yield self.paper.sub.format(self.say(code))
                for iri in iris:
                    name = self.quoted(term_name(iri)[self.lang])
                    yield self.paper.entry.format(f"{name} {self.paper.code(iri)}")

    def counts(self) -> Iterator[str]:
        rows = [(kind, a, b) for kind, (a, b) in self.found.counts.items() if a != b]
        if rows:
            yield self.paper.sub.format(self.say("changes-counts"))
        for kind, a, b in rows:
            name = self.say(_KINDS[kind])
            yield self.paper.entry.format(self.say(
                "changes-count", name=name, before=_number(a, self.lang),
                after=_number(b, self.lang)))

    def quoted(self, words: str) -> str:
        said = self.paper.text(words)
        return f"« {said} »" if self.lang == "fr" else f"“{said}”"


#: Kinds of resources, in the order in which they are told.
_KINDS = {
    "project": "changes-kind-project", "source": "changes-kind-source",
    "call": "changes-kind-call", "session": "changes-kind-session",
    "collectivity": "changes-kind-collectivity", "territory": "changes-kind-territory",
    "institution": "changes-kind-institution", "country": "changes-kind-country",
    "goal": "changes-kind-goal", "other": "changes-kind-other",
    "tombstone": "changes-kind-tombstone", "statement": "changes-kind-statement",
}


def _kind_order(e: EntityChange) -> tuple[int, int, str]:
    return (list(_KINDS).index(e.kind), ("added", "removed", "changed").index(e.how), e.iri)
