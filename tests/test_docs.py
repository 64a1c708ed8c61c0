"""The documents say what the code does: every command, chat word, file and link that they name is there."""

from __future__ import annotations

import ast
import importlib
import re
from datetime import date
from pathlib import Path

import click
import pytest
import yaml

from bot.__main__ import COMMANDS
from bot.setup.checked import Known, check_setup
from bot.setup.columns import SECTIONS, SUB_MEASURE
from bot.setup.yaml_file import parse_yaml
from locales.catalog import words
from locales.date_moves import read_move
from locales.one_message import read_report
from locales.thai_commands import PHRASES, Command, command
from locales.thai_corrections import read_correction
from locales.thai_questions import intent
from models.rules.fiscal import Quarter

ROOT = Path(__file__).parent.parent
DOCUMENTS = (ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md")))
COMMAND_FILES = sorted((ROOT / "bot/commands").glob("[a-z]*.py"))
COURTESIES = {Command.GREETING, Command.THANKS, Command.LANGUAGE}
"""Understood without being commands that anybody has to know; the languages have their own phrases."""
LABELS = (
    "answer-button-rewrite",
    "report-button-example",
    "report-button-look",
    "report-button-reuse-library",
    "report-button-reuse-quarter",
)
"""Buttons of single questions that the README names, because they may be typed as well."""


def readme() -> str:
    return (ROOT / "README.md").read_text("utf-8")


def chat_words() -> list[str]:
    """What the README's table of chat words says may be typed, a code in place of the word for one."""
    table = readme().split("## คำที่พิมพ์ได้ในแชต", 1)[1].split("\n## ", 1)[0]
    rows = [line for line in table.splitlines() if line.startswith("| `")]
    typed = [word for row in rows for cell in row.split("|")[1:3] for word in re.findall(r"`([^`]+)`", cell)]
    return [re.sub("รหัส$|CODE$", "LIB-7K4M", word) for word in typed]


def test_every_chat_word_is_in_the_readme() -> None:
    """Whatever may be asked for in the chat stands in the README's table by its usual word."""
    documented = {said.command for word in chat_words() if (said := command(word)) is not None}
    assert set(PHRASES) - COURTESIES - documented == set()
    assert Command.LANGUAGE in documented


def understood(text: str) -> bool:
    """As a command, a question in one's own words, a correction, a whole report, or one of the named buttons."""
    return (
        any(each is not None for each in (command(text), intent(text), read_correction(text)))
        or read_move(text, date(2027, 1, 5)) is not None
        or read_report(text, {"2300-848": ("ห้อง",)}, Quarter(2570, 3)) is not None
        or text in {words(language)(label) for language in ("th", "en") for label in LABELS}
    )


@pytest.mark.parametrize("word", chat_words())
def test_every_chat_word_of_the_readme_is_understood(word: str) -> None:
    """What the README tells people to type is read as what it is meant for, in both languages."""
    assert understood(word)


def test_what_the_readme_does_not_list_is_not_understood() -> None:
    """The test above can fail: content is none of these."""
    assert not understood("จัดกิจกรรมเล่านิทานที่สวนสาธารณะ")


def test_every_named_button_is_in_the_readme() -> None:
    """Each button that may be typed stands in the README in both languages."""
    assert {words(language)(label) for language in ("th", "en") for label in LABELS} <= set(chat_words())


def test_every_command_of_the_command_line_is_in_the_readme() -> None:
    """The README's table has a row for each command, and no row is left over."""
    assert set(re.findall(r"^\| `python -m bot (\w+)", readme(), re.MULTILINE)) == set(COMMANDS)


def test_every_command_of_the_command_line_is_listed() -> None:
    """Each command in bot/commands is one that bot/__main__.py lists, and the other way round."""
    modules = {path.stem: importlib.import_module(f"bot.commands.{path.stem}") for path in COMMAND_FILES}
    commands = {name for name, module in modules.items() if isinstance(getattr(module, "command", None), click.Command)}
    assert commands == {module for module, _ in COMMANDS.values()}


def test_every_make_target_that_is_named_exists() -> None:
    """The documents name no target that the Makefile does not have."""
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {
        name for path in DOCUMENTS for name in re.findall(r"(?:`|^)make (\w+)", path.read_text("utf-8"), re.MULTILINE)
    }
    assert {"run", "test"} <= named <= targets


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_file_that_is_named_exists(path: Path) -> None:
    """A link or a file name in a document leads somewhere."""
    text = path.read_text("utf-8")
    links = [path.parent / link for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", text)]
    names = re.findall(r"\b((?:bot|handlers|locales|models|tests|docs)/[\w./-]*\w\.(?:py|ftl|md|yaml))\b", text)
    missing = [str(each) for each in (*links, *(ROOT / name for name in names)) if not each.exists()]
    assert missing == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_dotted_name_exists(path: Path) -> None:
    """A module or function that a document calls by its dotted name can be imported."""
    for name in re.findall(r"`((?:bot|handlers|locales|models)(?:\.\w+)+)`", path.read_text("utf-8")):
        module, _, attribute = name.rpartition(".")
        if (
            not (ROOT / name.replace(".", "/")).with_suffix(".py").exists()
            and not (ROOT / name.replace(".", "/")).is_dir()
        ):
            assert hasattr(importlib.import_module(module), attribute)


def test_every_column_of_a_set_up_is_documented() -> None:
    """docs/import.md names each section with its columns and marks those that are required."""
    text = (ROOT / "docs/import.md").read_text("utf-8").split("\n- `units`", 1)[1]
    listed = dict(re.findall(r"^- `(\w+)`: (.*?)(?=^- `\w+`: |\Z)", f"- `units`{text}", re.MULTILINE | re.DOTALL))
    assert set(listed) == set(SECTIONS)
    for name, section in [*SECTIONS.items(), ("indicators", SUB_MEASURE)]:
        assert [column for column in section.columns if f"`{column}`" not in listed[name]] == []
        assert [column for column in section.required if f"**`{column}`**" not in listed[name]] == []


def test_the_example_of_a_set_up_can_be_imported() -> None:
    """The YAML in docs/import.md passes every check of an import into empty tables."""
    example = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs/import.md").read_text("utf-8"), re.DOTALL)[0]
    setup = check_setup(parse_yaml(example, "docs/import.md"), Known())
    assert [entry.key[0] for entry in setup["indicators"]] == ["2300-848"]
    assert len(setup["rounds"]) == 2


def log_calls() -> dict[str, set[str]]:
    """Each line that the code logs → its fields, read from the code; an exception is a field as well."""
    levels = {"debug", "info", "warning", "error", "exception", "log"}
    found: dict[str, set[str]] = {}
    for path in (ROOT / "bot").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in levels:
                level, logger = node.func.attr, node.func.value
                if isinstance(logger, ast.Name) and logger.id == "_log":
                    event = node.args[1 if level == "log" else 0]
                    assert isinstance(event, ast.Constant), f"{path.name}:{node.lineno}: a log line has a fixed name"
                    fields = {keyword.arg or "**" for keyword in node.keywords}
                    found.setdefault(str(event.value), set()).update(fields, ["exception"] * (level == "exception"))
    return found


def rows_of(text: str, *columns: int) -> dict[str, tuple[set[str], ...]]:
    """A table's rows by the name in their first cell: the names in further cells."""
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines() if line.startswith("| `")]
    return {row[0].strip("`"): tuple(set(re.findall(r"`(\w+)`", row[column])) for column in columns) for row in rows}


def test_every_line_of_the_log_is_documented() -> None:
    """docs/metrics.md has each line with exactly its fields, so a field that tells too much is seen in review."""
    rows = rows_of((ROOT / "docs/metrics.md").read_text("utf-8").split("\n## Logs")[1], 2)
    documented, logged = {name: fields for name, (fields,) in rows.items()}, log_calls()
    other = {name for name in documented.keys() | logged.keys() if documented.get(name) != logged.get(name)}
    assert {name: (logged.get(name), "in the code", documented.get(name), "documented") for name in other} == {}


def test_the_alarms_name_metrics_that_exist() -> None:
    """The rules in docs/metrics.md are YAML, each with a name and an expression over documented metrics."""
    text = (ROOT / "docs/metrics.md").read_text("utf-8")
    documented = set(rows_of(text.split("\n## Logs")[0]))
    (rules,) = (
        group["rules"] for group in yaml.safe_load(re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)[1])["groups"]
    )
    assert len({rule["alert"] for rule in rules}) == len(rules) > 5
    for rule in rules:
        named = re.findall(r"raingan_\w+", rule["expr"])
        assert named
        assert {name.removesuffix("_bucket") for name in named} <= documented


def test_every_metric_is_documented() -> None:
    """docs/metrics.md has each metric that the code names, and no other; their labels are held by tests/bot."""
    documented = set(rows_of((ROOT / "docs/metrics.md").read_text("utf-8").split("\n## Logs")[0]))
    named = {
        name
        for path in (ROOT / "bot/metrics").glob("*.py")
        for name in re.findall(r'"(raingan_\w+)"', path.read_text("utf-8"))
    }
    assert documented == named
