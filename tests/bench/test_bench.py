"""Each part of the bench in small: that what it measures happens, and only what counts is counted. Never how fast."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest

from bench.__main__ import DOCUMENT, PARTS
from bench.acknowledgement import acknowledgement
from bench.figures import percentile, spread
from bench.growth import QUICK_SIZES, growth
from bench.line import PUSHES_PER_SECOND, Line, Measured, Pushed
from bench.page_load import page_load
from bench.page_load import table as page_table
from bench.pages import pages
from bench.profile import PARTS as PARTS_OF_A_TURN
from bench.profile import REST, profile
from bench.reminders import QUICK_SIZES as QUICK_CROWD
from bench.reminders import reminders
from bench.reminders import table as reminders_table
from bench.start import start
from bench.tables import of_growth, of_overload, of_start, of_turns, replaced
from bench.turn import OURS, QUICK, SHIPPED, TUNED, Series, one_process, several_processes


@pytest.fixture
def folder() -> Iterator[Path]:
    """A short path: PostgreSQL's socket lies in it."""
    with TemporaryDirectory(prefix="raingan-") as name:
        yield Path(name)


def quiet(_: str) -> None:
    """Nobody watches the progress."""


def every_arm_ran(series: list[Series]) -> None:
    for each in series:
        assert set(each.rate) == {OURS, SHIPPED, TUNED}
        assert all(rate > 0 for rates in each.rate.values() for rate in rates)
    table = of_turns(series)
    for each in series:
        assert table.count(f"| {each.shape.in_flight} | {each.shape.delay_s * 1000:.0f} ms |") == 2


async def test_turns_of_one_process(folder: Path) -> None:
    """Bot and peers answer every event once; the tables hold each answer."""
    series = await one_process(folder, quiet, quick=True)
    assert [each.shape for each in series] == list(QUICK)
    every_arm_ran(series)


async def test_turns_of_several_processes(folder: Path) -> None:
    """The same through JetStream, by two workers on PostgreSQL."""
    every_arm_ran(await several_processes(folder, quiet, quick=True))


async def test_acknowledgement(folder: Path) -> None:
    """More is offered than handled; nothing of it is lost."""
    found = await acknowledgement(folder, quiet, quick=True)
    assert {each.missing for each in found.values()} == {0}
    assert all(each.events > 1 for each in found.values())
    assert all(f"| {name} |" in of_overload(found) for name in found)


async def test_growth(folder: Path) -> None:
    """Turn and card are measured over every size on both databases."""
    grown = await growth(folder, quiet, quick=True)
    assert {size for _, size in grown.turn} == set(QUICK_SIZES)
    assert set(grown.turn) == set(grown.status)
    assert all(f"| {database} | {size:,} |" in of_growth(grown) for database, size in grown.turn)


async def test_start(folder: Path) -> None:
    """Starting takes time and memory, and a load takes more."""
    started = await start(folder, quiet, quick=True)
    assert started.seconds.median > 0
    assert 10 < started.ready.median <= started.loaded.median
    assert "MiB" in of_start(started)


async def test_profile(folder: Path) -> None:
    """Where the time of a turn goes is told by parts that make a whole."""
    found = await profile(folder, quick=True)
    assert found.turns == 12
    assert found.cpu_s > 0
    assert {part for part, _ in found.shares()} <= {*PARTS_OF_A_TURN, REST}
    assert sum(share for _, share in found.shares()) == pytest.approx(1)


async def test_pages_beside_a_load(folder: Path) -> None:
    """Every arm ran on both databases; visitors were answered with and without turns beside them."""
    found = await page_load(folder, quiet, quick=True)
    assert set(found) == {"SQLite", "PostgreSQL"}
    for name, each in found.items():
        assert len(each.turns) == len(each.turns_beside) == len(each.waits) == len(each.waits_beside) == 1
        assert each.waits[0]
        assert f"| {name} |" in page_table(found)


async def test_pages(folder: Path) -> None:
    """Each kind of answer is what it is taken for, on both databases."""
    rates = await pages(folder, quiet, quick=True)
    assert set(rates) == {"SQLite", "PostgreSQL"}
    assert all(least > 0 for each in rates.values() for _, least, _ in each.values())


async def test_reminders(folder: Path) -> None:
    """On both databases LINE takes one push for everybody, and each step of the way there took time."""
    found = await reminders(folder, quiet, quick=True)
    assert set(found) == {(database, people) for database in ("SQLite", "PostgreSQL") for people in QUICK_CROWD}
    for (database, people), one in found.items():
        assert one.pushed.accepted == one.pushed.people == people
        assert one.reminded.planned == 2 * people
        assert all(step.seconds > 0 for step in (one.reminded.plan, one.reminded.write, one.reminded.send))
        assert f"| {people:,} | {database} |" in reminders_table(found)


def test_line_limits_pushes_and_counts_people() -> None:
    """More calls at once than LINE allows in a second are refused; who was pushed twice counts once."""
    platform = Line()
    assert platform.called("to", "U1", [])
    assert platform.called("to", "U1", [])
    assert msgspec.json.decode(platform.told(b"/pushes"), type=Pushed) == Pushed(accepted=2, people=1)
    taken = sum(platform.rate.take() for _ in range(2 * PUSHES_PER_SECOND))
    assert PUSHES_PER_SECOND <= taken < 2 * PUSHES_PER_SECOND


@pytest.mark.parametrize(
    ("measured", "why"),
    [
        (Measured(1, [], [], events=1, replies=1, statuses={"200": 1}), ""),
        (Measured(1, [], [], events=1, replies=1, twice=1, statuses={"200": 1}), "1 tokens used twice"),
        (Measured(1, [], [], events=1, replies=1, missing=1, statuses={"200": 1}), "1 events without an answer"),
        (Measured(1, [], [], events=1, replies=1, statuses={"200": 1, "500": 2}), "2 statuses that are not 2xx"),
        (Measured(1, [], [], events=2, replies=1, statuses={"200": 2}), "1 replies too few or too many"),
    ],
)
def test_what_does_not_count_is_void(measured: Measured, why: str) -> None:
    """A token seen twice, an event without an answer, a status that is not 2xx."""
    assert measured.void == why


def test_figures_are_medians_with_their_limits() -> None:
    """Ratios and percentiles."""
    assert str(spread([3, 1, 2])) == "2.00 (1.00–3.00)"
    assert percentile([*range(1, 101)], 99) == 100
    assert percentile([5], 99) == 5


def test_the_document_has_a_place_for_every_part() -> None:
    """`make bench` finds where each table goes."""
    text = DOCUMENT.read_text("utf-8")
    for part in PARTS:
        assert "| new |" in replaced(text, part, "| new |\n")
    with pytest.raises(ValueError, match="no place"):
        replaced(text, "nothing", "")
