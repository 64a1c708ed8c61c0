"""How days, spans and amounts are printed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from locales import dates
from locales.dates import DayStyle, Language
from models.rules.fiscal import Quarter

DUE = date(2027, 1, 11)


@pytest.mark.parametrize(
    ("language", "style", "printed"),
    [
        ("th", "short", "11 ม.ค. 70"),
        ("th", "medium", "11 ม.ค. 2570"),
        ("th", "long", "11 มกราคม 2570"),
        ("th", "weekday", "วันจันทร์ที่ 11 ม.ค. 70"),
        ("en", "short", "11 Jan 2027"),
        ("en", "medium", "11 Jan 2027"),
        ("en", "long", "11 January 2027"),
        ("en", "weekday", "Monday 11 Jan 2027"),
    ],
)
def test_day(language: Language, style: DayStyle, printed: str) -> None:
    """A day is พ.ศ. in Thai and ค.ศ. in English, in four lengths."""
    assert dates.day(language, DUE, style) == printed


def test_a_moment_is_told_in_bangkok() -> None:
    """Half past seven in the evening UTC is already tomorrow in Bangkok."""
    moment = datetime(2026, 12, 31, 19, 30, tzinfo=UTC)
    assert dates.day("th", moment) == "1 ม.ค. 70"
    assert dates.time("th", moment) == "02.30 น."
    assert dates.time("en", moment) == "02:30"


def test_a_moment_without_a_zone_is_refused() -> None:
    """A naive time would be printed wrong half the time."""
    with pytest.raises(ValueError, match="time zone"):
        dates.time("th", datetime(2027, 1, 5, 14, 32))  # noqa: DTZ001 - naive is what is tested


def test_an_unknown_style_is_refused() -> None:
    """A misspelt style in an .ftl file is an error, not a guess."""
    with pytest.raises(ValueError, match="short"):
        dates.day("th", DUE, "tiny")  # type: ignore[arg-type] # misspelt on purpose


@pytest.mark.parametrize(
    ("quarter", "thai", "english"),
    [
        (Quarter(2570, 1), "ต.ค.–ธ.ค. 69", "Oct–Dec 2026"),
        (Quarter(2570, 2), "ม.ค.–มี.ค. 70", "Jan–Mar 2027"),
        (Quarter(2570, 4), "ก.ค.–ก.ย. 70", "Jul–Sep 2027"),
    ],
)
def test_months(quarter: Quarter, thai: str, english: str) -> None:
    """A quarter's months carry the calendar's year."""
    assert (dates.months("th", quarter), dates.months("en", quarter)) == (thai, english)


@pytest.mark.parametrize(
    ("first", "last", "thai", "english"),
    [
        (date(2026, 10, 1), date(2026, 12, 31), "1 ต.ค.–31 ธ.ค. 69", "1 Oct–31 Dec 2026"),
        (date(2026, 10, 1), date(2027, 3, 31), "1 ต.ค. 69–31 มี.ค. 70", "1 Oct 2026–31 Mar 2027"),
        (date(2026, 10, 1), date(2026, 10, 31), "1–31 ต.ค. 69", "1–31 Oct 2026"),
        (DUE, DUE, "11 ม.ค. 70", "11 Jan 2027"),
    ],
)
def test_span(first: date, last: date, thai: str, english: str) -> None:
    """What both ends share is said once."""
    assert (dates.span("th", first, last), dates.span("en", first, last)) == (thai, english)


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (Decimal("1407.52"), "1,407.52"),
        (Decimal("36.000000"), "36"),
        (Decimal("3.6E+4"), "36,000"),
        (Decimal("0.000001"), "0.000001"),
        (Decimal("-0.00"), "0"),
        (Decimal(-1200), "-1,200"),
        (Decimal("123456789012345678.123456"), "123,456,789,012,345,678.123456"),
        (1200, "1,200"),
        (0, "0"),
    ],
)
def test_amount(value: Decimal | int, printed: str) -> None:
    """Exact, grouped, without idle zeros or exponents."""
    assert dates.amount(value) == printed


def test_what_is_no_number_is_not_printed() -> None:
    """NaN never reaches a person."""
    with pytest.raises(ValueError, match="cannot be written"):
        dates.amount(Decimal("NaN"))


@pytest.mark.parametrize(
    ("written", "year"),
    [(1899, None), (1900, 1900), (2156, 2156), (2157, None), (2442, None), (2443, 1900), (2570, 2027), (2700, None)],
)
def test_common_year(written: int, year: int | None) -> None:
    """A year written with four digits says its era by itself; some years are of neither."""
    assert dates.common_year(written) == year
