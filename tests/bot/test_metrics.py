"""/metrics of the whole bot, scraped over HTTP and read as Prometheus reads it."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestServer
from prometheus_client.openmetrics.parser import text_string_to_metric_families as read_openmetrics
from prometheus_client.parser import text_string_to_metric_families

from bot.app import make_app
from bot.clock import Clock
from bot.conversations import Conversations
from bot.installation import prepare
from bot.metrics.figure import Figure, gauge
from bot.metrics.page import Metrics
from bot.metrics.remembered import Remembered
from bot.settings import read_settings
from bot.simulator.faults import Fault
from handlers import reception
from handlers.effects import Asks, Turn
from handlers.events import Event, Text
from handlers.facts import Facts
from handlers.session import Session
from tests.nats import Nats
from tests.town import METRICS_TOKEN, Town, town

DOCS = Path(__file__).parents[2] / "docs/metrics.md"

TRANSCRIPTS = Path(__file__).parents[1] / "transcripts"
START = "2027-01-05T14:00:00+07:00"
BROKEN = "ข้อความที่ทำให้พัง"
READER = {"Authorization": f"Bearer {METRICS_TOKEN}"}


class Scrape:
    """What one scrape said: samples by name and labels."""

    def __init__(self, text: str) -> None:
        self.families = {family.name: family for family in text_string_to_metric_families(text)}
        self.samples = {
            (sample.name, *sorted(sample.labels.items())): sample.value
            for family in self.families.values()
            for sample in family.samples
        }

    def labels(self) -> dict[str, set[str]]:
        """Metric → its labels, as docs/metrics.md names both."""
        ours = [family for family in self.families.values() if family.name.startswith("raingan_")]
        return {
            family.name + "_total" * (family.type == "counter"): {
                label for sample in family.samples for label in sample.labels if label != "le"
            }
            for family in ours
        }

    def get(self, name: str, **labels: str) -> float | None:
        return self.samples.get((name, *sorted(labels.items())))


def documented_labels() -> dict[str, set[str]]:
    """The same by docs/metrics.md; a town's LINE sets no limit, and its bot is alone."""
    text = DOCS.read_text("utf-8").split("\n## Logs")[0]
    rows = [[cell.strip() for cell in line.split("|")] for line in text.splitlines() if line.startswith("| `raingan_")]
    named = {row[1].strip("`"): set(re.findall(r"`(\w+)`", row[2])) for row in rows}
    for absent in ("raingan_quota_limit", "raingan_partitions_held", "raingan_workers"):
        del named[absent]
    return named


async def scrape(place: Town) -> Scrape:
    async with ClientSession() as session, session.get(place.bot.make_url("/metrics"), headers=READER) as answer:
        assert answer.status == 200
        return Scrape(await answer.text())


async def until(place: Town, true: Callable[[Scrape], bool]) -> Scrape:
    async with asyncio.timeout(10):
        while not true(found := await scrape(place)):  # noqa: ASYNC110 - it happens in the bot
            await asyncio.sleep(0.05)
    return found


async def test_a_dialogue_shows(database_url: str) -> None:
    """Events, turns by stage, sends and the check that asked: each counted once, and nothing waits afterwards."""
    async with town(database_url, TRANSCRIPTS / "warnings.yaml", START) as place:
        await place.reporter("นภา", "LIB-01")
        await place.says("นภา", "รายงาน 2300-850 ไตรมาส 1 10 คะแนน สำรวจผู้ใช้บริการด้วยแบบสอบถาม")
        await place.says("นภา", "ถูกต้องแล้ว")
        await place.says("นภา", "ส่งรายงาน")
        found = await until(
            place,
            lambda each: (
                each.get("raingan_messages_ended_total", state="sent") == 3 and "raingan_quota_used" in each.families
            ),
        )
        assert found.get("raingan_webhook_requests_total", status="200") == 3
        assert found.get("raingan_webhook_requests_total", status="503") == 0
        assert found.get("raingan_webhook_seconds_count") == 3
        assert found.get("raingan_events_received_total") == 3
        assert found.get("raingan_turns_total", outcome="handled") == 3
        for stage in ("queue", "facts", "conversations", "commit", "send", "whole"):
            assert found.get("raingan_turn_seconds_count", stage=stage) == 3
        for stage in ("facts", "conversations", "commit", "send"):
            assert 0 < (found.get("raingan_turn_seconds_sum", stage=stage) or 0) < 10
        assert found.get("raingan_sends_total", endpoint="reply", outcome="accepted") == 3
        assert found.get("raingan_sends_total", endpoint="push", outcome="accepted") == 0
        assert found.get("raingan_warnings_total", rule="outside_scale", outcome="raised") == 1
        assert found.get("raingan_warnings_total", rule="outside_scale", outcome="confirmed") == 1
        assert found.get("raingan_warnings_total", rule="mixed_eras", outcome="raised") == 0
        for waiting in ("queue_events", "queue_oldest_seconds", "outbox_messages", "outbox_paused", "pictures_waiting"):
            assert found.get(f"raingan_{waiting}") == 0
        assert (found.get("process_resident_memory_bytes") or 0) > 10_000_000
        assert [name for name in found.families if not name.startswith(("raingan_", "process_"))] == []
        assert found.labels() == documented_labels()


async def test_a_line_that_fails_shows(sqlite_url: str) -> None:
    """500, 429 and 401 are outcomes of their own; a token that LINE refuses shows as a pause, until it is taken."""
    async with town(sqlite_url, TRANSCRIPTS / "warnings.yaml", START) as place:
        person = await place.reporter("นภา", "LIB-01")
        place.platform.faults.add(
            "reply", Fault(status=500), Fault(status=429, body={"message": "busy"}), Fault(status=401)
        )
        assert await place.platform.say(person.id, "สถานะ") == 200
        found = await until(place, lambda each: each.get("raingan_outbox_paused") == 1)
        for outcome in ("ambiguous", "rate_limited", "unauthorised"):
            assert found.get("raingan_sends_total", endpoint="reply", outcome=outcome) == 1
        assert found.get("raingan_outbox_messages") == 1
        assert found.get("raingan_turn_seconds_count", stage="send") == 3
        assert found.get("raingan_turn_seconds_count", stage="whole") == 0
        place.platform.calls.clear()  # the refusals were meant


def breaking(session: Session, event: Event, facts: Facts) -> Turn | Asks:
    """The project's own conversations with one text that raises."""
    if isinstance(event.body, Text) and event.body.text == BROKEN:
        raise ZeroDivisionError(BROKEN)
    return reception.receive(session, event, facts)


async def test_a_poison_event_shows(database_url: str) -> None:
    """Two retries, then it is set aside: that is what the operator is to be woken for, also by a new process."""
    async with town(database_url, TRANSCRIPTS / "warnings.yaml", START) as place:
        await place.bot.close()
        ours = Conversations.ours()
        place.conversations = Conversations(breaking, ours.apology, ours.reminder_of_step)
        await place.start()
        await place.reporter("นภา", "LIB-01")
        await place.says("นภา", BROKEN)
        found = await until(place, lambda each: each.get("raingan_messages_ended_total", state="sent") == 1)
        assert found.get("raingan_turns_total", outcome="retry") == 2
        assert found.get("raingan_turns_total", outcome="set_aside") == 1
        await place.restart()
        found = await scrape(place)
        assert found.get("raingan_events_set_aside") == 1
        assert found.get("raingan_events_waiting") == 0
        assert found.get("raingan_turns_total", outcome="set_aside") == 0


async def test_what_cannot_be_taken_shows_by_its_status(sqlite_url: str) -> None:
    """A wrong signature, no signature, and an event without an id, each where an operator looks for it."""
    async with town(sqlite_url, TRANSCRIPTS / "warnings.yaml", START) as place:
        assert await place.platform.post(b'{"events":[]}', None) == 400
        assert await place.platform.post(b'{"events":[]}', "AAAA") == 401
        odd = b'{"events":[{"type":"message"}]}'
        assert await place.platform.post(odd, place.platform.sign(odd)) == 200
        found = await scrape(place)
        for status, count in (("200", 1), ("400", 1), ("401", 1), ("413", 0)):
            assert found.get("raingan_webhook_requests_total", status=status) == count
        assert found.get("raingan_events_ignored_total") == 1


async def test_the_quota_is_asked_once_and_never_fails_a_scrape(sqlite_url: str) -> None:
    """LINE's count stands beside its limit; while LINE does not tell, the rest is shown and that it failed."""
    async with town(sqlite_url, TRANSCRIPTS / "warnings.yaml", START) as place:
        place.platform.faults.add("quota", Fault(status=500))
        found = await until(place, lambda each: each.get("raingan_metrics_failed", part="quota") == 1)
        assert found.get("raingan_quota_used") is None
        assert found.get("raingan_events_received_total") == 0
        place.platform._api._endpoints._quota.monthly = 500
        await place.restart()
        found = await until(place, lambda each: each.get("raingan_metrics_failed", part="quota") == 0)
        assert (found.get("raingan_quota_used"), found.get("raingan_quota_limit")) == (0, 500)
        asked = sum(call.endpoint == "quota" for call in place.platform.calls)
        await scrape(place)
        assert sum(call.endpoint == "quota" for call in place.platform.calls) == asked
        place.platform.calls.clear()  # the refusal was meant


async def test_without_its_database_the_rest_is_shown(postgres_url: str) -> None:
    """The scrape an outage needs most is not lost to it."""
    async with town(postgres_url, TRANSCRIPTS / "warnings.yaml", START) as place:
        from tortoise.connection import get_connection

        connection = get_connection("default")
        await connection.execute_query("ALTER TABLE picture RENAME TO mislaid")
        found = await scrape(place)
        await connection.execute_query("ALTER TABLE mislaid RENAME TO picture")
        assert found.get("raingan_metrics_failed", part="database") == 1
        assert found.get("raingan_events_set_aside") is None
        assert found.get("raingan_queue_events") == 0


PARTS = {
    "web": {"queue", "webhook"},
    "worker": {"queue", "turns", "sending", "database", "quota", "partitions"},
    "scheduler": {"schedules"},
}


def test_the_page_about_metrics_knows_what_a_role_shows() -> None:
    """The sentence of docs/metrics.md names each part of a role, and no other."""
    said = re.search(r"A `--role web` shows (.+), a `worker` (.+), a `scheduler` (.+)\.\n", DOCS.read_text("utf-8"))
    assert said is not None
    every = {part for parts in PARTS.values() for part in parts}
    told = [{part for part in every if re.search(rf"\b{part}\b", each)} for each in said.groups()]
    assert dict(zip(PARTS, told, strict=True)) == PARTS


@pytest.mark.parametrize("role", PARTS)
async def test_a_role_shows_what_it_has(role: str, postgres_url: str, nats: Nats, tmp_path: Path) -> None:
    """Each role has its own parts; where it has to do with the queue, whose depth is asked of NATS."""
    settings = read_settings(
        _env_file=None,
        line_channel_secret="f" * 32,
        line_channel_access_token="token-of-the-channel",
        line_api_base_url="http://127.0.0.1:1",
        database_url=postgres_url,
        nats_url=nats.url,
        storage_dir=str(tmp_path / "storage"),
        metrics_token=METRICS_TOKEN,
    )
    app = make_app(settings, Clock(None, settings.timezone), roles=frozenset({role}))
    async with TestServer(app) as server, ClientSession() as session:
        async with asyncio.timeout(15):
            while True:
                async with session.get(server.make_url("/metrics"), headers=READER) as answer:
                    found = Scrape(await answer.text())
                if not found.get("raingan_metrics_failed", part="queue"):
                    break
                await asyncio.sleep(0.1)
    assert found.get("raingan_queue_events") == (0 if "queue" in PARTS[role] else None)
    assert {sample.labels["part"] for sample in found.families["raingan_metrics_failed"].samples} == PARTS[role]


@pytest.mark.parametrize(
    ("token", "given", "status"),
    [
        (METRICS_TOKEN, None, 401),
        (METRICS_TOKEN, "Bearer", 401),
        (METRICS_TOKEN, "Bearer who-reads-the-metric", 401),
        (METRICS_TOKEN, f"Basic {METRICS_TOKEN}", 401),
        (METRICS_TOKEN, f"bearer {METRICS_TOKEN}", 200),
        ("", None, 403),
        ("", "Bearer", 403),
        ("", f"Bearer {METRICS_TOKEN}", 403),
    ],
)
async def test_nobody_reads_without_the_token(token: str, given: str | None, status: int, sqlite_url: str) -> None:
    """Serving LINE, /metrics is closed to whoever does not bring the token, and to all while none is set."""
    settings = read_settings(
        _env_file=None,
        line_channel_secret="f" * 32,
        line_channel_access_token="token-of-the-channel",
        line_api_base_url="http://127.0.0.1:1",
        database_url=sqlite_url,
        storage_dir=str(Path(sqlite_url.removeprefix("sqlite://")).parent / "storage"),
        metrics_token=token,
    )
    assert (
        await answered(Metrics(settings.metrics_token.get_secret_value(), open_without=settings.simulator), given)
        == status
    )


async def answered(metrics: Metrics, given: str | None) -> int:
    from aiohttp import web

    app = web.Application()
    app.add_routes(metrics.routes())
    async with TestServer(app) as server, ClientSession() as session:
        headers = {} if given is None else {"Authorization": given}
        async with session.get(server.make_url("/metrics"), headers=headers) as answer:
            return answer.status


async def test_the_simulator_shows_without_a_token(sqlite_url: str, tmp_path: Path) -> None:
    """It listens on loopback only and its people are made up: a first look needs no setting."""
    settings = read_settings(_env_file=None, database_url=sqlite_url, storage_dir=str(tmp_path / "storage"), port=8099)
    await prepare(settings)
    async with (
        TestServer(make_app(settings, Clock(None, settings.timezone))) as server,
        ClientSession() as session,
        session.get(server.make_url("/metrics")) as answer,
    ):
        assert answer.status == 200
        assert "raingan_queue_events 0.0" in await answer.text()
        assert answer.headers["Cache-Control"] == "no-store"


async def test_openmetrics_is_spoken_to_who_asks_for_it() -> None:
    """Prometheus asks for OpenMetrics first; its stricter parser takes what we say."""
    metrics = Metrics("", open_without=True)
    metrics.join("here", part(gauge("raingan_here", "Here.", 1)))
    text, content_type = await metrics.written("application/openmetrics-text;version=1.0.0")
    assert content_type.startswith("application/openmetrics-text")
    families = read_openmetrics(text.decode())  # type: ignore[no-untyped-call]
    assert "raingan_here" in {family.name for family in families}


def part(*figures: Figure) -> Callable[[], asyncio.Future[Iterable[Figure]]]:
    def said() -> asyncio.Future[Iterable[Figure]]:
        answer: asyncio.Future[Iterable[Figure]] = asyncio.get_running_loop().create_future()
        answer.set_result(figures)
        return answer

    return said


async def test_what_takes_long_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """A scrape goes on without an answer that is late; the next one has it, and it was asked once."""
    monkeypatch.setattr("bot.metrics.remembered.WAITED_FOR", 0.05)
    asked, told = 0, asyncio.Event()

    async def ask() -> int:
        nonlocal asked
        asked += 1
        await told.wait()
        return asked

    now = time.monotonic()
    slow = Remembered(ask, 300, lambda: now)
    with pytest.raises(TimeoutError):
        await slow()
    with pytest.raises(TimeoutError):
        await slow()
    told.set()
    assert await slow() == 1
    now += 299
    assert await slow() == 1
    now += 2
    assert await slow() == 2
    await slow.close()
