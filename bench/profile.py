"""`python -m bench.profile [--quick]`: where a turn's time goes in the bot, and how much of it there is.

One process on SQLite, 32 turns in flight, LINE answering at once, as in `bench.turn`. What is counted is time of the
processor, so a busy machine changes it less than turns a second.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import click

from bench.line import Load
from bench.office import ANSWERS, BEGIN, Stage, make_office, reporters
from bench.processes import bot_environment, free_port, line, process, ready
from bench.turn import Void

ROUNDS = 6
PEOPLE = 384
IN_FLIGHT = 32
PARTS = {
    "the conversations (handlers, locales, rules)": ("/handlers/", "/locales/", "/models/rules/"),
    "what LINE accepts (limits, messages)": ("/bot/line/limits", "/bot/line/render", "/bot/line/cards"),
    "logs": ("/bot/logs", "/structlog/"),
    "calls to LINE": ("/bot/line/client",),
    "the outbox": ("/bot/delivery/",),
    "the webhook": ("/bot/webhook", "/bot/line/arrivals"),
    "the queue": ("/bot/queue/",),
    "facts": ("/bot/turn_facts", "/bot/report_rows"),
    "the database": ("/bot/sql", "/bot/database", "/tortoise/", "/aiosqlite/"),
    "the group": (
        "/bot/dispatch",
        "/bot/conversations",
        "/bot/chat_rows",
        "/bot/event_rows",
        "/bot/apply",
        "/bot/worker",
    ),
}
"""A sample belongs to the part whose code is the innermost of these; the rest is the loop and aiohttp's server."""
REST = "the loop and HTTP"
LISTED = 40
ALL_OF_IT = 0.9
"""What is below every sample, such as the loop itself, says nothing."""

Stack = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """Of the turns measured: processor time in seconds, and the samples of the main thread."""

    turns: int
    cpu_s: float
    samples: Counter[Stack]

    def shares(self) -> list[tuple[str, float]]:
        """Part → its share of the samples, the greatest first."""
        counted: Counter[str] = Counter()
        for stack, times in self.samples.items():
            counted[_part_of(stack)] += times
        return [(part, times / self.samples.total()) for part, times in counted.most_common()]

    def functions(self) -> list[tuple[str, float]]:
        """Function → the share of the samples that were in it or below it, the greatest first."""
        counted: Counter[str] = Counter()
        for stack, times in self.samples.items():
            counted.update(dict.fromkeys({f"{Path(file).name} {name}" for file, name in stack}, times))
        shares = [(name, times / self.samples.total()) for name, times in counted.most_common()]
        return [each for each in shares if each[1] < ALL_OF_IT]


def _part_of(stack: Iterable[tuple[str, str]]) -> str:
    for file, _ in stack:
        for part, places in PARTS.items():
            if any(place in file for place in places):
                return part
    return REST


async def profile(folder: Path, *, quick: bool) -> Profile:
    """Measure a few rounds of turns. Raises Void when one of them does not count."""
    people, rounds = (4, 1) if quick else (PEOPLE, ROUNDS)
    url, found = f"sqlite://{folder}/profile.sqlite3", folder / "samples"
    await make_office(url, people)
    port, turns = free_port(), 0
    async with line() as platform:
        environment = {**bot_environment(url, platform.address, folder), "SAMPLES": str(found)}
        async with process("-m", "bench.sampled", "serve", "--port", str(port), env=environment) as sampled:
            await ready(port, sampled)
            stage = Stage(url)
            await stage.open()
            try:
                await platform.run(Load([port], reporters(people, [BEGIN]), min(IN_FLIGHT, people)))
                await stage.settled(people)
                await stage.keep()
                sampled.send_signal(signal.SIGUSR1)
                begun = _cpu_of(sampled.pid)
                for _ in range(rounds):
                    await stage.set_back()
                    run = await platform.run(Load([port], reporters(people, ANSWERS), min(IN_FLIGHT, people)))
                    if run.void:
                        raise Void(run.void)
                    await stage.settled(run.events)
                    turns += run.events
                spent = _cpu_of(sampled.pid) - begun
            finally:
                await stage.close()
    samples = Counter({tuple((file, name) for file, name in stack): n for stack, n in json.loads(found.read_text())})
    return Profile(turns, spent, samples)


def _cpu_of(pid: int) -> float:
    """Seconds of processor time, all threads together, from the kernel."""
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@click.command()
@click.option("--quick", is_flag=True, help="Only to see that it runs.")
def main(*, quick: bool) -> None:
    """Print the processor time of a turn, the share of each part, and the functions it is spent in."""
    with tempfile.TemporaryDirectory(prefix="raingan-bench-") as folder:
        found = asyncio.run(profile(Path(folder), quick=quick))
    click.echo(f"{found.cpu_s / found.turns * 1000:.2f} ms of processor time a turn, {found.turns:,} turns\n")
    for part, share in found.shares():
        click.echo(f"{share:6.1%}  {part}")
    click.echo("")
    for name, share in found.functions()[:LISTED]:
        click.echo(f"{share:6.1%}  {name}")


if __name__ == "__main__":
    main(prog_name="python -m bench.profile")
