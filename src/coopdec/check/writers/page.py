"""A page that stands alone: nothing is fetched, both languages are in it, it prints.

Items are in the page as HTML, the first thousand of each kind, so that it reads without
scripts; the script only
filters, regroups and switches the language. Beyond a few hundred items the groups are
closed at first: a browser lays out ten thousand open items in many seconds, closed ones in
none. Which engine ran is not said: releases are the same bytes with any.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from importlib.resources import files

from coopdec.check.quality import shown_trend
from coopdec.check.report import Report
from coopdec.check.result import Level
from coopdec.check.words import level_name
from coopdec.check.writers.items import Item, first_items, severities, verdict
from coopdec.messages import Lang
from coopdec.model import Finding, Severity
from coopdec.text import unbroken

__all__ = ["WRITER"]

_TITLE = ("Contrôle des données de coopération décentralisée",
          "Check of the decentralised-cooperation data")
_LEVELS = {Level.VIOLATION: ("erreurs", "errors"), Level.WARNING: ("avertissements", "warnings"),
           Level.INFO: ("informations", "notes")}
_OPEN = 300
#: Of each kind: a page with a hundred thousand items opens in no browser.
_SHOWN = 1000
Kinds = Mapping[str, tuple[list[Item], int]]
_CSP = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"


class PageWriter:
    name = "html"
    suffix = ".html"
    media_type = "text/html"

    def write(
        self, report: Report, findings: Iterable[Finding], lang: Lang, base: str
    ) -> Iterator[str]:
        kinds = first_items(report, findings, _SHOWN)
        passes = report.conforms and not severities(findings)[Severity.FATAL]
        yield (
            f'<!doctype html>\n<html lang="{lang}" data-titlefr="{escape(_TITLE[0])}" '
            f'data-titleen="{escape(_TITLE[1])}">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{_CSP}">\n'
            f"<title>{escape(_TITLE[lang == 'en'])}</title>\n<style>\n{_asset('page.css')}</style>"
            '\n</head>\n<body>\n<header>\n<button class="lang" id="lang" type="button">'
            '<i lang="fr">English</i><i lang="en">Français</i></button>\n'
            f"<h1>{_both(_TITLE)}</h1>\n"
            f'<p class="verdict{"" if passes else " bad"}">'
            f"{_both((verdict(report, findings, 'fr'), verdict(report, findings, 'en')))}</p>\n")
        yield _counts(kinds)
        yield _quality(report)
        yield "</header>\n"
        yield _filters(kinds)
        yield '<main>\n<div id="kinds">\n'
        few = sum(count for _, count in kinds.values()) <= _OPEN
        for items, count in kinds.values():
            yield from _group(items, count, few)
        yield '</div>\n<div id="projects" hidden></div>\n</main>\n<footer><p>'
        yield _both((
            f"{report.shapes} formes et contraintes SHACL.",
            f"{report.shapes} SHACL shapes and constraints."))
        yield f"</p></footer>\n<script>\n{_asset('page.js')}</script>\n</body>\n</html>\n"


def _asset(name: str) -> str:
    return files("coopdec.check.writers").joinpath(name).read_text("utf-8")


def _both(pair: tuple[str, str]) -> str:
    fr, en = unbroken(escape(pair[0])), escape(pair[1])
    return fr if pair[0] == pair[1] else f'<i lang="fr">{fr}</i><i lang="en">{en}</i>'


def _counts(kinds: Kinds) -> str:
    total = dict.fromkeys(Level, 0)
    for items, count in kinds.values():
        total[items[0].level] += count
    cells = "".join(
        f'<li class="{level.value}"><b>{total[level]}</b>{_both(_LEVELS[level])}</li>'
        for level in Level)
    return f'<ul class="counts">{cells}</ul>\n'


def _quality(report: Report) -> str:
    rows = "".join(
        f"<tr><th scope=\"row\">{_both((m.name('fr'), m.name('en')))}</th>"
        f"<td>{m.count} / {m.total}</td>"
        f'<td><meter value="{m.share:.4f}">{m.share:.0%}</meter></td>'
        f"{_trend(report.trend(m.metric))}</tr>\n"
        for m in report.measures if m.total)
    words = _both(("Complétude", "Completeness"))
    return f"<table><caption>{words}</caption>\n{rows}</table>\n" if rows else ""


def _trend(points: float | None) -> str:
    return "" if points is None else f"<td>{shown_trend(points)}</td>"


def _option(value: str, words: tuple[str, str]) -> str:
    fr, en = escape(words[0]), escape(words[1])
    return f'<option value="{escape(value)}" data-fr="{fr}" data-en="{en}">{fr}</option>'


def _filters(kinds: Kinds) -> str:
    levels = "".join(_option(level.value, _LEVELS[level]) for level in Level)
    sorts = "".join(
        _option(key, (f"{items[0].kind[0]} ({count})", f"{items[0].kind[1]} ({count})"))
        for key, (items, count) in kinds.items())
    return (
        '<form id="filters" hidden>\n'
        f"<label>{_both(('Gravité', 'Severity'))}"
        f'<select id="level">{_option("", ("toutes", "all"))}{levels}</select></label>\n'
        f"<label>{_both(('Problème', 'Problem'))}"
        f'<select id="kind">{_option("", ("tous", "all"))}{sorts}</select></label>\n'
        f"<label>{_both(('Présentation', 'View'))}<select id=\"view\">"
        f"{_option('kind', ('par problème', 'by problem'))}"
        f"{_option('project', ('par projet', 'by project'))}</select></label>\n"
        f"<label class=\"grow\">{_both(('Chercher', 'Search'))}"
        '<input id="text" type="search"></label>\n<output id="shown"></output>\n</form>\n')


def _group(items: list[Item], count: int, few: bool) -> Iterator[str]:
    first = items[0]
    name = level_name(first.level, "fr"), level_name(first.level, "en")
    level = first.level.value
    yield (
        f'<details{" open" if few else ""} class="{level}" data-kind="{level} '
        f'{escape(first.code)}"><summary><span class="mark">{_both(name)}</span> · '
        f'<h2>{_both(first.kind)}</h2> <span class="n">({count})</span></summary>\n'
        + (f'<p class="expected">{_both(first.expected)}</p>\n' if any(first.expected) else "")
        + (f'<p class="advice">{_both(first.advice)}</p>\n' if first.result and any(first.advice)
           else "")
        + '<ul class="items">\n')
    for item in items:
        yield _item(item)
    yield "</ul>"
    if more := count - len(items):
        words = _both((f"Et {more} autres, qui sont tous dans report.jsonl.",
                       f"And {more} others, all of which are in report.jsonl."))
        yield f'<p class="more">{words}</p>'
    yield "</details>\n"


def _item(item: Item) -> str:
    about = item.about
    places = item.place("fr"), item.place("en")
    group = about or (item.where.document if item.where else item.code)
    parts = [f'<li data-level="{item.level.value}" data-about="{escape(group)}">']
    head = f'<span class="about">{unbroken(escape(about))}</span>' if about else ""
    if any(places):
        head += f' <span class="place">({_both(places)})</span>'
    parts.append(f"<p>{head}</p>" if head else "")
    # What a shape expects and advises stands once, above the items of its kind.
    words = item.found if item.result else item.message
    parts.append(f"<p>{_both(words)}</p>" if any(words) else "")
    if any(item.advice) and not item.result:
        parts.append(f'<p class="advice">{_both(item.advice)}</p>')
    if item.subject and item.subject != about:
        parts.append(f'<p class="iri">{escape(item.subject)}</p>')
    return "".join(parts) + "</li>\n"


WRITER = PageWriter()
