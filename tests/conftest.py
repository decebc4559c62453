"""What several tests share: the two published lists, built once for all workers."""

from __future__ import annotations

import fcntl
import os
import pickle
import shutil
import signal
from collections.abc import Callable, Iterator
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

import pytest
from hypothesis import settings

from coopdec.check.engines import fast_available, get_engine
from coopdec.check.pyshacl_engine import PyshaclEngine
from coopdec.check.result import Raw
from coopdec.executors import cores
from coopdec.pipeline import Summary, build
from coopdec.reference import store
from coopdec.reference.compile import compile_index
from tests.servers import Talk, misbehaving, sparql_server

# A busy machine is slow, not wrong: timings belong in benchmarks. CI tries the same examples
# each time; new ones are looked for at the desk, where what they find can be mended.
# Half of hypothesis' own number where a test does not say: what is found is found by then.
settings.register_profile("desk", deadline=None, max_examples=50)
settings.register_profile("ci", settings.get_profile("desk"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

# Where this is set (in containers often), each process that a test starts compiles all anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
# In the background of a shell this is ignored, by all that we start too: Ctrl-C is tested.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

def pytest_xdist_auto_num_workers() -> int | None:
    """One worker more than processors: who waits for a server, a browser or a time limit
    leaves them idle. PYTEST_XDIST_AUTO_NUM_WORKERS has the last word."""
    if os.environ.get("PYTEST_XDIST_AUTO_NUM_WORKERS"):
        return None
    return cores() + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What needs a server and a browser comes first: with ``--dist worksteal`` it is the last
    tests of a worker that others take, and none starts a server for a few of them."""
    items.sort(key=lambda item: WEB not in item.path.parents)


ROOT = Path(__file__).parent.parent
WEB = ROOT / "tests" / "web"
SOURCES = ROOT / "sources"

Once = Callable[[str, Callable[[Path], object]], Path]


@pytest.fixture(scope="session", autouse=True)
def _the_same_bytes_once(once: Once) -> Iterator[None]:
    """Each build has pySHACL judge a few projects, most of its time where lists are short,
    and tests build the same lists again and again. Its verdict depends on nothing but bytes."""
    really = PyshaclEngine.validate

    @lru_cache(maxsize=1024)
    def judged(data: bytes, shapes: bytes) -> tuple[Raw, ...]:
        def judge(folder: Path) -> None:
            found = tuple(really(PyshaclEngine(), data, shapes))
            (folder / "verdict").write_bytes(pickle.dumps(found))

        key = blake2b(data + shapes, digest_size=16).hexdigest()
        folder = once(f"verdict-{key}", judge)
        told: tuple[Raw, ...] = pickle.loads((folder / "verdict").read_bytes())
        return told

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PyshaclEngine, "validate", lambda _, *given: list(judged(*given)))
        yield


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of all workers, for this run."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture
def unjudged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Builds whose checks are not what is looked at: the second engine is asked nothing new."""
    if fast_available():
        fast = get_engine("fast")
        monkeypatch.setattr(PyshaclEngine, "validate", lambda _, *given: fast.validate(*given))


@pytest.fixture(scope="session")
def once(shared: Path) -> Once:
    """``once("site", make)`` → the folder that ``make`` filled, in the worker that came first;
    the others wait for it. No test may change what is in it."""
    def folder(name: str, make: Callable[[Path], object]) -> Path:
        target = shared / f"once-{name}"
        with (shared / f"once-{name}.done").open("a") as done:
            fcntl.flock(done, fcntl.LOCK_EX)
            if not done.seek(0, os.SEEK_END):
                shutil.rmtree(target, ignore_errors=True)  # of a worker that failed to
                target.mkdir()
                make(target)
                done.write("done")
        return target

    return folder


@pytest.fixture(scope="session", autouse=True)
def _index_of_the_tables(once: Once) -> None:
    """Of a checkout whose tables are younger than its installation: else each test that has
    a cache of its own would compile them, half a minute."""
    shipped = store.ROOT / store.INDEX_NAME
    if not store.is_current(shipped):
        once("index", lambda _: compile_index(store.ROOT, shipped))


@pytest.fixture(scope="session")
def release(once: Once) -> Summary:
    """The two lists, built from this checkout's sources and decisions."""
    def make(folder: Path) -> None:
        summary = build([SOURCES], folder / "output", decisions=ROOT / "decisions")
        (folder / "summary").write_bytes(pickle.dumps(summary))

    summary: Summary = pickle.loads((once("release", make) / "summary").read_bytes())
    return summary


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    """A folder of copies of the two lists, to change at will."""
    folder = tmp_path / "sources"
    shutil.copytree(SOURCES, folder)
    return folder


@pytest.fixture(scope="session")
def wikidata_endpoint() -> Iterator[str]:
    """A real SPARQL server on loopback with data shaped like Wikidata's."""
    from tests.test_links import WIKIDATA

    with sparql_server(WIKIDATA.encode(), "text/turtle") as url:
        yield url


@pytest.fixture
def talk() -> Iterator[Talk]:
    """An HTTP server on loopback that answers as a test says."""
    with misbehaving() as found:
        yield found
