"""What `deploy/` and the runbook may name: the bot's commands and their options, its settings, its routes."""

from __future__ import annotations

from pathlib import Path

import click

from bot.__main__ import main
from bot.app import make_app
from bot.clock import Clock
from bot.settings import Environment, read_settings
from tests.town import ROOT, SECRET, TOKEN

DEPLOY = ROOT / "deploy"
SETTINGS = {name.upper() for name in Environment.model_fields}


def check_command(words: list[str]) -> None:
    """Read `python -m bot WORDS` as the command line does, without running it; raises click.UsageError."""
    context = click.Context(main)
    command = main.get_command(context, words[0])
    if command is None:
        raise click.UsageError(f"there is no command {words[0]}")
    command.make_context(words[0], words[1:], parent=context)


def routes() -> set[str]:
    """The paths that a bot which serves a real channel answers, as aiohttp writes them."""
    settings = read_settings(_env_file=None, line_channel_secret=SECRET, line_channel_access_token=TOKEN)
    app = make_app(settings, Clock(None, settings.timezone))
    return {resource.canonical for resource in app.router.resources()}


def text(name: str) -> str:
    """A file of `deploy/`."""
    return Path(DEPLOY / name).read_text("utf-8")
