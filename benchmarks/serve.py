# ruff: noqa: T201 (it prints what it measured)
"""``coopdec serve`` under load: start-up, latencies, refusals, memory.

    python benchmarks/serve.py [FOLDER] [--requests 10000] [--rounds 1] [--in-flight 32]
                               [--endless 8] [--idle 60] [--no-fair]

Starts a server on the release in FOLDER twice (the second time on stores already built). First
one client sends ``--endless`` queries that never end, again and again, while 50 others ask;
then a mix of requests comes: pages, faceted lists, searches, data, SPARQL, named queries, what
is not there, with the endless ones beside them. The server believes ``X-Forwarded-For``, so that
each client has an address of its own. Latencies are those that a
client on this machine sees, itself competing for the processors. Private memory is told at the
start, when each kind of request was answered once, after each round, and ``--idle`` seconds later.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count as numbered
from pathlib import Path
from urllib.parse import quote, urlsplit

from _private import said as private_memory

BASE = "https://w3id.org/coopdec/"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def started(folder: Path, *options: str) -> tuple[subprocess.Popen[str], str, float]:
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "coopdec", "serve", str(folder), "--port", "0", "--quiet",
         *options], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    url = process.stdout.readline().strip()
    if not url:
        raise SystemExit("the server did not start")
    return process, url, time.perf_counter() - began


def resources(folder: Path, most: int = 5000) -> list[str]:
    """Paths of the first resources of each kind in the dump."""
    found: dict[str, list[str]] = defaultdict(list)
    with (folder / "coopdec.nt").open(encoding="utf-8") as dump:
        last = ""
        for line in dump:
            iri = line.partition("> ")[0][1:]
            if iri != last and "#" not in iri and iri.startswith(BASE):
                path = iri.removeprefix(BASE)
                kind = found[path.partition("/")[0]]
                if len(kind) < most:
                    kind.append(path)
            last = iri
    return [path for paths in found.values() for path in dict.fromkeys(paths)]


def mix(paths: list[str], number: int, seed: int) -> list[tuple[str, str]]:
    """(kind of request, path and query string)."""
    draw = random.Random(seed)
    countries = [p.partition("/")[2] for p in paths if p.startswith("country/")]
    projects = [p for p in paths if p.startswith("project/")]
    words = ("eau", "santé", "déchets", "agriculture durable", "jeunes", "tourisme")

    def sparql(query: str, form: str = "json") -> str:
        return f"/sparql?query={quote(query)}&format={form}"

    made: dict[str, Callable[[], str]] = {
        "project page": lambda: f"/{draw.choice(projects)}.html",
        "other page": lambda: f"/en/{draw.choice(paths)}.html",
        "IRI": lambda: f"/{draw.choice(paths)}",
        "data": lambda: f"/{draw.choice(paths)}.{draw.choice(('ttl', 'jsonld', 'nt', 'rdf'))}",
        "faceted list": lambda: f"/project/?country={draw.choice(countries)}"
                                f"&theme={draw.randint(1, 17)}",
        "list page": lambda: f"/project/?page={draw.randint(1, max(1, len(projects) // 20))}",
        "search": lambda: f"/project/?q={quote(draw.choice(words))}",
        "select": lambda: sparql(f"SELECT ?p ?t {{ ?p cd:partnerCountry/cd:iso2 "
                                 f"'{draw.choice(countries)}' ; dcterms:title ?t }} LIMIT 50",
                                 draw.choice(("json", "xml", "csv", "tsv"))),
        "describe": lambda: sparql(f"DESCRIBE <{BASE}{draw.choice(paths)}>", "ttl"),
        "syntax error": lambda: sparql("SELECT * { ?s ?p }"),
        "named query": lambda: "/api/queries/projects-by-country?country="
                               + draw.choice(countries),
        "not there": lambda: f"/country/{draw.randint(0, 999)}",
        "style": lambda: "/static/style.css",
    }
    kinds = draw.choices(list(made), weights=[20, 10, 10, 10, 10, 4, 6, 12, 6, 2, 4, 3, 3],
                         k=number)
    return [(kind, made[kind]()) for kind in kinds]


class Client(threading.local):
    """A thread's connection, and the address that it is said to come from."""

    connection: http.client.HTTPConnection | None = None
    address: str = ""


_numbers = numbered(1)


def ask(client: Client, place: str, path: str) -> tuple[int, bool, float]:
    """Status, whether it says when to come back, seconds."""
    began = time.perf_counter()
    client.address = client.address or f"198.51.100.{next(_numbers) % 250}"
    for _ in range(2):
        if client.connection is None:
            client.connection = http.client.HTTPConnection(place, timeout=60)
        try:
            client.connection.request("GET", path, headers={
                "Accept": "*/*", "X-Forwarded-For": client.address})
            found = client.connection.getresponse()
            found.read()
            again = found.getheader("Retry-After") is not None
            return found.status, again, time.perf_counter() - began
        except (http.client.HTTPException, OSError):  # a connection that had timed out
            client.connection.close()
            client.connection = None
    return 0, False, time.perf_counter() - began


def main() -> None:
    said = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    said.add_argument("folder", nargs="?", type=Path, default=Path("output"))
    said.add_argument("--requests", type=int, default=10_000)
    said.add_argument("--in-flight", type=int, default=32)
    said.add_argument("--endless", type=int, default=8)
    said.add_argument("--rounds", type=int, default=1)
    said.add_argument("--idle", type=float, default=60)
    said.add_argument("--no-fair", action="store_true")
    said.add_argument("--seed", type=int, default=1)
    asked = said.parse_args()
    process, _, first = started(asked.folder)
    process.terminate()
    process.wait()
    process, url, again = started(asked.folder, "--proxy", "--rate", "0")
    print(f"start-up: {first:.2f} s the first time, {again:.2f} s on stores already built")
    try:
        time.sleep(1)
        print(f"private memory at the start: {private_memory(process.pid)}")
        if not asked.no_fair:
            fair(asked, url)
        load(asked, process.pid, url)
    finally:
        process.terminate()
        process.wait()


def fair(asked: argparse.Namespace, url: str, clients: int = 50, seconds: float = 20) -> None:
    """One client's endless queries, and what ``clients`` others see meanwhile."""
    place = urlsplit(url).netloc
    paths = resources(asked.folder)
    until = time.monotonic() + seconds
    ended: Counter[int] = Counter()
    took: dict[str, list[float]] = defaultdict(list)
    statuses: dict[str, Counter[int]] = defaultdict(Counter)

    def endless(_: int) -> None:
        client = Client()
        client.address = "203.0.113.7"
        while time.monotonic() < until:
            ended[ask(client, place, f"/sparql?query={quote(ENDLESS)}")[0]] += 1

    def other(number: int) -> None:
        client = Client()
        client.address = f"192.0.2.{number + 1}"
        kinds = ("project page", "faceted list", "select", "named query", "describe")
        for kind, path in mix(paths, 500, number):
            if time.monotonic() > until:
                return
            if kind in kinds:
                status, _, spent = ask(client, place, path)
                took[kind].append(spent)
                statuses[kind][status] += 1
                time.sleep(0.5)

    with ThreadPoolExecutor(asked.endless + clients) as threads:
        bad = [threads.submit(endless, n) for n in range(asked.endless)]
        time.sleep(1)
        for task in [*(threads.submit(other, n) for n in range(clients)), *bad]:
            task.result()
    print(f"one client's {asked.endless} endless queries at a time ended {dict(ended)};"
          f" {clients} others meanwhile:")
    table(took, statuses)


def table(took: dict[str, list[float]], statuses: dict[str, Counter[int]]) -> None:
    print(f"{'ms':16}{'n':>6}{'median':>9}{'95 %':>9}{'max':>9}  statuses")
    for kind, times in sorted(took.items()):
        ordered = sorted(t * 1000 for t in times)
        print(f"{kind:16}{len(times):6}{statistics.median(ordered):9.1f}"
              f"{ordered[int(len(ordered) * 0.95)]:9.1f}{ordered[-1]:9.1f}  "
              f"{json.dumps(statuses[kind])}", flush=True)


def load(asked: argparse.Namespace, pid: int, url: str) -> None:
    place, client = urlsplit(url).netloc, Client()
    paths = resources(asked.folder)
    once = mix(paths, 1000, asked.seed)
    for kind, path in dict(once).items():  # each kind once, one after the other
        status, _, alone = ask(client, place, path)
        print(f"alone: {kind:14} {status} {alone * 1000:8.1f} ms")
    print(f"private memory, each kind answered: {private_memory(pid)}")
    for number in range(asked.rounds):
        round_of(asked, place, mix(paths, asked.requests, asked.seed + number))
        print(f"private memory, round {number + 1}: {private_memory(pid)}", flush=True)
    time.sleep(asked.idle)
    print(f"private memory, {asked.idle:.0f} s later: {private_memory(pid)}")


def round_of(asked: argparse.Namespace, place: str, requests: list[tuple[str, str]]) -> None:
    client = Client()
    ended: Counter[str] = Counter()

    def endless() -> None:
        client.address = "203.0.113.7"
        status, back, seconds = ask(client, place, f"/sparql?query={quote(ENDLESS)}")
        ended[f"{status}{' with Retry-After' if back else ''} after {seconds:.0f} s"] += 1

    took: dict[str, list[float]] = defaultdict(list)
    statuses: dict[str, Counter[int]] = defaultdict(Counter)
    wrong: Counter[str] = Counter()
    others = [threading.Thread(target=endless) for _ in range(asked.endless)]
    began = time.perf_counter()
    for thread in others:
        thread.start()
    with ThreadPoolExecutor(asked.in_flight) as threads:
        for (kind, path), (status, back, seconds) in zip(
                requests, threads.map(lambda r: ask(client, place, r[1]), requests), strict=True):
            took[kind].append(seconds)
            statuses[kind][status] += 1
            if status == 0 or (status >= 500 and not (status == 503 and back)):
                wrong[f"{status} {path}"] += 1
    for thread in others:
        thread.join()
    whole = time.perf_counter() - began
    print(f"\n{len(requests)} requests, {asked.in_flight} in flight: "
          f"{len(requests) / whole:.0f} a second")
    table(took, statuses)
    print(f"endless queries: {dict(ended)}")
    print(f"5xx other than an announced 503, or no answer: {sum(wrong.values())}")
    for line, count in wrong.most_common(5):
        print(f"    {count} × {line}")


if __name__ == "__main__":
    main()
