"""`python -m bot remind` in a second terminal, beside the simulator that `make run` starts."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

from bot.settings import Environment
from tests.bot.simulator.walker import ROOT, Bot, running_bot

DAYS_BEFORE_DUE = "2027-01-03T09:00:00+07:00"


def remind(bot: Bot, *words: str, port: int) -> subprocess.CompletedProcess[str]:
    """The command with the settings that the running bot has, in a process of its own."""
    names = {name.upper() for name in Environment.model_fields}
    kept = {name: value for name, value in os.environ.items() if name not in names}
    settings = {"PYTHONPATH": str(ROOT), "DATABASE_URL": f"sqlite://{bot.database}", "PORT": str(port)}
    return subprocess.run(
        [sys.executable, "-m", "bot", "remind", *words],
        cwd=bot.database.parent,
        env=kept | settings,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_plan_follows_the_running_simulator(tmp_path: Path, sqlite_template: Path) -> None:
    """Its quota and its moved clock are asked for; where nothing listens a sentence says what to do."""
    shutil.copy(sqlite_template, Bot(tmp_path).database)
    with running_bot(tmp_path, "2026-12-20T09:00:00+07:00") as bot:
        port = urlsplit(bot.url).port or 0
        moved = urllib.request.Request(
            f"{bot.url}/simulator/clock",
            data=json.dumps({"now": DAYS_BEFORE_DUE}).encode(),
            headers={"Content-Type": "application/json"},
        )
        urllib.request.urlopen(moved, timeout=10).close()
        plan = remind(bot, "--plan", port=port)
    assert plan.returncode == 0, plan.stderr
    assert "3 ม.ค. 70 โควตาเดือนนี้ 300 ใช้แล้ว 0" in plan.stdout
    assert "2027-01-04 (due 2027-01-11)" in plan.stdout
    alone = remind(bot, "--plan", port=port)
    assert alone.returncode == 1
    assert f"ไม่มีตัวจำลองที่ {bot.url}" in alone.stderr
    assert "Traceback" not in alone.stderr
