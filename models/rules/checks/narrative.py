"""Rules about what the narrative says beside the figures. Whatever could be meant otherwise passes in silence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from models.rules.checks.figures import Count, DateSaid, Figures, Saw, text
from models.rules.fiscal import BUDDHIST_ERA
from models.rules.office import Accumulation, ResultKind

SHORTEST_REPEAT = 40
"""Characters: shorter narratives are alike because there is little to say."""
ALIKE_TO = 20
"""One part in so many may differ between narratives that are nearly the same."""
NEAR = 2
"""Numbers that differ in one digit are a slip within twice or half of each other: 3 and 8 are counts of two things."""
NOUGHTS = 3
"""A number with up to so many noughts too many or too few is a slip."""
COUNTED_KINDS = (ResultKind.COUNT, ResultKind.DECIMAL)
"""A library's yes is none of the counts, and percents and means are said of many things at once."""


class _Asked(Struct, frozen=True):
    """One reported number by the name of its question."""

    question: str
    value: Decimal
    accumulation: Accumulation
    previous: Decimal | None


def narrative_disagrees(figures: Figures) -> Saw | None:
    """One number reported, another said with the same unit of measure: result 35, "36 แห่ง"."""
    measures = dict.fromkeys([figures.measure, *(each.measure for each in figures.sub_measures)])
    for measure in measures:
        asked = list(_asked(figures, measure)) if measure else []
        said = [each for each in figures.narrative_counts if each.unit == measure]
        open_questions = [each for each in asked if each.value != 0 and not _is_said(each, said)]
        if len(open_questions) != 1:
            continue
        found = _contradicting(figures, open_questions[0], said, {each.value for each in asked})
        if found is not None:
            return {
                "question": open_questions[0].question,
                "reported": text(open_questions[0].value),
                "found": text(found.value),
                "measure": measure,
                "said": found.said,
            }
    return None


def mixed_eras(figures: Figures) -> Saw | None:
    """Dates of both eras in one narrative (31/12/2563 and 1/31/2021), or a date that does not exist (31 ก.พ.)."""
    buddhist = [each for each in figures.narrative_dates if each.era == "buddhist"]
    common = [each for each in figures.narrative_dates if each.era == "common" and not _is_converted(each, buddhist)]
    # A bare year is often a plan's: "ภายในปี 2030 ตามแผนปี 2570".
    first, other = (next((each for each in era if not each.bare_year), None) for era in (buddhist, common))
    if first and other:
        return {"problem": "mixed", "date": first.said, "other_date": other.said}
    impossible = next((each for each in figures.narrative_dates if not each.possible), None)
    return {"problem": "impossible", "date": impossible.said, "other_date": ""} if impossible else None


def narrative_repeats(figures: Figures) -> Saw | None:
    """Last quarter's narrative again, numbers and dates unchanged. Totals alone may stay; a whole text does not."""
    if figures.previous_narrative is None:
        return None
    new, old = _bare(figures.narrative), _bare(figures.previous_narrative)
    if min(len(new), len(old)) <= SHORTEST_REPEAT or _figures_in(figures.narrative) != _figures_in(
        figures.previous_narrative
    ):
        return None
    # Work under way may be described in the same words, unless the result has moved.
    has_moved = figures.previous is not None and figures.previous != figures.result
    if not (_figures_in(figures.narrative) or has_moved) or not _nearly_same(new, old):
        return None
    quarter = figures.previous_quarter or (figures.quarter.previous if figures.quarter else None)
    return {"previous_quarter": str(quarter) if quarter else ""}


def _asked(figures: Figures, measure: str) -> Iterator[_Asked]:
    if measure == figures.measure and figures.kind in COUNTED_KINDS:
        yield _Asked("result", figures.result, figures.accumulation, figures.previous)
    for each in figures.sub_measures:
        if each.measure == measure:
            yield _Asked(f"sub_measures.{each.code}", each.value, each.accumulation, each.previous)


def _is_said(asked: _Asked, said: list[Count]) -> bool:
    """The narrative holds the number, its increase since the last quarter, or counts that add up to either."""
    meant = {asked.value}
    if asked.accumulation is Accumulation.CUMULATIVE and asked.previous is not None:
        meant.add(asked.value - asked.previous)
    sums = {sum(each.value for each in said), sum(each.value for each in said if each.clear)}
    return any(each.value in meant for each in said) or bool(sums & meant)


def _contradicting(figures: Figures, asked: _Asked, said: list[Count], reported: set[Decimal]) -> Count | None:
    """The one number that is said in place of the reported one; None when several could be meant, or parts of it."""
    clear = [each for each in said if each.clear and each.value not in reported and _same_time(figures, asked, each)]
    totals = [each for each in clear if each.total]
    meant = totals or clear
    if len({each.value for each in meant}) != 1:
        return None
    found = meant[0]
    if not (_is_the_sum(found, said) if totals else _may_stand_for(found.value, asked.value)):
        return None
    is_part = not totals and len(clear) > 1 and sum(each.value for each in clear) <= asked.value
    is_increase = found.value < asked.value and _may_be_an_increase(figures, asked, found.value)
    return None if is_part or is_increase else found


def _is_the_sum(total: Count, said: list[Count]) -> bool:
    """Whether a total is the last word: "ทั้งหมด 37 แห่ง ปิดปรับปรุง 1 แห่ง" is all there are, of which some are not meant."""
    after = [each.value for each in said[said.index(total) + 1 :] if not each.total]
    return not after or sum(after) == total.value


def _may_be_an_increase(figures: Figures, asked: _Asked, value: Decimal) -> bool:
    """Whether a number below a total may be this quarter's share of it, told without saying so."""
    if asked.accumulation is not Accumulation.CUMULATIVE:
        return False
    if asked.previous is None:
        return figures.quarter is None or figures.quarter.number != 1
    return value < asked.previous < asked.value


def _may_stand_for(said: Decimal, reported: Decimal) -> bool:
    """A slip of the finger: digits in another order, one other digit, or noughts too many or too few."""
    low, high = sorted((said, reported))
    if any(low.scaleb(noughts) == high for noughts in range(1, NOUGHTS + 1)):
        return True
    one, other = _digits(low, high)
    if len(one) != len(other):
        return False
    differ = sum(first != second for first, second in zip(one, other, strict=True))
    return sorted(one) == sorted(other) or (differ == 1 and high <= low * NEAR)


def _digits(*values: Decimal) -> list[str]:
    """The numbers' digits, with as many places each."""
    places = max(0, *(-int(value.normalize().as_tuple().exponent) for value in values))
    return [f"{value:.{places}f}".replace(".", "") for value in values]


def _same_time(figures: Figures, asked: _Asked, count: Count) -> bool:
    """Whether the count speaks of the same months as the number: no range of its own, or exactly that one."""
    is_first = figures.quarter is not None and figures.quarter.number == 1
    is_cumulative = asked.accumulation is Accumulation.CUMULATIVE
    if (count.since == "quarter" and is_cumulative and not is_first) or (
        count.since == "year" and not is_cumulative and not is_first
    ):
        return False
    if count.months is None:
        return True
    if figures.quarter is None:
        return False
    last = 3 * figures.quarter.number
    first = 0 if is_cumulative else last - 3
    return count.months == {(month + 9) % 12 + 1 for month in range(first, last)}


def _is_converted(date: DateSaid, buddhist: list[DateSaid]) -> bool:
    """พ.ศ. 2564 (ค.ศ. 2021): one year said twice, on purpose."""
    return date.labelled and date.year is not None and any(each.year == date.year + BUDDHIST_ERA for each in buddhist)


_FIGURES = re.compile(r"[0-9]++(?:[.,/:][0-9]++)*+")
_SPACES_AND_MARKS = re.compile(r"[\s\u200b-\u200d\ufeff.,;:()\"'“”/–—-]+")
_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


def _figures_in(narrative: str) -> list[str]:
    return _FIGURES.findall(narrative.translate(_THAI_DIGITS))


def _bare(narrative: str) -> str:
    return _SPACES_AND_MARKS.sub("", narrative.translate(_THAI_DIGITS)).lower()


def _nearly_same(one: str, other: str) -> bool:
    """All but a twentieth is the same from both ends: a word put in or out, or a slip of the pen."""
    shorter = min(len(one), len(other))
    head = next((place for place in range(shorter) if one[place] != other[place]), shorter)
    tail = next((place for place in range(shorter - head) if one[-1 - place] != other[-1 - place]), shorter - head)
    return (max(len(one), len(other)) - head - tail) * ALIKE_TO <= max(len(one), len(other))
