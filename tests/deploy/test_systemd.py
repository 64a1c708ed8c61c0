"""The units for one machine: systemd accepts them, they are shut in, and what they run exists."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from tests.deploy.bot_commands import DEPLOY, check_command, text
from tests.programs import program

UNITS = sorted(path.name for path in (DEPLOY / "systemd").iterdir() if path.suffix)
SERVICES = [name for name in UNITS if name.endswith(".service")]
PYTHON = "/opt/raingan/.venv/bin/python"
BOT = re.compile(r"\.venv/bin/python -m bot ((?:\"[^\"]*\"|[^'\n])+)")
EXPOSED = 25
"""Of 100, as `systemd-analyze security` counts; a service that says nothing has 96."""


@pytest.fixture
def units(tmp_path: Path) -> list[str]:
    """The units with this machine's Python in the place of the installed one, which verify looks for."""
    for name in UNITS:
        (tmp_path / name).write_text(text(f"systemd/{name}").replace(PYTHON, sys.executable), "utf-8")
    return [str(tmp_path / name) for name in UNITS]


def _systemd(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([program("systemd-analyze"), *words], capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.needs("systemd-analyze")
def test_systemd_accepts_the_units(units: list[str]) -> None:
    """No unknown section, setting or value, and every program is there."""
    done = _systemd("verify", "--man=no", *units)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.needs("systemd-analyze")
def test_systemd_refuses_a_slip(units: list[str]) -> None:
    """The test above can fail: a misspelt setting is told."""
    service = next(Path(each) for each in units if each.endswith("raingan.service"))
    service.write_text(service.read_text().replace("ProtectSystem=", "ProtectSytem="))
    assert "ProtectSytem" in _systemd("verify", "--man=no", str(service)).stderr


@pytest.mark.needs("systemd-analyze")
@pytest.mark.parametrize("name", SERVICES)
def test_the_services_are_shut_in(name: str, tmp_path: Path) -> None:
    """As systemd counts it, little of the machine is open to them."""
    (tmp_path / name).write_text(text(f"systemd/{name}"), "utf-8")
    done = _systemd("security", "--offline=true", f"--threshold={EXPOSED}", "--no-pager", str(tmp_path / name))
    assert done.returncode == 0, done.stdout[-500:] + done.stderr


@pytest.mark.parametrize("name", SERVICES)
def test_the_services_run_commands_of_the_bot(name: str) -> None:
    """Every `python -m bot …` is one that the command line takes."""
    found = BOT.findall(text(f"systemd/{name}"))
    assert found
    for words in found:
        check_command(shlex.split(words))


def test_a_command_that_is_none_is_refused() -> None:
    """The test above can fail."""
    for words in (["serv"], ["serve", "--rule", "web"], ["backup"]):
        with pytest.raises(click.UsageError):
            check_command(words)


def test_the_wrapper_is_a_shell_script_with_the_service_s_own_user_and_settings() -> None:
    """`sudo raingan …` runs as the service does."""
    subprocess.run(["/bin/sh", "-n", str(DEPLOY / "systemd" / "raingan")], check=True, timeout=10)
    wrapper, service = text("systemd/raingan"), text("systemd/raingan.service")
    for line in ("User=raingan", "WorkingDirectory=/var/lib/raingan", "EnvironmentFile=/etc/raingan.env", "UMask=0077"):
        assert f"--property={line}" in wrapper
        assert f"\n{line}\n" in service
    assert "PYTHONPATH=/opt/raingan" in wrapper
    assert PYTHON in wrapper


def test_commands_can_have_another_address_of_the_database_than_the_bot() -> None:
    """By way of PgBouncer nothing is backed up; of settings, those of the last file win, also over --setenv."""
    for name in ("raingan", "raingan-backup.service"):
        files = re.findall(r"EnvironmentFile=(\S+)", text(f"systemd/{name}"))
        assert files == ["/etc/raingan.env", "-/etc/raingan-direct.env"]
    assert re.findall(r"EnvironmentFile=(\S+)", text("systemd/raingan.service")) == ["/etc/raingan.env"]
    assert set(re.findall(r"/etc/raingan[\w-]*\.env", text("../docs/operations.md"))) == {
        each.lstrip("-") for each in files
    }
