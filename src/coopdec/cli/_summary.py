"""What a person sees while a build runs and when it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from coopdec.messages import Lang

if TYPE_CHECKING:
    from rich.console import Console

    from coopdec.pipeline import Summary

__all__ = ["progress_display", "share_display", "show_summary"]

_STAGES = {
    "fr": {"read": "Lecture, liens, thèmes", "check": "Contrôle SHACL", "write": "Écriture"},
    "en": {"read": "Reading, linking, theming", "check": "SHACL check", "write": "Writing"},
}


@contextmanager
def progress_display(lang: Lang) -> Iterator[Callable[[str, int, int | None], None]]:
    """A live line on a terminal's standard error; nothing where there is no terminal."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda stage, done, total: None
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TextColumn("{task.fields[n]}"),
               TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as display:
        task = display.add_task("", n="", total=None)

        def show(stage: str, done: int, total: int | None) -> None:
            number = done or total
            display.update(task, description=_STAGES[lang][stage], n=str(number or ""))

        yield show


@contextmanager
def share_display(words: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal's standard error for work whose size is known."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda done, total: None
        return
    with Progress(console=console, transient=True) as display:
        task = display.add_task(words, total=None)
        yield lambda done, total: display.update(task, completed=done, total=total)


_WORDS = {
    "fr": {
        "title": "{projects} projets de {sources} listes",
        "collectivity": "collectivités", "territory": "territoires partenaires",
        "institution": "institutions", "country": "pays",
        "links": "liens", "themes": "projets avec un thème",
        "questions": "Questions ouvertes", "none": "aucune", "notes": "notes",
        "conforms": "conforme aux formes SHACL", "where": "Fichiers",
        "colon": " : ", "more": "Le détail est dans {report}.",
    },
    "en": {
        "title": "{projects} projects from {sources} lists",
        "collectivity": "authorities", "territory": "partner territories",
        "institution": "institutions", "country": "countries",
        "links": "links", "themes": "projects with a theme",
        "questions": "Open questions", "none": "none", "notes": "notes",
        "conforms": "conforms to the SHACL shapes", "where": "Files",
        "colon": ": ", "more": "Details are in {report}.",
    },
}
_AUTHORITIES = {"wikidata": "Wikidata", "geonames": "GeoNames", "eu": "EU"}


def show_summary(summary: Summary, lang: Lang) -> None:
    """On standard error: standard output is for machines."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from coopdec.messages import place, render

    say = _WORDS[lang]
    console = Console(stderr=True, highlight=False)
    title = say["title"].format(projects=summary.projects, sources=summary.sources)
    console.print(Text.assemble(("✓ ", "green bold"), (title, "bold"), f" · {say['conforms']}"))
    grid = Table.grid(padding=(0, 2))
    for kind in ("country", "collectivity", "territory", "institution"):
        if summary.counts.get(kind):
            grid.add_row("", Text(str(summary.counts[kind]), justify="right"), say[kind])
    grid.add_row("", Text(str(summary.projects_with_theme), justify="right"), say["themes"])
    links = ", ".join(f"{_AUTHORITIES.get(a, a)} {n}" for a, n in sorted(summary.links.items()))
    grid.add_row("", Text(str(sum(summary.links.values())), justify="right"),
                 f"{say['links']} ({links})")
    console.print(grid)
    open_ = [f for f in summary.findings if f.severity == "warning"]
    # The summary carries the first findings only; all are counted.
    questions = summary.severities.get("warning", 0)
    how_many = questions or say["none"]
    console.print(Text(f"{say['questions']}{say['colon']}{how_many}", style="bold"))
    for finding in open_[:12]:
        body = Text(render(finding.code, finding.params, lang))
        if finding.where is not None:
            body.append(f"\n{place(finding.where, lang)}", style="dim")
        line = Table.grid(padding=(0, 1))
        line.add_row(Text("  ?", style="yellow bold"), body)
        console.print(line)
    if questions > 12:
        console.print(f"  … +{questions - 12}")
    _show_proposals(summary, lang, console)
    rest = summary.severities.get("info", 0)
    if rest:
        console.print(f"  + {rest} {say['notes']}", style="dim")
    console.print(Text.assemble((f"{say['where']}{say['colon']}", "bold"), f"{summary.output}/ ",
                                (" ".join(summary.files), "dim")))
    console.print(say["more"].format(report=summary.output / "report.html"), style="dim")


#: How many are told one by one.
_PROPOSALS = 8


def _show_proposals(summary: Summary, lang: Lang, console: Console) -> None:
    """What became of the release before, the surest first, with the command that decides."""
    from coopdec.changes import command
    from coopdec.messages import render

    found = sorted(summary.proposals, key=lambda k: -k.score)
    if not found:
        return
    console.print(render("former-heading", {"n": len(found)}, lang), style="bold", markup=False)
    for k in found[:_PROPOSALS]:
        said = (render("former-gone", {"old": k.old_title}, lang) if k.new is None else
                render("former-keep", {"old": k.old_title, "new": k.new_title}, lang))
        console.print(f"  ? {said}", style="yellow", markup=False)
        console.print(f"    {command(k)}", style="dim", markup=False, soft_wrap=True)
    if len(found) > _PROPOSALS:
        console.print("  " + render("former-more", {"n": len(found) - _PROPOSALS}, lang),
                      markup=False)
