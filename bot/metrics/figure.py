"""One figure of /metrics, before it is written down in Prometheus's way."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.durations import Durations


@dataclass(frozen=True, slots=True)
class Figure:
    """A metric with all its samples.

    `name` begins with `raingan_`; a counter's ends with `_total`. `values` are by the values of `labels`, in their
    order, and a histogram's are `durations` instead.
    """

    name: str
    kind: Literal["counter", "gauge", "histogram"]
    meaning: str
    labels: tuple[str, ...] = ()
    values: Mapping[tuple[str, ...], float] = field(default_factory=dict)
    durations: Mapping[tuple[str, ...], Durations] = field(default_factory=dict)


def counter(name: str, meaning: str, labels: tuple[str, ...], values: Mapping[tuple[str, ...], float]) -> Figure:
    """What only grows while the process lives."""
    return Figure(name, "counter", meaning, labels, values)


def gauge(name: str, meaning: str, value: float) -> Figure:
    """What is so at this moment."""
    return Figure(name, "gauge", meaning, (), {(): value})


def histogram(
    name: str, meaning: str, labels: tuple[str, ...], durations: Mapping[tuple[str, ...], Durations]
) -> Figure:
    """How long things took, in seconds."""
    return Figure(name, "histogram", meaning, labels, {}, durations)


Part = Callable[[], Awaitable[Iterable[Figure]]]
"""What one part of the process has to say; may raise, and then it is left out and counted as failed."""
