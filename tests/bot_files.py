"""What a process of the bot reads before anybody writes to it: imported by the one that `tests.bot_process` forks."""

from __future__ import annotations

import gc
import importlib

import linebot.v3.messaging
import openpyxl

import bot.app
from bot.__main__ import COMMANDS
from bot.settings import read_settings
from locales.catalog import words

__all__ = ["bot", "linebot", "openpyxl"]

for file, _ in COMMANDS.values():
    importlib.import_module(f"bot.commands.{file}")
for language in ("th", "en"):
    words(language)
read_settings(_env_file=None)
gc.collect()
gc.freeze()  # a start looks through what it has made for garbage: this it has not
