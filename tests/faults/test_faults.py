"""Whatever breaks, nothing that was acknowledged is lost, nothing is stored or pushed twice, nobody's order is lost."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.faults.city import Tally, city
from tests.faults.faults import FAULTS, IN_SMALL, Surroundings
from tests.nats import Nats, nats_cluster, nats_server

_COLUMNS = ("sent", "acknowledged", "handled", "delivered", "ambiguous", "unanswered", "lost", "doubled", "disordered")
_rows: list[tuple[str, str, Tally, float]] = []


@dataclass(frozen=True, slots=True)
class Size:
    people: int
    lines: int
    pause: float
    seconds: float


SMALL, LARGE = Size(4, 12, 0.15, 2.0), Size(24, 60, 0.2, 10.0)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every fault on every place with `--all-faults`, else those that `make test` has time for."""
    if "fault" in metafunc.fixturenames:
        everything = [(name, place) for name, (_, places) in FAULTS.items() for place in places]
        cases = everything if metafunc.config.getoption("--all-faults") else IN_SMALL
        metafunc.parametrize(("fault", "place"), cases, ids=[f"{place}-{name}" for name, place in cases])


@pytest.fixture(scope="module", autouse=True)
def table(request: pytest.FixtureRequest) -> Iterator[None]:
    """The table is written when the last fault is through, with `--all-faults FILE`."""
    yield
    file = request.config.getoption("--all-faults")
    if file:
        lines = [f"| fault | on | {' | '.join(_COLUMNS)} | seconds |", "|" + " --- |" * (len(_COLUMNS) + 3)]
        for name, place, tally, seconds in _rows:
            figures = " | ".join(str(asdict(tally)[each]) for each in _COLUMNS)
            lines.append(f"| {name} | {place} | {figures} | {seconds:.0f} |")
        Path(file).write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture
def address(place: str, request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue("sqlite_url" if place == "sqlite" else "postgres_url")
    return url


@pytest.mark.line_refuses("Invalid reply token")  # of an answer that arrived before its process died
async def test_nothing_lost_nothing_twice(
    fault: str, place: str, address: str, postgres_process: Any, request: pytest.FixtureRequest
) -> None:
    """What everybody wrote stands in their report once and in order; every answer left once, or is ambiguous."""
    size = LARGE if request.config.getoption("--all-faults") else SMALL
    act = FAULTS[fault][0]
    with ExitStack() as stack:
        servers: tuple[Nats, ...] = ()
        if place == "jetstream":
            folder = Path(tempfile.mkdtemp(prefix="raingan-nats-"))
            if "NATS" in fault:
                servers = stack.enter_context(nats_cluster(folder))
            else:
                servers = (stack.enter_context(nats_server(folder)),)
        nats = ",".join(each.url for each in servers)
        began = time.monotonic()
        async with city(address, request.getfixturevalue("tmp_path"), size.people, nats) as found:
            around = Surroundings(postgres_process, servers, size.seconds)
            await asyncio.gather(
                act(found, around), *(found.write(writer, size.lines, size.pause) for writer in found.writers)
            )
            tally = await found.finish()
        _rows.append((fault, place, tally, time.monotonic() - began))
    assert (tally.lost, tally.doubled, tally.disordered, tally.unanswered) == (0, 0, 0, 0), tally
    assert tally.handled >= tally.acknowledged == tally.sent
