"""Whose query runs next, without a clock: what a client's share is, and what the last worker
takes."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor

import pytest

from coopdec.dataset.serial import Answer
from coopdec.web.kept import Kept
from coopdec.web.turns import Overloaded, Turns


def run(what: Coroutine[None, None, None]) -> None:
    """In a thread of its own: the browser's loop runs in the tests'."""
    with ThreadPoolExecutor(1) as threads:
        threads.submit(asyncio.run, what).result()


def test_a_client_has_no_more_than_its_share() -> None:
    async def go() -> None:
        turns: Turns[int] = Turns([1, 2, 3, 4], waiting=4, share=2)
        first = [await turns.take("a", 1) for _ in range(2)]
        late = asyncio.create_task(turns.take("a", 1))
        await asyncio.sleep(0)
        assert (turns.running, turns.waiting) == (2, 1)
        other = await turns.take("b", 1)
        turns.free(first[0])
        assert (await late).client == "a"
        assert other.whole

    run(go())


def test_the_last_worker_is_for_what_is_short() -> None:
    async def go() -> None:
        turns: Turns[int] = Turns([1, 2, 3], waiting=4, share=1)
        long = [await turns.take(c, 1) for c in "ab"]
        short = await turns.take("c", 1)
        assert ([t.whole for t in long], short.whole) == ([True, True], False)
        turns.free(short)
        again = asyncio.create_task(turns.take("c", 1, long=True))
        await asyncio.sleep(0)
        assert not again.done()
        assert not (await turns.take("d", 1)).whole
        turns.free(long[0])
        assert (await again).whole

    run(go())


def test_a_query_that_runs_for_a_moment_goes_on_unless_someone_waits() -> None:
    async def go() -> None:
        turns: Turns[int] = Turns([1, 2], waiting=4, share=1)
        long, short = await turns.take("a", 1), await turns.take("b", 1)
        assert (short.whole, turns.gives_way(short)) == (False, False)
        known = asyncio.create_task(turns.take("c", 1, long=True))
        await asyncio.sleep(0)
        assert not turns.gives_way(short), "who waits needs a worker that has the time"
        other = asyncio.create_task(turns.take("d", 1))
        await asyncio.sleep(0)
        assert turns.gives_way(short)
        turns.free(long)
        assert ((await known).whole, turns.gives_way(short)) == (True, True)
        turns.free(await known)
        assert ((await other).whole, turns.gives_way(short)) == (True, False)
        turns.free(await other)
        assert not turns.gives_way(short)
        assert short.whole, "it has the time now"

    run(go())


def test_who_had_least_time_lately_goes_first() -> None:
    async def go() -> None:
        now = 0.0
        turns: Turns[int] = Turns([1], waiting=4, share=1, clock=lambda: now)
        turn = await turns.take("greedy", 1)
        waiting = {c: asyncio.create_task(turns.take(c, 1)) for c in ("greedy", "a", "b")}
        await asyncio.sleep(0)
        order = []
        for seconds in (10, 1, 2):
            now += seconds
            turns.free(turn)
            turn = await next(iter((await asyncio.wait(
                waiting.values(), return_when=asyncio.FIRST_COMPLETED))[0]))
            order.append(turn.client)
            del waiting[turn.client]
        assert order == ["a", "b", "greedy"]

    run(go())


def test_one_client_does_not_fill_the_queue() -> None:
    async def go() -> None:
        turns: Turns[int] = Turns([1], waiting=2, share=1, clock=lambda: 0)
        held = await turns.take("a", 1)
        first = asyncio.create_task(turns.take("a", 1))
        await asyncio.sleep(0)
        with pytest.raises(Overloaded):
            await turns.take("a", 1)
        other = asyncio.create_task(turns.take("b", 1))
        await asyncio.sleep(0)
        turns.free(held)
        turns.free(await first)
        assert (await other).client == "b"

    run(go())


def test_who_left_gives_back_what_came_meanwhile() -> None:
    async def go() -> None:
        turns: Turns[int] = Turns([1], waiting=2, share=1)
        held = await turns.take("a", 1)
        with pytest.raises(Overloaded):
            await turns.take("b", 0.01)
        turns.free(held)
        assert (turns.running, turns.waiting) == (0, 0)

    run(go())


def test_answers_are_kept_within_a_size() -> None:
    kept = Kept(10)
    for name in "abc":
        kept.put(name, Answer(b"1234"))
    assert (kept.get("a"), kept.get("c")) == (None, Answer(b"1234"))
    kept.put("large", Answer(b"123456"))
    assert kept.get("large") is None


def test_answers_that_nobody_asks_for_again_are_forgotten() -> None:
    now = 0.0
    kept = Kept(10, clock=lambda: now)
    kept.put("a", Answer(b"1"))
    kept.put("b", Answer(b"2"))
    now = 50.0
    kept.get("a")
    now = 70.0
    kept.forget(60)
    assert (kept.get("a"), kept.get("b")) == (Answer(b"1"), None)
    kept.forget(-1)
    kept.put("c", Answer(b"12345"))
    assert kept.get("c") == Answer(b"12345")


def test_who_waits_when_the_server_stops_is_sent_away_and_what_runs_may_end() -> None:
    async def go() -> None:
        turns: Turns[int] = Turns([1], waiting=4, share=1)
        running = await turns.take("a", 1)
        waiting = asyncio.create_task(turns.take("b", 1))
        await asyncio.sleep(0)
        turns.close()
        with pytest.raises(Overloaded):
            await waiting
        with pytest.raises(Overloaded):
            await turns.take("c", 1)
        assert (turns.running, turns.waiting) == (1, 0)
        turns.free(running)
        assert turns.running == 0

    run(go())
