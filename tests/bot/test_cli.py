"""The command line: quick help, sentences instead of tracebacks, and a server that starts and ends on a signal."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from bot.__main__ import COMMANDS, UNUSABLE
from bot.settings import Environment

ROOT = Path(__file__).parents[2]
HEAVY = ("aiohttp", "linebot", "pydantic", "pythainlp", "tortoise")


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In an empty folder: what stands in the project's own `.env` does not count."""
    monkeypatch.chdir(tmp_path)


def environment(**changes: str) -> dict[str, str]:
    """The machine's, without any setting of the bot."""
    names = {name.upper() for name in Environment.model_fields}
    kept = {name: value for name, value in os.environ.items() if name not in names}
    return kept | {"PYTHONPATH": str(ROOT)} | changes


def run(*words: str, **changes: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        env=environment(**changes),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_help_lists_the_commands_and_imports_nothing_heavy() -> None:
    """`--help` answers at once because the commands' files are not read."""
    asks = (
        "import sys; from bot.__main__ import main; main(['--help'], standalone_mode=False); print(sorted(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", asks], env=environment(), capture_output=True, text=True, check=True)
    for name in COMMANDS:
        assert f"\n  {name} " in done.stdout
    for module in HEAVY:
        assert f"'{module}'" not in done.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str) -> None:
    """Each file in the list is there and says what it does."""
    done = run(name, "--help")
    assert done.returncode == 0, done.stderr
    assert f"Usage: python -m bot {name}" in done.stdout


def test_no_command_logs_a_line_id() -> None:
    """Whatever is logged by a command that knows nothing of logging has been looked through."""
    line_id = "U8e742f61d673b39c7fff3cecb7536ef0"
    logs = (
        "import structlog; from bot.__main__ import main\n"
        "try: main(['migrate', '--help'])\n"
        f"except SystemExit: structlog.get_logger().info('seen', chat='{line_id}')"
    )
    done = subprocess.run([sys.executable, "-c", logs], env=environment(), capture_output=True, text=True, check=True)
    assert re.search(r'"chat":"chat-[0-9a-f]{12}"', done.stderr)
    assert line_id not in done.stdout + done.stderr


def test_an_unknown_command_is_named() -> None:
    """A slip of the hand is answered, with the usual code for wrong usage."""
    done = run("servr")
    assert done.returncode == 2
    assert "servr" in done.stderr


def test_wrong_settings_stop_the_start_with_a_sentence() -> None:
    """Exit code 2, the setting's name in Thai and English, no traceback, and the secret not shown."""
    done = run("serve", LINE_CHANNEL_SECRET="hunter2hunter2")
    assert done.returncode == UNUSABLE
    assert re.match(r"LINE_CHANNEL_ACCESS_TOKEN: .*[ก-๙].* / .*is not set", done.stderr)
    assert "Traceback" not in done.stderr
    assert "hunter2" not in done.stderr + done.stdout


def test_a_database_that_cannot_be_opened_is_said_in_a_sentence() -> None:
    """Exit code 2, no traceback, and the password not shown."""
    done = run("serve", DATABASE_URL="postgres://nobody:hunter2@127.0.0.1:1/none")
    assert done.returncode == UNUSABLE
    assert "DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr
    assert "hunter2" not in done.stderr + done.stdout


@pytest.mark.parametrize("words", [(), ("--list", "--all"), ("01K", "--all")])
def test_replay_wants_one_thing(words: tuple[str, ...]) -> None:
    """Nothing, or two things at once, is wrong usage."""
    assert run("replay", *words).returncode == 2


def test_replay_lists_nothing_where_nothing_is_set_aside(sqlite_url: str) -> None:
    """An empty list is said, not left blank."""
    done = run("replay", "--list", DATABASE_URL=sqlite_url)
    assert (done.returncode, done.stdout) == (0, "ไม่มีรายการ / nothing is set aside\n")


def test_replay_without_tables_says_what_to_do(tmp_path: Path) -> None:
    """A sentence that names the command, not a traceback."""
    done = run("replay", "--all", DATABASE_URL=f"sqlite://{tmp_path / 'empty.sqlite3'}")
    assert done.returncode == UNUSABLE
    assert "python -m bot migrate" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_simulator_starts_says_where_to_look_and_ends_on_a_signal(tmp_path: Path) -> None:
    """Without credentials: tables and demonstration data are made, the page is served, SIGTERM ends it with 0."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"sqlite://{tmp_path / 'var' / 'simulator.sqlite3'}"
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "serve", "--port", str(port)],
        env=environment(DATABASE_URL=url),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as bot:
        assert bot.stdout is not None
        said = bot.stdout.readline() + bot.stdout.readline()
        address = f"http://127.0.0.1:{port}/simulator/"
        try:
            assert said.count(address) == 2
            with urllib.request.urlopen(address, timeout=5) as page:
                assert page.status == 200
            busy = run("serve", "--port", str(port), DATABASE_URL=url)
            assert busy.returncode == UNUSABLE
            assert busy.stderr.splitlines()[-1].startswith(f"PORT: เปิดพอร์ต {port}")
            assert "Traceback" not in busy.stderr
        finally:
            bot.send_signal(signal.SIGTERM)
            _, errors = bot.communicate(timeout=15)
    assert bot.returncode == 0
    assert "Traceback" not in errors
