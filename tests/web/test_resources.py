"""Linked data over a real socket: every IRI leads somewhere, and says what it is."""

from __future__ import annotations

import gzip
import hashlib
import http.client
import json
from urllib.parse import urlsplit

import pyoxigraph
import pytest
import rdflib

from coopdec.pipeline import Summary
from tests.web.conftest import Server

BASE = "https://w3id.org/coopdec/"
MEDIA = {"ttl": "text/turtle", "nt": "application/n-triples", "jsonld": "application/ld+json",
         "rdf": "application/rdf+xml"}


def subjects(release: Summary) -> list[str]:
    """One resource of each kind, as paths."""
    lines = (release.output / "coopdec.nt").read_text("utf-8").splitlines()
    found: dict[str, str] = {}
    for line in lines:
        iri = line.partition("> ")[0][1:].partition("#")[0]
        if iri.startswith(BASE):
            path = iri.removeprefix(BASE)
            found.setdefault("/".join(path.split("/")[:2 if path.startswith("col") else 1]), path)
    return [*found.values(), "goal/6"]


def test_every_kind_of_iri_redirects_by_what_is_asked(server: Server, release: Summary) -> None:
    paths = subjects(release)
    assert len(paths) > 8
    for path in paths:
        for accept, lang, suffix in (
            ("text/html,application/xhtml+xml,*/*;q=0.8", "fr", ".html"),
            ("text/html", "en-US,en;q=0.9", "en.html"), *(
                (media, "fr", f".{suffix}") for suffix, media in MEDIA.items())):
            found = server.get(path, accept, headers={"Accept-Language": lang})
            start, end = ("/en/", ".html") if suffix == "en.html" else ("/", suffix)
            assert (found.status_code, found.headers["location"]) == (303, f"{start}{path}{end}")
            assert "Accept" in found.headers["vary"]
        again = server.get(f"{path}.html")
        assert again.status_code == 200
        assert again.headers["content-type"] == "text/html; charset=utf-8"
        for suffix, media in MEDIA.items():
            data = server.get(f"{path}.{suffix}")
            assert data.status_code == 200
            assert data.headers["content-type"].partition(";")[0] == media
            known = pyoxigraph.RdfFormat.from_media_type(media)
            assert len(list(pyoxigraph.parse(data.content, format=known, base_iri=BASE))) > 2


@pytest.mark.parametrize("suffix", MEDIA)
def test_the_four_forms_say_what_the_dump_says(server: Server, release: Summary, suffix: str
                                               ) -> None:
    """Of the resource and its parts, and nothing else."""
    iri = f"{BASE}country/ML".encode()
    lines = (release.output / "coopdec.nt").read_bytes().splitlines(keepends=True)
    own = b"".join(line for line in lines
                   if line.startswith((b"<" + iri + b">", b"<" + iri + b"#")))
    truth = set(pyoxigraph.parse(own, format=pyoxigraph.RdfFormat.N_TRIPLES))
    known = pyoxigraph.RdfFormat.from_media_type(MEDIA[suffix])
    said = set(pyoxigraph.parse(server.get(f"country/ML.{suffix}").content, format=known,
                                base_iri=BASE))
    assert len(truth) > 10
    assert said == truth


@pytest.mark.parametrize(("path", "status"), [
    ("nothing", 404), ("country/ZZ", 404), ("country/ZZ.ttl", 404), ("country/ZZ.html", 404),
    ("%2e%2e/%2e%2e/etc/passwd", 404), ("..%2f..%2fetc%2fpasswd", 404),
    ("static/..%2f..%2f..%2fpyproject.toml", 404), ("static/%2e%2e/%2e%2e/app.py", 404),
    ("coopdec.nt/../../../../etc/passwd", 404), ("%00", 404), ("country/ML%00.html", 404),
    ("%0d%0aSet-Cookie:%20a=b", 404), ("/evil.example/country/ML", 404), ("%5c%5cevil", 404),
    ("country/%ff%fe", 404), ("'%20OR%201=1--", 404), ("SHA256SUMS/", 404), (".lock", 404)])
def test_what_is_not_there(server: Server, path: str, status: int) -> None:
    """The address is sent as it stands: a client library would tidy it up first."""
    place = urlsplit(server.url)
    for accept in ("*/*", "text/html"):
        connection = http.client.HTTPConnection(place.netloc, timeout=10)
        connection.putrequest("GET", f"/{path}", skip_host=False)
        connection.putheader("Accept", accept)
        connection.endheaders()
        found = connection.getresponse()
        body = found.read().decode()
        assert found.status == status, (path, body[:300])
        assert found.getheader("set-cookie") is None
        assert "root:" not in body
        assert "Traceback" not in body
        if accept == "*/*":
            assert json.loads(body)["status"] == status
        else:
            assert body.startswith("<!DOCTYPE html>")
        connection.close()


def test_iris_with_escapes_and_beyond_ascii(server: Server) -> None:
    """However a client writes them."""
    for path in ("country/%4D%4C", "country/M%4c"):
        assert server.get(path, "text/turtle").status_code == 303
        assert server.get(f"{path}.ttl").status_code == 200


def test_nothing_fits_and_no_slash(server: Server) -> None:
    found = server.get("country/ML", "image/png")
    assert found.status_code == 406
    assert "text/turtle" in found.json()["detail"]
    moved = server.get("project", follow_redirects=False)
    assert (moved.status_code, moved.headers["location"]) == (308, "/project/")
    data = server.get("", "text/turtle")
    assert (data.status_code, data.headers["location"]) == (303, "/dataset.ttl")
    assert server.get("dataset.ttl").status_code == 200


@pytest.mark.parametrize("path", ["country/ML.html", "en/country/ML.html", "country/ML.ttl",
                                  "project/?country=ML", "coopdec.ttl", "project.csv?country=ML"])
def test_conditional_requests(server: Server, path: str) -> None:
    first = server.get(path, headers={"Accept-Encoding": "identity"})
    tag = first.headers["etag"]
    assert tag.startswith('"')
    held = server.get(path, headers={"If-None-Match": f'"x", W/{tag}',
                                     "Accept-Encoding": "identity"})
    assert (held.status_code, held.content, held.headers["etag"]) == (304, b"", tag)
    since = server.get(path, headers={"If-Modified-Since": first.headers["last-modified"]})
    assert since.status_code == 304
    old = server.get(path, headers={"If-Modified-Since": "Mon, 01 Jan 2001 00:00:00 GMT"})
    assert old.status_code == 200
    for day, status in ((first.headers["last-modified"], 200),
                        ("Mon, 01 Jan 2001 00:00:00 GMT", 412)):
        found = server.get(path, headers={"If-Unmodified-Since": day})
        assert found.status_code == status, day
    assert server.get(path, headers={"If-None-Match": '"x"'}).status_code == 200
    assert server.get(path, headers={"If-Match": '"x"'}).status_code == 412
    head = server.client.head(path, headers={"Accept-Encoding": "identity"})
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", tag)
    assert head.headers["content-length"] == str(len(first.content))
    assert "max-age" in first.headers["cache-control"]


def test_compressed_answers_have_tags_of_their_own(server: Server) -> None:
    plain = server.get("project/", headers={"Accept-Encoding": "identity"})
    packed = server.get("project/", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["vary"]
    assert packed.text == plain.text
    assert packed.headers["etag"] == plain.headers["etag"][:-1] + '-gzip"'
    held = server.get("project/", headers={"If-None-Match": packed.headers["etag"]})
    assert (held.status_code, held.headers["etag"]) == (304, packed.headers["etag"])
    refused = server.get("project/", headers={"Accept-Encoding": "gzip;q=0"})
    assert "content-encoding" not in refused.headers


@pytest.mark.parametrize("path", ["coopdec.ttl", "SHA256SUMS", "static/style.css", "project/",
                                  "country/ML.ttl", "sparql?query=ASK%7B%7D", "api/queries"])
def test_head_says_what_get_says(server: Server, path: str) -> None:
    for encoding in ("gzip", "identity"):
        got = server.get(path, headers={"Accept-Encoding": encoding})
        head = server.client.head(path, headers={"Accept-Encoding": encoding})
        assert (head.status_code, head.content) == (got.status_code, b"")
        for name in ("content-type", "content-encoding", "etag", "vary", "cache-control"):
            assert head.headers.get(name) == got.headers.get(name), name


def test_files_are_the_release_s_to_the_byte(server: Server, release: Summary) -> None:
    sums = (release.output / "SHA256SUMS").read_text().splitlines()
    assert len(sums) > 5
    for digest, name in (line.split("  ") for line in sums):
        found = server.get(name)
        assert found.status_code == 200, name
        assert hashlib.sha256(found.content).hexdigest() == digest
        assert found.headers["etag"].strip('"').removesuffix("-gzip") == digest[:32]
    assert server.get("SHA256SUMS").text.splitlines() == sums


@pytest.mark.parametrize(("wanted", "start", "stop"), [
    ("bytes=0-9", 0, 10), ("bytes=100-", 100, None), ("bytes=-7", -7, None),
    ("bytes=5-5", 5, 6), ("bytes=0-99999999", 0, None)])
def test_ranges(server: Server, release: Summary, wanted: str, start: int, stop: int | None
                ) -> None:
    whole = (release.output / "coopdec.ttl").read_bytes()
    found = server.get("coopdec.ttl", headers={"Range": wanted})
    part = whole[start:stop]
    first = len(whole) + start if start < 0 else start
    assert (found.status_code, found.content) == (206, part)
    assert found.headers["content-range"] == (
        f"bytes {first}-{first + len(part) - 1}/{len(whole)}")


def test_ranges_that_cannot_be(server: Server) -> None:
    beyond = server.get("coopdec.ttl", headers={"Range": "bytes=99999999-"})
    assert beyond.status_code == 416
    assert beyond.headers["content-range"].startswith("bytes */")
    changed = server.get("coopdec.ttl", headers={"Range": "bytes=0-9", "If-Range": '"other"'})
    assert changed.status_code == 200
    for nonsense in ("bytes=9-0", "lines=0-9", "bytes=", "bytes=0-1,5-6"):
        assert server.get("coopdec.ttl", headers={"Range": nonsense}).status_code in (200, 416)


def test_lists_as_tables(server: Server) -> None:
    import csv
    import io

    import openpyxl

    rows = list(csv.DictReader(io.StringIO(server.get("project.csv?country=ML").text)))
    assert len(rows) == 6
    assert {row["iso2"] for row in rows} == {"ML"}
    book = openpyxl.load_workbook(io.BytesIO(server.get("project.xlsx?country=ML").content))
    assert book.worksheets[0].max_row == 7
    assert len(server.get("project.geojson?country=ML").json()["features"]) == 6
    places = [f["geometry"] for f in server.get("project.geojson").json()["features"]]
    assert len(places) == 36
    assert None in places, "one without a place"
    assert {p["type"] for p in places if p} == {"Point", "MultiPoint"}
    for place in filter(None, places):
        points = [place["coordinates"]] if place["type"] == "Point" else place["coordinates"]
        assert (len(points) > 1) == (place["type"] == "MultiPoint")
        assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in points)
    empty = server.get("project.csv?q=zzzzzz").text
    assert empty.startswith("iri,")
    assert empty.count("\n") == 1
    moved = server.get("project/?country=ML", "text/csv")
    assert (moved.status_code, moved.headers["location"]) == (303, "/project.csv?country=ML")
    english = server.get("en/project.csv?country=ML")
    assert english.headers["content-language"] == "en"


def test_the_defences_of_browsers(server: Server) -> None:
    for path in ("", "country/ML.html", "sparql?query=ASK%7B%7D", "nothing", "coopdec.ttl"):
        found = server.get(path)
        policy = found.headers["content-security-policy"]
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert found.headers["x-content-type-options"] == "nosniff"
        assert found.headers["referrer-policy"]
        assert "geolocation=()" in found.headers["permissions-policy"]
        assert "server" not in found.headers


def test_gzip_is_real(server: Server) -> None:
    place = urlsplit(server.url)
    connection = http.client.HTTPConnection(place.netloc, timeout=10)
    connection.request("GET", "/coopdec.nt", headers={"Accept-Encoding": "gzip"})
    found = connection.getresponse()
    data = found.read()
    assert found.getheader("content-encoding") == "gzip"
    assert len(data) < 200_000
    assert gzip.decompress(data).startswith(b"<https://")
    connection.close()


def test_the_goals_of_the_un_have_pages(server: Server) -> None:
    graph = rdflib.Graph().parse(data=server.get("goal/6.ttl").text, format="turtle")
    assert rdflib.URIRef("http://metadata.un.org/sdg/6") in set(graph.subjects())




def test_near_misses_lead_to_the_resource(server: Server) -> None:
    for path, there in (("sparql/?query=ASK%20%7B%7D", "/sparql?query=ASK%20%7B%7D"),
                        ("country/ML/", "/country/ML"), ("en/country/ML/", "/en/country/ML"),
                        ("en/country/ML.ttl", "/country/ML.ttl")):
        found = server.get(path)
        assert (found.status_code, found.headers["location"]) == (308, there)
    for path in ("country/XX/", "en/country/XX.ttl", "country/ML//x/"):
        assert server.get(path).status_code == 404
    assert "Disallow: /en/sparql?" in server.get("robots.txt").text
    assert server.get(".well-known/void").headers["location"] == "/dataset"


@pytest.mark.parametrize("path", ["sparql.html", "en/sparql.html", "reconcile"])
def test_what_a_client_holds_is_not_sent_again(server: Server, path: str) -> None:
    tag = server.get(path).headers["etag"]
    assert server.get(path, headers={"If-None-Match": tag}).status_code == 304
    assert server.get(path, headers={"If-None-Match": '"x"'}).status_code == 200


def test_a_post_is_answered_whole_whatever_a_client_holds(server: Server) -> None:
    tag = server.get("sparql", params={"query": "ASK {}"}).headers["etag"]
    again = server.post("sparql", data={"query": "ASK {}"}, headers={"If-None-Match": tag})
    assert (again.status_code, again.json()["boolean"]) == (200, True)
