"""Whatever breaks, nothing that was acknowledged is lost, nothing is stored or pushed twice, nobody's order is lost."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.faults.city import FEW, SEVERAL, city
from tests.faults.faults import FAULTS, IN_SMALL, Surroundings
from tests.faults.table import Row, write_row
from tests.faults.tally import Tally
from tests.nats import Nats, nats_cluster, nats_server


@dataclass(frozen=True, slots=True)
class Size:
    people: int
    lines: int
    pause: float
    seconds: float
    roles: tuple[str, ...]


SMALL, LARGE = Size(4, 12, 0.15, 2.0, FEW), Size(16, 50, 0.2, 8.0, SEVERAL)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every fault on every place with `--all-faults`, else those that `make test` has time for."""
    if "fault" in metafunc.fixturenames:
        everything = [(name, place) for name, (_, places) in FAULTS.items() for place in places]
        cases = everything if metafunc.config.getoption("--all-faults") else IN_SMALL
        metafunc.parametrize(("fault", "place"), cases, ids=[f"{place}-{name}" for name, place in cases])


@pytest.fixture
def write(request: pytest.FixtureRequest) -> Callable[[Row], None]:
    """Where a row goes: with `--all-faults FILE` into that file's table."""
    file = request.config.getoption("--all-faults")
    return lambda row: write_row(Path(file), row, list(FAULTS)) if file else None


@pytest.fixture
def address(place: str, request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue("sqlite_url" if place == "sqlite" else "postgres_url")
    return url


@pytest.mark.line_refuses("Invalid reply token")  # of an answer that arrived before its process died
async def test_nothing_lost_nothing_twice(
    fault: str, place: str, address: str, write: Callable[[Row], None], request: pytest.FixtureRequest
) -> None:
    """What everybody wrote stands in their report once and in order; every answer left once, or is ambiguous."""
    size = LARGE if request.config.getoption("--all-faults") else SMALL
    act = FAULTS[fault][0]
    tally: Tally | None = None
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
        stack.callback(lambda: write(Row(fault, place, tally, time.monotonic() - began)))
        async with city(address, request.getfixturevalue("tmp_path"), size.people, nats, roles=size.roles) as found:
            postgres = None if place == "sqlite" else request.getfixturevalue("postgres_process")
            around = Surroundings(postgres, servers, size.seconds)
            found.remind()
            await asyncio.gather(
                act(found, around), *(found.write(writer, size.lines, size.pause) for writer in found.writers)
            )
            tally = await found.finish()
    assert tally.well, tally
