"""The static site: the same pages as the server's, written once, for any web server.

Nothing is asked of a store for a page: the index holds every resource with its statements,
and workers write stretches of it, each into files of its own. The folder appears whole or
not at all.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from importlib.resources import as_file, files
from pathlib import Path
from xml.sax.saxutils import escape

from coopdec.batches import batched
from coopdec.dataset import Dataset
from coopdec.dataset.serial import graph_as
from coopdec.errors import UsageError
from coopdec.executors import runner
from coopdec.scratch import scratch
from coopdec.storage import SUMS, listed, replaced_folder
from coopdec.vocab import BASE
from coopdec.web.ontology.files import SUFFIXES, document
from coopdec.web.pages import Pages
from coopdec.web.pages.addresses import Addresses
from coopdec.web.pages.index import Index, build
from coopdec.web.pages.written import Writer

__all__ = ["SiteOptions", "Written", "write_site"]

#: The file by which we know a folder as a site of ours.
MARK = ".coopdec-site"
#: Resources that a worker writes at a time.
_STRETCH = 400
#: Pages, each in two languages, in one file of a sitemap (50,000 addresses at most:
#: https://www.sitemaps.org/protocol.html).
_ADDRESSES = 20_000


@dataclass(frozen=True, slots=True)
class SiteOptions:
    """``base`` of the data's IRIs; ``root``: the path that the site will stand under;
    ``public``: its address, the base unless given; ``contact``: where errors are
    reported; ``workers``: processes, 1: none but this one."""

    base: str = BASE
    root: str = "/"
    public: str | None = None
    contact: str | None = None
    workers: int = 1

    def __post_init__(self) -> None:
        if not (self.root.startswith("/") and self.root.endswith("/")):
            raise UsageError("site-bad-root", root=self.root)
        if self.public is not None and not (
                self.public.startswith(("http://", "https://")) and self.public.endswith("/")):
            raise UsageError("site-bad-address", address=self.public)


@dataclass(frozen=True, slots=True)
class Written:
    """``pages``: HTML documents; ``files``: all files; ``size`` in bytes."""

    pages: int
    files: int
    size: int


def write_site(source: str | Path, target: Path, options: SiteOptions | None = None,
               progress: Callable[[int, int], None] = lambda done, total: None) -> Written:
    """Write the site of a release (a folder that ``build`` made), an RDF file or a SPARQL
    endpoint into the folder ``target``, which it replaces if it is a site of ours.
    ``progress``: resources written, and how many there are.

    Raises:
        UsageError: there are no data; ``target`` holds something else, or the release.
        StorageError: the disk is full or read-only. The former site stays as it was.
        EndpointError: the endpoint does not answer.
    """
    options = options or SiteOptions()
    _check_target(source, target)
    with Dataset(source) as data, scratch("coopdec-site-") as aside:
        file = aside / "pages.sqlite"
        build(data, Addresses(options.base, options.root), file)
        with replaced_folder(target) as folder:
            writer = _writer(data, file, folder, options)
            total = writer.index.last()
            for done in _resources(writer, source, file, folder, options):
                progress(done, total)
            writer.rest()
            _ontology(writer)
            _assets(folder)
            _dumps(writer.pages.kit.release, folder)
            if (folder / "report.ttl").is_file():
                _as_jsonld(writer, folder / "report.ttl", "report.jsonld")
            _for_robots(writer, options)
            (folder / MARK).write_text("A site that coopdec wrote.\n", "utf-8")
            found = [p for p in folder.rglob("*") if p.is_file()]
            return Written(sum(p.suffix == ".html" for p in found), len(found),
                           sum(p.stat().st_size for p in found))


def _check_target(source: str | Path, target: Path) -> None:
    """
    Raises:
        UsageError: writing there would take away what is no site.
    """
    whole = target.resolve()
    if whole.is_dir() and any(whole.iterdir()) and not (whole / MARK).is_file():
        raise UsageError("site-not-ours", path=str(target))
    if not (isinstance(source, str) and "://" in source):
        release = Path(source).resolve()
        if whole == release or whole in release.parents or release in whole.parents:
            raise UsageError("site-in-release", path=str(target), release=str(source))


def _writer(data: Dataset, index: Path, folder: Path, options: SiteOptions) -> Writer:
    pages = Pages(data, base=options.base, root=options.root, public=options.public,
                  contact=options.contact, index=Index(index))
    return Writer(pages, folder)


# -- resources, by one process or several

def _resources(writer: Writer, source: str | Path, index: Path, folder: Path,
               options: SiteOptions) -> Iterator[int]:
    """Write them all; yields how many are written."""
    total = writer.index.last()
    starts = range(0, total, _STRETCH)
    done = 0
    if options.workers <= 1 or total <= _STRETCH:
        for start in starts:
            done += writer.stretch(start, start + _STRETCH)
            yield done
        return
    write = partial(_stretch, _Place(source, index, folder, options), _STRETCH)
    with runner(options.workers) as run:
        for _, written in run(write, starts):
            done += written
            yield done


@dataclass(frozen=True, slots=True)
class _Place:
    """What a worker opens once, for all its stretches."""

    source: str | Path
    index: Path
    folder: Path
    options: SiteOptions


@lru_cache(maxsize=1)
def _opened(place: _Place) -> Writer:
    return _writer(Dataset(place.source), place.index, place.folder, place.options)


def _stretch(place: _Place, size: int, start: int) -> int:
    return _opened(place).stretch(start, start + size)


# -- the rest

def _ontology(writer: Writer) -> None:
    for path in ("ontology", "shapes"):
        for form in SUFFIXES:
            writer.write(f"{path}.{form}", document(path, form) or b"")


def _as_jsonld(writer: Writer, turtle: Path, name: str) -> None:
    import pyoxigraph

    quads = pyoxigraph.parse(path=str(turtle), format=pyoxigraph.RdfFormat.TURTLE)
    lines = pyoxigraph.serialize((q.triple for q in quads), format=pyoxigraph.RdfFormat.N_TRIPLES)
    writer.write(name, graph_as(lines or b"", "jsonld", writer.base))


def _assets(folder: Path) -> None:
    with as_file(files("coopdec.web").joinpath("static")) as static:
        shutil.copytree(static, folder / "static")


def _dumps(release: Path | None, folder: Path) -> None:
    """The files of the release, with the sums that its own ``SHA256SUMS`` gives; without
    one, sums of what is there."""
    sums = release / SUMS if release is not None else None
    if sums is not None and sums.is_file():
        assert release is not None
        for name in listed(sums.read_text("utf-8")):
            if "/" not in name and (release / name).is_file():
                shutil.copyfile(release / name, folder / name)
        shutil.copyfile(sums, folder / SUMS)
        return
    found = sorted(p for p in folder.iterdir() if p.is_file())
    (folder / SUMS).write_text("".join(
        f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.name}\n" for p in found), "utf-8")


def _for_robots(writer: Writer, options: SiteOptions) -> None:
    """``sitemap.xml`` (an index of several where there are many pages), ``robots.txt``."""
    public = options.public or options.base
    names: list[str] = []
    for some in batched(writer.addresses(), _ADDRESSES):
        names.append(f"sitemap-{len(names) + 1}.xml")
        writer.write(names[-1], _sitemap(some).encode())
    listed = "".join(f"<sitemap><loc>{escape(public + n)}</loc></sitemap>\n" for n in names)
    index = f"{_XML}<sitemapindex {_SITEMAP}>\n{listed}</sitemapindex>\n"
    writer.write("sitemap.xml", index.encode())
    writer.write("robots.txt", f"User-agent: *\nAllow: /\nSitemap: {public}sitemap.xml\n".encode())


_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SITEMAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def _sitemap(addresses: list[tuple[str, str]]) -> str:
    """Each page in French with its English form (and the other way round)."""
    out = [_XML, f'<urlset {_SITEMAP} xmlns:xhtml="http://www.w3.org/1999/xhtml">\n']
    for french, english in addresses:
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{lang}" href={_quoted(address)}/>'
            for lang, address in (("fr", french), ("en", english)))
        out += [f"<url><loc>{escape(one)}</loc>{links}</url>\n" for one in (french, english)]
    return "".join([*out, "</urlset>\n"])


def _quoted(address: str) -> str:
    return '"' + escape(address, {'"': "&quot;"}) + '"'
