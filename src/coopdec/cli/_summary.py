"""What a person sees while a build runs and when it is done."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from coopdec.cli._console import console
from coopdec.messages import Count, Lang, number, place, render

if TYPE_CHECKING:
    from rich.console import Console

    from coopdec.pipeline import Summary
    from coopdec.questions import OpenQuestion, Questions

__all__ = ["progress_display", "share_display", "show_summary"]

_STAGES = {
    "fr": {"read": "Lecture, liens, thèmes", "check": "Contrôle SHACL", "write": "Écriture"},
    "en": {"read": "Reading, linking, theming", "check": "SHACL check", "write": "Writing"},
}


@contextmanager
def progress_display(lang: Lang) -> Iterator[Callable[[str, int, int | None], None]]:
    """A live line on a terminal's standard error; nothing where there is no terminal."""
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    out = console(stderr=True)
    if not out.is_terminal:
        yield lambda stage, done, total: None
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TextColumn("{task.fields[n]}"),
               TimeElapsedColumn())
    with Progress(*columns, console=out, transient=True) as display:
        task = display.add_task("", n="", total=None)

        def show(stage: str, done: int, total: int | None) -> None:
            number = done or total
            display.update(task, description=_STAGES[lang][stage], n=str(number or ""))

        yield show


@contextmanager
def share_display(words: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal's standard error for work whose size is known."""
    from rich.progress import Progress

    out = console(stderr=True)
    if not out.is_terminal:
        yield lambda done, total: None
        return
    with Progress(console=out, transient=True) as display:
        task = display.add_task(words, total=None)
        yield lambda done, total: display.update(task, completed=done, total=total)


_AUTHORITIES = {"wikidata": "Wikidata", "geonames": "GeoNames", "eu": "EU"}
_KINDS = {"country": "build-country", "collectivity": "build-collectivity",
          "territory": "build-territory", "institution": "build-institution"}
#: How much is told of what is open: all of it is in the report.
_QUESTIONS, _PLACES, _CANDIDATES = 12, 3, 2


def show_summary(summary: Summary, sources: Sequence[str], output: str, lang: Lang) -> None:
    """On standard error: standard output is for machines. ``sources`` and
    ``output`` as they were given: a release for an address lies there now."""
    from rich.text import Text

    out = console(stderr=True)
    title = render("build-title", {"projects": summary.projects, "sources": summary.sources}, lang)
    out.print(Text.assemble(("✓ ", "green bold"), (title, "bold")))
    for figure in _figures(summary, lang):
        out.print(figure, markup=False)
    if summary.resumed:
        out.print(render("build-resumed", {"n": summary.resumed}, lang))
    _show_questions(summary.questions, sources, lang, out)
    _show_proposals(summary, lang, out)
    rest = summary.severities.get("info", 0)
    if rest:
        out.print("  " + render("build-notes", {"n": rest}, lang), style="dim")
    folder = f"{output.rstrip('/')}/"
    out.print(render("build-files", {"folder": folder,
                                     "files": " ".join(summary.files)}, lang), markup=False)
    out.print(render("build-details", {"report": f"{folder}report.html"}, lang),
              style="dim", markup=False)


class _Figure(Count):
    """A number in a column of numbers, all as wide as ``width``, and its word beside it."""

    width = 0

    def __format__(self, forms: str) -> str:
        return f"{number(int(self), self.lang):>{self.width}}  {self.word(forms)}"


def _figures(summary: Summary, lang: Lang) -> Iterator[str]:
    """« 1 220  collectivités »: the numbers one below the other."""
    links = sorted(summary.links.items())
    figures = {code: n for kind, code in _KINDS.items() if (n := summary.counts.get(kind))}
    figures["build-themes"] = summary.projects_with_theme
    figures["build-links"] = sum(n for _, n in links)
    width = max(len(number(n, lang)) for n in figures.values())
    authorities = [f"{_AUTHORITIES.get(a, a)} {number(n, lang)}" for a, n in links]
    for code, n in figures.items():
        figure = _Figure(n, lang)
        figure.width = width
        yield "  " + render(code, {"n": figure, "authorities": authorities}, lang)


def _show_questions(found: Questions, sources: Sequence[str], lang: Lang,
                    out: Console) -> None:
    """Those of most rows, a name once, and how to settle them."""
    from coopdec.describe.asked import OF_NAMES

    if not found.count:
        out.print(render("build-no-question", {}, lang), style="bold")
        return
    out.print(render("build-questions", {"n": found.count, "rows": found.rows}, lang),
              style="bold")
    shown = found.first[:_QUESTIONS]
    for one in shown:
        _show_question(one, lang, out)
    if found.count > len(shown):
        out.print("  " + render("build-questions-more", {"n": found.count - len(shown)}, lang))
    if any(one.finding.code in OF_NAMES for one in found.first) and not any(
            "://" in source for source in sources):  # which that command does not read
        command = shlex.join(["coopdec", "links", "suggest", *sources])
        out.print("  " + render("build-decide", {"command": command}, lang), style="dim",
                  markup=False, soft_wrap=True)


def _show_question(one: OpenQuestion, lang: Lang, out: Console) -> None:
    from rich.text import Text

    params = dict(one.finding.params)
    candidates = params.get("candidates", ())
    if len(candidates) > _CANDIDATES:
        params["candidates"] = [*candidates[:_CANDIDATES], f"… (+{len(candidates) - _CANDIDATES})"]
    said = Text(render(one.finding.code, params, lang))
    if where := one.told(_PLACES, lang):
        where = render("build-question-rows", {"rows": one.rows, "places": where}, lang)
    else:
        where = place(one.finding.where, lang)
    start = Text("  ? ", "yellow bold")
    for line in out.render_lines(said, out.options.update(width=out.width - 4), pad=False):
        out.print(start + Text("".join(s.text for s in line).rstrip()), soft_wrap=True)
        start = Text("    ")
    if where:
        out.print("    " + where, style="dim", markup=False, soft_wrap=True)


#: How many are told one by one.
_PROPOSALS = 8


def _show_proposals(summary: Summary, lang: Lang, out: Console) -> None:
    """What became of the release before, the surest first, with the command that decides."""
    from coopdec.changes import command

    found = sorted(summary.proposals, key=lambda k: -k.score)
    if not found:
        return
    out.print(render("former-heading", {"n": len(found)}, lang), style="bold", markup=False)
    for k in found[:_PROPOSALS]:
        said = (render("former-gone", {"old": k.old_title}, lang) if k.new is None else
                render("former-keep", {"old": k.old_title, "new": k.new_title}, lang))
        out.print(f"  ? {said}", style="yellow", markup=False)
        out.print(f"    {command(k)}", style="dim", markup=False, soft_wrap=True)
    if len(found) > _PROPOSALS:
        out.print("  " + render("former-more", {"n": len(found) - _PROPOSALS}, lang),
                  markup=False)
