"""The runbook: its commands are ones that exist, its words are those that the bot says, and each symptom is in Thai."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest
import regex

from bot import health, running
from bot.evidence import jobs
from bot.roles import worker
from tests.deploy.bot_commands import DEPLOY, SETTINGS, check_command, routes
from tests.deploy.test_compose import SERVICES
from tests.deploy.test_systemd import UNITS
from tests.town import ROOT

TEXT = (ROOT / "docs" / "operations.md").read_text("utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL)
LINES = [line for block in BLOCKS for line in block.splitlines() if line]
COMPOSE = "docker compose -f deploy/compose.yaml "
PROGRAMS = {
    "chmod",
    "chronyc",
    "cp",
    "curl",
    "df",
    "docker",
    "editor",
    "find",
    "install",
    "journalctl",
    "make",
    "raingan",
    "systemctl",
    "timedatectl",
    "useradd",
}
REASONS = (
    "database unreachable",
    "queue unreachable",
    "starting or stopping",
    "sending paused: ",
    "LINE refuses the access token",
    "pictures paused",
    "storage",
)


def test_every_block_is_a_shell_script() -> None:
    """As the shell reads it, without running it."""
    assert len(BLOCKS) > 10
    for block in BLOCKS:
        subprocess.run(["/bin/bash", "-n"], input=block, text=True, check=True, timeout=10)


@pytest.mark.parametrize("line", dict.fromkeys(LINES))
def test_every_command_exists(line: str) -> None:
    """The program is a known one; what is asked of the bot, of compose and of systemd is there."""
    words = shlex.split(line)
    words = words[1:] if words[0] == "sudo" else words
    assert words[0] in PROGRAMS
    if words[0] == "raingan":
        check_command(words[1:])
    elif line.startswith(COMPOSE):
        _check_compose(shlex.split(line.removeprefix(COMPOSE)))
    elif words[0] == "systemctl":
        for unit in words[1:]:
            known = unit in {"caddy", "raingan", "postgresql", *UNITS}
            assert known or unit.startswith("-") or re.fullmatch(r"[a-z-]+", unit), unit
    elif words[0] in {"cp", "install", "make"}:
        for name in (word.removeprefix("/opt/raingan/") for word in words if word.startswith("/opt/raingan/")):
            assert (ROOT / name).is_file(), name


def _check_compose(words: list[str]) -> None:
    """A verb of compose, services of ours, and after `run` a command of the bot."""
    verb, *rest = words
    assert verb in {"build", "exec", "logs", "ps", "run", "stop", "up"}
    named = [word for word in rest if not word.startswith("-") and not re.fullmatch(r"15m|\d+", word)]
    if verb in {"exec", "run"}:
        assert named[0] in SERVICES
        if verb == "run" and len(named) > 1:
            check_command(rest[rest.index(named[0]) + 1 :])
    else:
        assert set(named) <= set(SERVICES)


def test_old_backups_go_everywhere() -> None:
    """A night's backup lets go of old ones once it has succeeded: by the unit on one machine, by cron on several."""
    (cron,) = re.findall(r"`0 3 \* \* \* ([^`]+)`", TEXT)
    folder, made, old = cron.split(" && ")
    assert folder.startswith("cd ")
    _check_compose(shlex.split(made.removeprefix("docker compose ")))
    unit = (DEPLOY / "systemd" / "raingan-backup.service").read_text("utf-8")
    (in_unit,) = re.findall(r"ExecStartPost=/usr/bin/(find .+)", unit)
    assert shlex.split(old)[2:] == [word for word in shlex.split(in_unit)[2:] if word not in {"-maxdepth", "1"}]


def test_every_reason_of_readyz_is_explained() -> None:
    """The table names what /readyz may say, and the code still says it."""
    said = "".join(Path(str(module.__file__)).read_text("utf-8") for module in (health, jobs, running, worker))
    for reason in REASONS:
        assert reason in said
        assert f"`{reason.rstrip(': ')}" in TEXT
    appended = set(re.findall(r'reasons\.(?:append|insert)\((?:0, )?f?"([a-z :]+)', said))
    assert appended <= set(REASONS)


def test_every_symptom_has_a_thai_heading() -> None:
    """Thai · English, and each link within the page leads to a heading."""
    headings = re.findall(r"^##? (.+)$", TEXT, re.MULTILINE)
    for heading in headings:
        thai, _, english = heading.partition(" · ")
        assert re.search("[ก-๙]", thai), heading
        assert re.search("[A-Za-z]", english), heading
    anchors = {regex.sub(r"[^\p{L}\p{M}\p{N}_\s-]", "", heading.lower()).replace(" ", "-") for heading in headings}
    assert set(re.findall(r"\]\(#([^)]+)\)", TEXT)) <= anchors


def test_settings_routes_and_units_that_are_named_exist() -> None:
    """A setting in capitals, a route and a unit are those of the code."""
    capitals = set(re.findall(r"\b[A-Z]+(?:_[A-Z]+)+\b", TEXT))
    assert capitals <= SETTINGS
    assert {"/callback", "/healthz", "/readyz", "/metrics"} <= set(re.findall(r"/[a-z]+\b", TEXT)) & routes()
    assert set(re.findall(r"raingan[\w-]*\.(?:service|timer)", TEXT)) <= set(UNITS)
