"""Checking decoded JSON against tables: each property has a check, and a check yields what is wrong and where."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.simulator.counting import utf16_units

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing LINE would refuse; `path` leads from the request body to it: ("messages", 0, "text")."""

    path: Path
    message: str


Check = Callable[[Any, Path], Iterator[Problem]]


def fields(
    value: Any,
    path: Path,
    *,
    required: Mapping[str, Check],
    optional: Mapping[str, Check] | None = None,
) -> Iterator[Problem]:
    """Check an object: every required property is there, every property is known, and each passes its own check."""
    if not isinstance(value, dict):
        yield Problem(path, "must be an object")
        return
    known = {**(optional or {}), **required}
    for name in required:
        if value.get(name) is None:
            yield Problem((*path, name), "must be specified")
    for name, held in value.items():
        check = known.get(name)
        if check is None:
            yield Problem((*path, name), "unknown field")
        elif held is not None:
            yield from check(held, (*path, name))


def text(most: int, *, least: int = 1, count: Callable[[str], int] = utf16_units) -> Check:
    """A string of `least` to `most` characters as `count` counts them."""

    def check(value: Any, path: Path) -> Iterator[Problem]:
        if not isinstance(value, str):
            yield Problem(path, "must be a string")
        elif least and not value.strip():
            yield Problem(path, "May not be empty")
        elif not least <= count(value) <= most:
            yield Problem(path, f"Length must be between {least} and {most}")

    return check


def pattern(expression: str, *, most: int | None = None) -> Check:
    """A string that matches the whole of `expression`, of at most `most` UTF-16 units."""
    compiled = re.compile(expression)

    def check(value: Any, path: Path) -> Iterator[Problem]:
        if not isinstance(value, str) or compiled.fullmatch(value) is None:
            yield Problem(path, "invalid property")
        elif most is not None and utf16_units(value) > most:
            yield Problem(path, f"Length must be between 0 and {most}")

    return check


def one_of(*allowed: str) -> Check:
    """One of the given words."""

    def check(value: Any, path: Path) -> Iterator[Problem]:
        if not isinstance(value, str) or value not in allowed:
            yield Problem(path, f"must be one of the following values: {', '.join(allowed)}")

    return check


def whole_number(least: int, most: int) -> Check:
    """An integer within bounds."""

    def check(value: Any, path: Path) -> Iterator[Problem]:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            yield Problem(path, f"must be an integer between {least} and {most}")

    return check


def number(least: float, most: float) -> Check:
    """A number within bounds."""

    def check(value: Any, path: Path) -> Iterator[Problem]:
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            yield Problem(path, f"must be a number between {least} and {most}")

    return check


def truth(value: Any, path: Path) -> Iterator[Problem]:
    """Check for true or false."""
    if not isinstance(value, bool):
        yield Problem(path, "must be a boolean")


HTTPS_ADDRESS = pattern(r"https://\S+", most=2000)


def anything(value: Any, path: Path) -> Iterator[Problem]:
    """Accept whatever is there."""
    del value, path
    yield from ()


def array(each: Check, *, least: int, most: int) -> Check:
    """An array of `least` to `most` items, each passing `each`."""

    def check(value: Any, path: Path) -> Iterator[Problem]:
        if not isinstance(value, list):
            yield Problem(path, "must be an array")
            return
        if not least <= len(value) <= most:
            yield Problem(path, f"Size must be between {least} and {most}")
        for position, item in enumerate(value):
            yield from each(item, (*path, position))

    return check


def kind_of(value: Any, path: Path, allowed: Collection[str]) -> Iterator[Problem]:
    """Check an object's `type` against those allowed in its place."""
    if not isinstance(value, dict):
        yield Problem(path, "must be an object")
    elif not isinstance(value.get("type"), str):
        yield Problem((*path, "type"), "must be specified")
    elif value["type"] not in allowed:
        yield Problem((*path, "type"), f"must be one of the following values: {', '.join(sorted(allowed))}")


def by_kind(checks: Mapping[str, Check]) -> Check:
    """An object whose `type` is one of the table's, checked as the table says."""

    def check(value: Any, path: Path) -> Iterator[Problem]:
        wrong = tuple(kind_of(value, path, checks))
        yield from wrong
        if not wrong:
            yield from checks[value["type"]](value, path)

    return check
