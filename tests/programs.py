"""System programs that some tests run: where they are, and which package brings them.

Like Chromium's (`tests.browser`), such tests fail where CI is set and are deselected elsewhere, naming the command that
installs what is missing.
"""

from __future__ import annotations

import os
import shutil

import pytest

PACKAGES = {"caddy": "caddy", "pgbouncer": "pgbouncer", "systemd-analyze": "systemd"}
"""A program and its Debian package; `.ci/run` installs these."""
_PLACES = os.pathsep.join(("/usr/sbin", "/sbin"))  # not on everybody's PATH


def program(name: str) -> str:
    """The path of a program of PACKAGES; `FileNotFoundError` names the command that installs it."""
    found = _find(name)
    if found is None:
        raise FileNotFoundError(f"{name} is missing: sudo apt-get install {PACKAGES[name]}")
    return found


def _find(name: str) -> str | None:
    return shutil.which(name) or shutil.which(name, path=_PLACES)


def _left_out() -> set[str]:
    return set() if os.environ.get("CI") else {name for name in PACKAGES if _find(name) is None}


def pytest_configure(config: pytest.Config) -> None:
    """`needs` names the program that a test runs."""
    config.addinivalue_line("markers", "needs(name): the test runs this program of tests.programs.PACKAGES")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what needs a program that is not there; in CI it stays and fails."""
    missing = _left_out()
    needing = [item for item in items if missing & {mark.args[0] for mark in item.iter_markers("needs")}]
    if needing:
        config.hook.pytest_deselected(items=needing)
        items[:] = [item for item in items if item not in needing]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the command that brings back the tests which were left out."""
    if missing := _left_out():
        packages = " ".join(PACKAGES[name] for name in sorted(missing))
        terminalreporter.write_line(f"Some tests are left out; install: sudo apt-get install {packages}", yellow=True)
