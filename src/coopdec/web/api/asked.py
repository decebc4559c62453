"""A request for a named query: read whole, refused with everything that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from coopdec.dataset import NamedQuery
from coopdec.errors import UnknownName, UsageError
from coopdec.messages import LANGS, Lang, render
from coopdec.spelling import close_matches
from coopdec.web.negotiate import best
from coopdec.web.problem import lang_of, problem

__all__ = ["FORMS", "OPTIONS", "Asked", "Refused", "read", "refusal"]

#: Form → media type; the first is given where a client has no wish.
FORMS: Mapping[str, str] = {
    "json": "application/json", "csv": "text/csv", "srj": "application/sparql-results+json",
    "html": "text/html", "md": "text/markdown", "rq": "application/sparql-query"}
#: What may stand in an address beside a query's own parameters.
OPTIONS = ("format", "lang", "limit", "offset")
_MOST = 100_000
#: Rows in an answer of a form, where none are said; all of them in those that are not here.
_USUAL = {"html": 100, "json": 1000, "srj": 1000, "md": 1000}


class Refused(UsageError):
    """``problems``: every error of use that the request holds. ``status``: 404 for what is
    well said, but not in the data."""

    def __init__(self, problems: list[UsageError], status: int = 400) -> None:
        super().__init__(problems[0].code, **problems[0].params)
        self.problems = problems
        self.status = status


@dataclass(frozen=True, slots=True)
class Asked:
    """``values`` as given, ``terms`` as the query has them; ``limit`` None: as many rows as
    there are."""

    query: NamedQuery
    values: Mapping[str, str]
    terms: Mapping[str, str]
    form: str
    lang: Lang
    limit: int | None
    offset: int

    def sparql(self, most: int | None = None) -> str:
        """The query as it is asked; ``most`` as for :meth:`NamedQuery.filled`."""
        return self.query.filled(self.terms, self.lang, most=most)


def read(request: Request, query: NamedQuery, suffix: str) -> Asked | None:
    """What is asked of ``query``; None where no form that the client takes is offered.

    Raises:
        Refused: a parameter or option is wrong.
    """
    problems: list[UsageError] = []
    given = dict(request.query_params.multi_items())
    form = suffix or given.get("format", "")
    if form and form not in FORMS:
        problems.append(UnknownName("query-unknown-choice", close_matches(form, FORMS),
                                    name=form[:100], known=list(FORMS)))
    if not form:
        media = best(request.headers.get("accept"), list(FORMS.values()))
        if media is None:
            return None
        form = next(name for name, said in FORMS.items() if said == media)
    for name in given:
        if len(request.query_params.getlist(name)) > 1:
            problems.append(UsageError("api-given-twice", name=name[:100]))
    if form == "html":  # an empty field was not given; a program means what it says
        given = {k: v for k, v in given.items() if v.strip()}
    limit = _number(given.get("limit"), "limit", problems)
    offset = _number(given.get("offset"), "offset", problems)
    values = {k: v for k, v in given.items() if k not in OPTIONS}
    page = form == "html" and suffix
    lang = given["lang"] if "lang" in given else (_of_path(request) if page else lang_of(request))
    if lang not in LANGS:
        problems.append(UsageError("query-bad-lang", value=lang[:100]))
    terms, wrong = query.terms(values)
    problems += wrong
    if problems:
        # Words without a letter are words, of which there are none in any title.
        wordless = all(p.code == "query-value-empty" and values[str(p.params["name"])]
                       for p in problems)
        raise Refused(problems, 404 if wordless else 400)
    if limit is None:
        limit = _USUAL.get(form)
    return Asked(query, values, terms, form, "en" if lang == "en" else "fr", limit, offset or 0)


def _of_path(request: Request) -> Lang:
    return "en" if "/en/api/" in request.url.path else "fr"


def _number(text: str | None, name: str, problems: list[UsageError]) -> int | None:
    if text is None:
        return None
    least = 1 if name == "limit" else 0
    if re.fullmatch(r"[0-9]{1,9}", text.strip()) and least <= int(text) <= _MOST:
        return int(text)
    problems.append(UsageError("api-bad-number", name=name, value=text[:100], least=least,
                               most=_MOST))
    return None


def refusal(request: Request, refused: Refused) -> Response:
    """Problem details with every problem and what comes near."""
    lang = lang_of(request)
    problems: list[dict[str, Any]] = [{
        "code": p.code, "detail": said(p, lang),
        **({"parameter": str(p.params["name"])} if "name" in p.params else {}),
        **({"suggestions": list(p.suggestions)} if isinstance(p, UnknownName) else {})}
        for p in refused.problems]
    why = " ".join(p["detail"] for p in problems)
    return problem(request, refused.status, "api-refused", members={"problems": problems}, why=why)


def said(error: UsageError, lang: Lang) -> str:
    # The advice that goes with these errors speaks of the command line.
    words = [render(error.code, error.params, lang)]
    if "example" in error.params and "expected" not in error.params:
        words.append(render("api-example", {"example": error.params["example"]}, lang))
    if isinstance(error, UnknownName) and error.suggestions:
        words.append(render("api-did-you-mean", {"near": list(error.suggestions)}, lang))
    return " ".join(w[:1].upper() + w[1:] for w in words if w)
