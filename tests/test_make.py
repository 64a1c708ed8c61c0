"""The Makefile by itself: what a second run does, and what it says when something of the system is missing.

Nothing is installed: a script stands in for Python and notes what it was asked. The PATH holds nothing else of use.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.browser import INSTALL as INSTALL_CHROMIUM

ROOT = Path(__file__).parent.parent
COPIED = ("Makefile", "requirements.txt", "requirements-dev.txt", ".env.example")
TOOLS = ("cp", "echo", "mkdir", "rm", "touch")
INSTALL_PYTHON = "sudo apt-get install python3 python3-venv"
STANDS_IN = """#!/bin/sh
echo "$*" >> "$ASKED"
case "$*" in
  *"$FAILS"*) exit 1 ;;
  "-m venv "*) rm -rf "$4" && mkdir -p "$4/bin" && cp "$0" "$4/bin/python" ;;
esac
"""
NEVER = "(never)"


@dataclass(frozen=True)
class House:
    """A copy of what `make` needs, in a folder of its own."""

    folder: Path
    tools: Path

    def make(self, *words: str, fails: str = NEVER) -> subprocess.CompletedProcess[str]:
        """`make` with these words. The stand-in fails where it is asked something that holds `fails`."""
        found = shutil.which("make")
        assert found, "make is missing: sudo apt-get install make"
        # Not the environment of these tests: under `make test` it holds what that make was told.
        own = {"PATH": str(self.tools), "LC_ALL": "C.UTF-8", "ASKED": str(self.folder / "asked"), "FAILS": fails}
        return subprocess.run(
            [found, *words], cwd=self.folder, env=own, capture_output=True, text=True, check=False, timeout=30
        )

    def asked(self) -> list[str]:
        """What the stand-in was asked since the last time, without the looks at its version."""
        path = self.folder / "asked"
        lines = path.read_text("utf-8").splitlines() if path.exists() else []
        path.unlink(missing_ok=True)
        return [line for line in lines if line.startswith("-m ") and not line.endswith("--version")]

    def add(self, name: str) -> Path:
        """A program of this name in the PATH; it is the stand-in."""
        path = self.tools / name
        path.write_text(STANDS_IN, "utf-8")
        path.chmod(0o755)
        return path


@pytest.fixture
def house(tmp_path: Path) -> House:
    """The house on a machine without Python and without Chromium."""
    made = House(tmp_path / "house", tmp_path / "bin")
    made.folder.mkdir()
    made.tools.mkdir()
    for name in COPIED:
        shutil.copy(ROOT / name, made.folder)
    for name in TOOLS:
        path = shutil.which(name)
        assert path, name
        (made.tools / name).symlink_to(path)
    return made


def installs(asked: list[str]) -> list[str]:
    """The files that pip was told to install, in order."""
    return [each.rpartition(" ")[2] for each in asked if each.startswith("-m pip install")]


def test_the_second_setup_installs_nothing(house: House) -> None:
    """The first makes the environment and installs; the second asks nobody anything, so it needs no network."""
    house.add("python3")
    assert house.make("setup").returncode == 0
    first = house.asked()
    assert first[0] == "-m venv --clear .venv"
    assert installs(first) == ["requirements.txt"]
    assert (house.folder / ".env").stat().st_mode & 0o777 == 0o600
    (house.folder / ".env").write_text("OWN=1\n", "utf-8")
    assert "Nothing to be done" in house.make("-n", "setup").stdout
    assert house.make("setup").returncode == 0
    assert not (house.folder / "asked").exists()
    assert (house.folder / ".env").read_text("utf-8") == "OWN=1\n"


def test_the_second_run_only_starts_the_bot(house: House) -> None:
    """`make run` twice: the bot starts each time, and the second time nothing comes before it."""
    house.add("python3")
    for before in (["requirements.txt"], []):
        assert house.make("run").returncode == 0
        asked = house.asked()
        assert installs(asked) == before
        assert asked[-1] == "-m bot serve"
    assert asked == ["-m bot serve"]


def test_the_second_test_only_tests(house: House) -> None:
    """`make test` twice: what it checks is checked each time, what it installs only the first time."""
    house.add("python3")
    house.add("chromium")
    checks = ["-m ruff check .", "-m ruff format --check .", "-m mypy", "-m pytest -n 3 --dist worksteal"]
    assert house.make("test").returncode == 0
    first = house.asked()
    assert installs(first) == ["requirements.txt", "requirements-dev.txt"]
    assert first[-4:] == checks
    assert house.make("test").returncode == 0
    assert house.asked() == checks


@pytest.mark.parametrize("changed", ["requirements.txt", "Makefile"])
def test_changed_pins_are_installed(house: House, changed: str) -> None:
    """Pins that are newer than what was installed are installed, in the environment that is there."""
    house.add("python3")
    house.make("setup")
    house.asked()
    stamp = (house.folder / ".venv" / ".installed").stat().st_mtime
    os.utime(house.folder / ".venv" / ".installed", (stamp - 60, stamp - 60))
    os.utime(house.folder / changed, (stamp - 30, stamp - 30))
    assert house.make("setup").returncode == 0
    assert house.asked() == [
        "-m pip install --quiet --no-input --disable-pip-version-check --require-hashes -r requirements.txt"
    ]


def test_an_environment_without_its_python_is_made_anew(house: House) -> None:
    """The system's Python went away under a stamp that says all is well: `make setup` begins again."""
    house.add("python3")
    house.make("setup")
    house.asked()
    python = house.folder / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to(house.folder / "gone")
    assert house.make("setup").returncode == 0
    asked = house.asked()
    assert asked[0] == "-m venv --clear .venv"
    assert installs(asked) == ["requirements.txt"]


@pytest.mark.parametrize("words", [("setup",), ("run",), ("test",), ("setup", "PYTHON=/nonexistent")])
def test_a_missing_python_is_named_with_its_command(house: House, words: tuple[str, ...]) -> None:
    """Without any Python, or with one that was named wrongly, the command that installs it is said."""
    done = house.make(*words)
    assert done.returncode != 0
    assert INSTALL_PYTHON in done.stderr
    assert not (house.folder / ".venv").exists()


def test_a_python_without_venv_is_named_with_its_command(house: House) -> None:
    """Debian's Python without python3-venv, or one that is too old, is not begun with."""
    house.add("python3")
    done = house.make("setup", fails="ensurepip")
    assert done.returncode != 0
    assert INSTALL_PYTHON in done.stderr
    assert not house.asked()


def test_a_failed_download_is_said_and_tried_again(house: House) -> None:
    """Without the network the first time: what to check is said, and the next run installs after all."""
    house.add("python3")
    done = house.make("setup", fails="pip install")
    assert done.returncode != 0
    assert "HTTPS_PROXY" in done.stderr
    house.asked()
    assert house.make("setup").returncode == 0
    assert installs(house.asked()) == ["requirements.txt"]


def test_a_missing_chromium_is_named_with_its_command(house: House) -> None:
    """`make test` names what installs Chromium before it checks anything."""
    house.add("python3")
    done = house.make("test")
    assert done.returncode != 0
    assert INSTALL_CHROMIUM in done.stderr
    assert not [each for each in house.asked() if "pytest" in each]
