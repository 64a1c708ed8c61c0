"""The pinned requirements install the same on every supported Python, with nothing left to chance."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PYTHONS = ("3.11", "3.12", "3.13")
RUNTIME = ("requirements.txt",)
EVERYTHING = ("requirements.txt", "requirements-dev.txt")


def pinned(name: str) -> list[tuple[Requirement, int]]:
    """Each pin of a file with the number of its hashes."""
    entries = re.split(r"\n(?=[A-Za-z0-9])", (ROOT / name).read_text("utf-8"))
    return [(Requirement(entry.split(" \\\n")[0].strip()), entry.count("--hash=sha256:")) for entry in entries]


def declared(group: str) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    lines = project["project"]["dependencies"] if group == "runtime" else project["dependency-groups"][group]
    return [Requirement(line) for line in lines]


def environment(python: str, platform: str) -> dict[str, str]:
    names = {"linux": ("posix", "Linux"), "darwin": ("posix", "Darwin")}
    os_name, system = names[platform]
    return {
        **{key: str(value) for key, value in default_environment().items()},
        "python_version": python,
        "python_full_version": f"{python}.0" if python != "3.11" else "3.11.2",
        "sys_platform": platform,
        "os_name": os_name,
        "platform_system": system,
    }


def closure(roots: Iterable[Requirement], where: dict[str, str], pins: dict[str, Requirement]) -> set[str]:
    """Everything that must be installed: what is asked for, and what that asks for, as the installed metadata say."""
    needed: set[str] = set()
    seen: set[tuple[str, str]] = set()
    waiting = [(root, "") for root in roots]
    while waiting:
        requirement, extra = waiting.pop()
        if requirement.marker is not None and not requirement.marker.evaluate({**where, "extra": extra}):
            continue
        name = canonicalize_name(requirement.name)
        needed.add(name)
        for wanted in ("", *requirement.extras):
            if (name, wanted) not in seen and name in pins:
                seen.add((name, wanted))
                waiting += [(Requirement(line), wanted) for line in distribution(name).requires or ()]
    return needed


@pytest.mark.parametrize("name", EVERYTHING)
def test_every_requirement_is_pinned_with_hashes(name: str) -> None:
    """A line is one exact version and at least one hash, and there is nothing else in the file."""
    entries = pinned(name)
    assert entries
    assert [
        str(pin) for pin, hashes in entries if not hashes or not re.fullmatch(r"==[^=*]+", str(pin.specifier))
    ] == []
    others = [
        line
        for line in (ROOT / name).read_text("utf-8").splitlines()
        if not re.match(r"[A-Za-z0-9][\w.-]*==|    --hash=sha256:[0-9a-f]{64}|    # via ", line)
    ]
    assert others == []


@pytest.mark.parametrize("platform", ["linux", "darwin"])
@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize(("groups", "names"), [(("runtime",), RUNTIME), (("runtime", "dev"), EVERYTHING)])
def test_the_pins_are_complete_for_every_python(
    groups: tuple[str, ...], names: tuple[str, ...], python: str, platform: str
) -> None:
    """Whatever is needed on a supported Python has exactly one version there, and one that pyproject.toml accepts."""
    where = environment(python, platform)
    pins: dict[str, Requirement] = {}
    for pin in (pin for name in names for pin, _ in pinned(name)):
        if pin.marker is None or pin.marker.evaluate(where):
            name = canonicalize_name(pin.name)
            assert str(pins.get(name, pin).specifier) == str(pin.specifier)
            pins[name] = pin
    roots = [each for group in groups for each in declared(group)]
    assert closure(roots, where, pins) - set(pins) == set()
    for root in roots:
        version = str(pins[canonicalize_name(root.name)].specifier).removeprefix("==")
        assert root.specifier.contains(version)
