"""`python -m bench [PARTS] [--quick]`: measure, and write the tables of docs/performance.md."""

from __future__ import annotations

import asyncio
import tempfile
import time
from pathlib import Path

import click

from bench import acknowledgement, growth, page_load, pages, reminders, start, tables, turn

DOCUMENT = Path(__file__).parents[1] / "docs/performance.md"


async def _turn(folder: Path, say: turn.Say, *, quick: bool) -> str:
    return tables.of_turns(await turn.one_process(folder, say, quick=quick))


async def _several(folder: Path, say: turn.Say, *, quick: bool) -> str:
    return tables.of_turns(await turn.several_processes(folder, say, quick=quick))


async def _acknowledgement(folder: Path, say: turn.Say, *, quick: bool) -> str:
    return tables.of_overload(await acknowledgement.acknowledgement(folder, say, quick=quick))


async def _growth(folder: Path, say: turn.Say, *, quick: bool) -> str:
    return tables.of_growth(await growth.growth(folder, say, quick=quick))


async def _start(folder: Path, say: turn.Say, *, quick: bool) -> str:
    return tables.of_start(await start.start(folder, say, quick=quick))


async def _pages(folder: Path, say: turn.Say, *, quick: bool) -> str:
    rates = pages.table(await pages.pages(folder, say, quick=quick))
    with tempfile.TemporaryDirectory(prefix="raingan-bench-") as another:
        loaded = page_load.table(await page_load.page_load(Path(another), say, quick=quick))
    return f"{rates}\n\nWhile the bot has all it can handle:\n\n{loaded}\n"


async def _reminders(folder: Path, say: turn.Say, *, quick: bool) -> str:
    return reminders.table(await reminders.reminders(folder, say, quick=quick))


PARTS = {
    "turn": _turn,
    "several": _several,
    "acknowledgement": _acknowledgement,
    "growth": _growth,
    "start": _start,
    "pages": _pages,
    "reminders": _reminders,
}


@click.command()
@click.argument("parts", nargs=-1, type=click.Choice(list(PARTS)))
@click.option("--quick", is_flag=True, help="A glance that measures next to nothing: to see that all of it runs.")
@click.option("--write/--no-write", default=True, help="Write the tables into docs/performance.md; not after --quick.")
def main(parts: tuple[str, ...], *, quick: bool, write: bool) -> None:
    """Measure PARTS, all unless named; docs/performance.md says what each of them is."""
    begun = time.monotonic()

    def say(text: str) -> None:
        click.echo(f"[{time.monotonic() - begun:4.0f} s] {text}", err=True)

    for name in parts or PARTS:
        say(f"── {name}")
        with tempfile.TemporaryDirectory(prefix="raingan-bench-") as folder:
            table = asyncio.run(PARTS[name](Path(folder), say, quick=quick))
        click.echo(table)
        if write and not quick:
            DOCUMENT.write_text(tables.replaced(DOCUMENT.read_text("utf-8"), name, table), "utf-8")


if __name__ == "__main__":
    main(prog_name="python -m bench")
