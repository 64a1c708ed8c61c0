"""The house keeps its shape: which part may import which, what stays pure, what never lies in the repository."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = ("bench", "bot", "handlers", "locales", "models", "tests")
PARTS = ("bench", "bot", "handlers", "locales", "models.migrations", "models.rules", "models.tables")
ARROWS = {
    "bench": ("bench", "bot", "handlers", "locales", "models", "tests.nats"),
    "bot": ("bot", "handlers", "locales", "models"),
    "handlers": ("handlers", "locales", "models.rules"),
    "locales": ("locales", "models.rules.fiscal"),
    "models.migrations": (),
    "models.rules": ("models.rules",),
    "models.tables": ("models.tables",),
}
PURE = ("handlers", "locales", "models.rules")
LIBRARIES_OF_PURE_PARTS = {
    "handlers": {"msgspec", "regex"},
    "locales": {"fluent", "msgspec", "pythainlp", "rapidfuzz", "regex"},
    "models.rules": {"holidays", "msgspec"},
}
IMPURE_MODULES = {
    "asyncio",
    "concurrent",
    "http",
    "logging",
    "multiprocessing",
    "os",
    "random",
    "secrets",
    "socket",
    "sqlite3",
    "subprocess",
    "tempfile",
    "threading",
    "time",
    "urllib",
}
IMPURE_METHODS = {"now", "utcnow", "today", "uuid1", "uuid4", "getenv"}
IMPURE_FUNCTIONS = {"open", "print", "input", "uuid1", "uuid4"}
TEXT_OF_THE_PROJECT = (*SOURCES, "docs", "deploy", ".ci")
TEXT_BESIDE_THEM = ("Makefile", "README.md", "CHANGELOG.md", "LICENSE", "pyproject.toml", ".env.example", ".gitignore")


def python_files(part: str) -> list[Path]:
    return sorted((ROOT / part.replace(".", "/")).rglob("*.py"))


def modules(path: Path) -> Iterator[str]:
    """The absolute names of what a file imports, one by one: `from a import b` is a.b, as b may be a module."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.relative_to(ROOT)}: imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def lies_in(module: str, part: str) -> bool:
    return f"{module}.".startswith(f"{part}.")


def texts() -> Iterator[tuple[str, str]]:
    """Name and text of every file of the project that is text, the pinned requirements included."""
    beside = [*(ROOT / name for name in TEXT_BESIDE_THEM), *ROOT.glob("requirements*.txt")]
    for path in [*beside, *(path for folder in TEXT_OF_THE_PROJECT for path in (ROOT / folder).rglob("*"))]:
        if path.is_file() and "__pycache__" not in path.parts:
            try:
                yield str(path.relative_to(ROOT)), path.read_text("utf-8")
            except UnicodeDecodeError:
                continue  # a picture


@pytest.mark.parametrize("part", PARTS)
def test_imports_follow_the_arrows(part: str) -> None:
    """A part imports of this project only what docs/architecture.md allows it."""
    wrong = [
        f"{path.relative_to(ROOT)} imports {module}"
        for path in python_files(part)
        for module in modules(path)
        if module.split(".")[0] in SOURCES and not any(lies_in(module, allowed) for allowed in ARROWS[part])
    ]
    assert wrong == []


@pytest.mark.parametrize("part", PURE)
def test_pure_parts_import_nothing_of_the_world(part: str) -> None:
    """What the bot says and decides knows no clock, chance, environment, network, database or event loop."""
    wrong = [
        f"{path.relative_to(ROOT)} imports {module}"
        for path in python_files(part)
        for module in modules(path)
        if (top := module.split(".")[0]) not in SOURCES
        and (top in IMPURE_MODULES or (top not in sys.stdlib_module_names and top not in LIBRARIES_OF_PURE_PARTS[part]))
    ]
    assert wrong == []


@pytest.mark.parametrize("part", PURE)
def test_pure_parts_neither_wait_nor_ask_the_clock(part: str) -> None:
    """No await, no coroutine, no reading of the clock or the environment: these come in as arguments."""
    wrong = []
    for path in python_files(part):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            impure = isinstance(node, ast.Await | ast.AsyncFunctionDef | ast.AsyncFor | ast.AsyncWith)
            if isinstance(node, ast.Call):
                method, function = getattr(node.func, "attr", ""), getattr(node.func, "id", "")
                impure = method in IMPURE_METHODS or function in IMPURE_FUNCTIONS
            if impure:
                wrong.append(f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}")
    assert wrong == []


def test_the_models_package_is_only_a_folder() -> None:
    """Importing a rule never loads the tables: models/__init__.py is empty."""
    assert (ROOT / "models/__init__.py").read_text("utf-8") == ""


def test_every_part_is_named_in_the_arrows() -> None:
    """A new folder beside these is a decision, so it is written down here and in docs/architecture.md."""
    models = {f"models.{path.parent.name}" for path in (ROOT / "models").glob("*/__init__.py")}
    beside = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"models", "tests"}
    assert models | beside == set(ARROWS)


def test_every_file_is_named_after_what_it_is_about() -> None:
    """No file is a drawer for what found no place."""
    drawers = {"utils", "util", "helpers", "helper", "manager", "common", "misc"}
    assert [str(path) for part in SOURCES for path in python_files(part) if path.stem in drawers] == []


def test_no_test_is_left_out() -> None:
    """Nothing is skipped or expected to fail: what passes here passed in full."""
    left_out = re.compile(r"pytest\.(?:mark\.)?(?:skip|xfail|import)")
    assert [str(path) for path in python_files("tests") if left_out.search(path.read_text("utf-8"))] == []


def test_every_test_says_what_it_holds() -> None:
    """Each test function carries one sentence."""
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in python_files("tests")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
        and not re.fullmatch(r"\S[^\n]*(\n[^\n]+)*[.!?…]", (ast.get_docstring(node) or "").strip())
    ]
    assert wrong == []


def test_every_ruff_exception_has_its_reason() -> None:
    """Each rule that is switched off, for all files or for some, says why beside it."""
    lines = (ROOT / "pyproject.toml").read_text("utf-8").splitlines()
    rules = [line for line in lines if re.match(r'\s+"[A-Z]+\d*"|".+" = \["[A-Z]+\d*"', line)]
    assert rules
    assert [line for line in rules if not re.search(r"# \S", line)] == []


def test_nothing_points_at_one_machine_or_one_registry() -> None:
    """No address of a package registry, no index line, no folder of somebody's machine lies in the repository."""
    patterns = {
        "registry": re.compile(r"https?://[a-z0-9.-]*(?:pypi|pythonhosted|npmjs|deb\.debian|registry)", re.IGNORECASE),
        "index line": re.compile(r"^\s*--?(?:i|index-url|extra-index-url|find-links|f|trusted-host)\b", re.MULTILINE),
        "machine": re.compile(r"(?:^|[^a-z.])/(?:work|farm|root|home)/[a-z.]", re.MULTILINE),
    }
    wrong = []
    for name, text in texts():
        kinds = [kind for kind in patterns if kind != "index line" or name.startswith("requirements")]
        wrong += [f"{name}: {kind}" for kind in kinds if patterns[kind].search(text)]
    assert wrong == []
    assert not (ROOT / "uv.lock").exists()


def test_the_version_is_the_same_everywhere() -> None:
    """The version in pyproject.toml is the newest one in CHANGELOG.md."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    numbered = re.findall(r"^## \[(\d+\.\d+\.\d+)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert numbered[0] == version
