"""The SPARQL 1.1 Protocol at ``/sparql`` (https://www.w3.org/TR/sparql11-protocol/)."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from coopdec.dataset.serial import GRAPHS, RESULTS
from coopdec.dataset.tokens import form_of
from coopdec.web.negotiate import best
from coopdec.web.problem import problem
from coopdec.web.services import Services

__all__ = ["routes"]


def routes() -> list[BaseRoute]:
    return [Route("/sparql", _sparql, methods=["GET", "POST"], name="sparql")]


async def _sparql(request: Request) -> Response:
    services: Services = request.app.state.services
    if request.method == "POST":
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind == "application/sparql-query":
            query = (await request.body()).decode()
        else:
            query = str((await request.form()).get("query", ""))
    else:
        query = request.query_params.get("query", "")
    if not query:
        return problem(request, 400, "web-no-query")
    offered = GRAPHS if form_of(query) in ("CONSTRUCT", "DESCRIBE") else RESULTS
    wanted = best(request.headers.get("accept"), list(offered.values()))
    if wanted is None:
        return problem(request, 406, "web-not-acceptable", offered=list(offered.values()))
    form = next(name for name, media in offered.items() if media == wanted)
    found = await services.pool.ask(query, form)
    return Response(found.data, 200, {"Vary": "Accept"}, wanted)
