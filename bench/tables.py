"""What was measured as the Markdown tables of docs/performance.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bench.acknowledgement import Overloaded
from bench.figures import spread
from bench.growth import Grown
from bench.start import Started
from bench.turn import OURS, SHIPPED, TUNED, Series


def replaced(text: str, part: str, table: str) -> str:
    """The document with this part's table in place of the one before, between its two marks."""
    begin, end = f"<!-- {part} -->\n", f"<!-- end of {part} -->\n"
    before, _, rest = text.partition(begin)
    _, found, after = rest.partition(end)
    if not found:
        raise ValueError(f"the document has no place for {part}")
    return f"{before}{begin}\n{table}\n{end}{after}"


def of_turns(series: Sequence[Series]) -> str:
    """The ratios against both peers round by round, then what they are ratios of."""
    ratios = _table(
        ("in flight", "LINE", "turns/s ÷ shipped", "turns/s ÷ tuned", "p99 ÷ shipped", "p99 ÷ tuned"),
        (
            (
                each.shape.in_flight,
                f"{each.shape.delay_s * 1000:.0f} ms",
                f"**{each.faster(OURS, SHIPPED)}**",
                f"**{each.faster(OURS, TUNED)}**",
                each.slower_p99(OURS, SHIPPED),
                each.slower_p99(OURS, TUNED),
            )
            for each in series
        ),
    )
    medians = _table(
        ("in flight", "LINE", *(f"{name}: turns/s, p99" for name in (OURS, SHIPPED, TUNED)), "rounds", "void"),
        (
            (
                each.shape.in_flight,
                f"{each.shape.delay_s * 1000:.0f} ms",
                *(
                    f"{spread(each.rate[name]).median:,.0f}, {spread(each.p99[name]).median * 1000:.0f} ms"
                    for name in (OURS, SHIPPED, TUNED)
                ),
                len(each.rate[OURS]),
                each.void,
            )
            for each in series
        ),
    )
    return f"{ratios}\n\nThe medians that these are ratios of, on the machine of the run:\n\n{medians}\n"


def of_overload(found: Mapping[str, Overloaded]) -> str:
    """Two loads of twice what was sustained."""
    return (
        _table(
            ("", "sustained", "offered", "200 after (p50)", "200 after (p99)", "refused", "backlog gone after", "lost"),
            (
                (
                    name,
                    f"{each.sustained:,.0f}/s",
                    f"{each.offered:,.0f}/s, {each.events:,} events",
                    f"{each.acknowledged_p50 * 1000:,.0f} ms",
                    f"{each.acknowledged_p99 * 1000:,.0f} ms",
                    each.refused,
                    f"{each.drained:.1f} s",
                    each.missing,
                )
                for name, each in found.items()
            ),
        )
        + "\n"
    )


def of_growth(grown: Grown) -> str:
    """A turn and a status card as multiples of themselves over the fewest reports."""
    return (
        _table(
            ("database", "stored reports", "a turn", "status card"),
            (
                (
                    database,
                    f"{size:,}",
                    f"{grown.against_least(grown.turn, database, size)}",
                    f"{grown.against_least(grown.status, database, size)}",
                )
                for database, size in grown.turn
            ),
        )
        + "\n"
    )


def of_start(started: Started) -> str:
    """Seconds and MiB."""
    return (
        _table(
            ("cold start to ready", "memory when ready", "idle", "under load"),
            [(f"{started.seconds} s", *(f"{each} MiB" for each in (started.ready, started.idle, started.loaded)))],
        )
        + "\n"
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    return "\n".join([*lines, *(f"| {' | '.join(map(str, row))} |" for row in rows)])
