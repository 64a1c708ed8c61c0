"""Mistakes as real pages show them are all caught, each by the rule that it belongs to."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.checks import RULES, Figures, check
from models.rules.fiscal import Quarter
from models.rules.office import Accumulation, Direction, ResultKind
from tests.models.test_checks_plausible import COUNT, DECIMAL, PER_QUARTER, PERCENT, SCALE, SEED, YES_NO, Report

OF_ONE = Report("1", "2/2570", kind=COUNT, target="1", measure="ฉบับ")
MEAN = Report("3.51", "2/2570", kind=SCALE, target="3.51", scale=("1", "5"), measure="คะแนน")
ROOMS = Report("35", "1/2570", kind=COUNT, target="36", measure="ห้อง")
TIMES = Report("12", "1/2570", kind=COUNT, target="12", measure="ครั้ง")
TEXT = Report("3", "2/2570", kind=COUNT)

MISTAKES = {
    "percent_in_count": {
        "25 of 1": replace(OF_ONE, result="25"),
        "50 of 1": replace(OF_ONE, result="50"),
        "60 of 1": replace(OF_ONE, result="60"),
        "100 of 1": replace(OF_ONE, result="100"),
        "100 of 1 after a 1": replace(OF_ONE, result="100", earlier="1/2570=1"),
        "80 of 2": replace(OF_ONE, result="80", target="2"),
        "66.67 of 3": replace(OF_ONE, result="66.67", target="3"),
        "33 of 3": replace(OF_ONE, result="33", target="3"),
        "100 of 10": replace(OF_ONE, result="100", target="10"),
    },
    "outside_scale": {
        "10 on a scale of 5": replace(MEAN, result="10"),
        "100 on a scale of 5": replace(MEAN, result="100"),
        "0.5 on a scale from 1": replace(MEAN, result="0.5"),
        "5.01 on a scale of 5": replace(MEAN, result="5.01"),
        "87 on a scale of 5": replace(MEAN, result="87"),
        "a decimal with bounds": replace(MEAN, result="35.1", kind=DECIMAL),
        "120 percent of 80": Report("120", "1/2570", kind=PERCENT, target="80"),
        "1,407.52 percent": Report("1407.52", "1/2570", kind=PERCENT, target="85.5"),
        "100.5 percent of 100": Report("100.5", "1/2570", kind=PERCENT, target="100"),
    },
    "cumulative_falls": {
        "57.50 to 56.66": Report("56.66", "2/2570", earlier="1/2570=57.50", kind=DECIMAL),
        "56.66 to 0.00": Report("0.00", "3/2570", earlier="1/2570=57.50 2/2570=56.66", kind=DECIMAL),
        "1 to 0": Report("0", "2/2570", earlier="1/2570=1", kind=COUNT),
        "a yes that becomes a no": Report("0", "2/2570", earlier="1/2570=1", kind=YES_NO),
        "36 to 12": Report("12", "4/2570", earlier="3/2570=36", kind=COUNT, measure="ห้อง"),
    },
    "magnitude_jump": {
        "1.00 to 1,407.52": Report("1407.52", "2/2570", earlier="1/2570=1.00", kind=DECIMAL),
        "a noughts too many": Report("3162590", "4/2570", earlier="2/2570=250000 3/2570=300000", kind=COUNT),
        "two noughts too many": Report("82800", "4/2570", earlier="3/2570=324", kind=COUNT),
        "12 to 1,200": Report("1200", "2/2570", earlier="1/2570=12", kind=COUNT, target="24"),
        "above all earlier years": Report(
            "45000", "1/2570", earlier="1/2568=390 1/2569=410", kind=COUNT, accumulation=PER_QUARTER
        ),
        "the thousands are missing": Report(
            "316", "4/2570", earlier="3/2570=298000 4/2569=316259", kind=COUNT, accumulation=PER_QUARTER
        ),
        "less than ever in this quarter": Report("3", "1/2570", earlier="1/2569=5200 4/2569=9000", kind=COUNT),
        "a percent written as a fraction": Report(
            "0.85", "2/2570", earlier="1/2570=82.5 2/2569=85", kind=PERCENT, target="80", accumulation=PER_QUARTER
        ),
        "a percent out of all proportion": Report("1407.52", "2/2570", earlier="1/2570=1.00", kind=PERCENT),
    },
    "many_times_target": {
        "the seed's third quarter": Report(
            "36", "3/2564", earlier="1/2564=0 2/2564=0", narrative=SEED[3], kind=COUNT, target="3", measure="ห้อง"
        ),
        "36 of 3 without history": Report("36", "1/2570", kind=COUNT, target="3"),
        "10 times to the point": Report("120", "1/2570", kind=COUNT, target="12"),
        "a decimal": Report("57.5", "1/2570", kind=DECIMAL, target="2.5"),
        "a percent": Report("90", "1/2570", kind=PERCENT, target="5"),
        "25 of 1, and the narrative counts them": replace(OF_ONE, result="25", narrative="จัดทำคู่มือรวม 25 ฉบับ"),
    },
    "narrative_disagrees": {
        "35 reported, all 36 in the text": replace(ROOMS, narrative=SEED[3]),
        "the seed's fourth with a slip": replace(
            ROOMS, quarter="4/2564", earlier="3/2564=3", narrative=SEED[4], subs="titles:ชื่อเรื่อง=828"
        ),
        "said twice, and less": replace(ROOMS, result="37", narrative=SEED[3]),
        "far off, but called the total": replace(TIMES, narrative="จัดกิจกรรมรวมทั้งสิ้น 150 ครั้ง"),
        "another name of the unit": replace(ROOMS, result="36", narrative="พัฒนาห้องสมุดแล้ว 35 แห่ง"),
        "Thai digits": replace(TIMES, result="1204", narrative="ให้บริการ ๑,๒๔๐ ครั้ง"),
        "one digit of four": replace(TIMES, result="1250", narrative="ให้บริการ 1,350 ครั้ง"),
        "a nought too few": replace(TIMES, result="125", narrative="ให้บริการ 1,250 ครั้ง"),
        "the whole before its parts": replace(
            TIMES, result="6", narrative="รวม 5 ครั้ง แบ่งเป็นเล่านิทาน 3 ครั้ง ประดิษฐ์ 2 ครั้ง"
        ),
        "words for thousands": replace(TIMES, result="3600", narrative="มีผู้เข้าชม 3.6 หมื่นครั้ง"),
        "the whole after its parts": replace(TIMES, result="6", narrative="เล่านิทาน 3 ครั้ง ประดิษฐ์ 2 ครั้ง รวมทั้งสิ้น 5 ครั้ง"),
        "the quarter's own months": replace(TIMES, narrative="ต.ค.–ธ.ค. 69 จัดกิจกรรม 21 ครั้ง"),
        "from the first to the last day": replace(
            TIMES, quarter="3/2570", accumulation=PER_QUARTER, narrative="1 เม.ย. – 30 มิ.ย. 70 จัดกิจกรรม 21 ครั้ง"
        ),
        "the quarter by its number": replace(
            TIMES, quarter="3/2570", accumulation=PER_QUARTER, narrative="ไตรมาสที่ 3 จัดกิจกรรม 21 ครั้ง"
        ),
        "a sub-measure": replace(
            ROOMS, result="36", narrative="ทั้ง 36 แห่ง จัดทำแล้ว 843 ชื่อเรื่อง", subs="titles:ชื่อเรื่อง=834"
        ),
        "a sub-measure by another name": replace(
            ROOMS, result="36", narrative="จัดทำแล้ว 843 เรื่องค่ะ", subs="titles:ชื่อเรื่อง=834"
        ),
        "a library's sub-measure": Report(
            "1", "1/2570", kind=YES_NO, measure="ห้อง", narrative="จัดทำ 9 ชื่อเรื่อง", subs="titles:ชื่อเรื่อง=6"
        ),
        "two measures of one unit, one of them slipped": Report(
            "36", "1/2570", kind=COUNT, measure="คน", narrative="บรรยายแก่ 36 คน ผู้เข้าชม 84 คน", subs="visitors:คน=48"
        ),
        "a total of the same size as before, a slip in the text": replace(
            ROOMS, result="36", quarter="2/2570", earlier="1/2570=36", narrative="พัฒนาแล้ว 35 แห่ง"
        ),
        "more than before, less than reported": replace(
            ROOMS, result="36", quarter="2/2570", earlier="1/2570=20", narrative="พัฒนาแล้ว 35 แห่ง"
        ),
    },
    "mixed_eras": {
        "both kinds on one page": replace(TEXT, narrative="เริ่ม 31/12/2563 สิ้นสุด 1/31/2021"),
        "both, the day first": replace(TEXT, narrative="เริ่ม 31/12/2563 สิ้นสุด 31/1/2021"),
        "both in words": replace(TEXT, narrative="5 พ.ย. 2569 ถึง 12 ธันวาคม 2026"),
        "months of each": replace(TEXT, narrative="ต.ค. 2564 ดำเนินการต่อจากเดือนมีนาคม 2020"),
        "both labelled, not the same year": replace(TEXT, narrative="ตั้งแต่ ม.ค. พ.ศ. 2563 ถึง มี.ค. ค.ศ. 2022"),
        "Thai digits": replace(TEXT, narrative="๓๑/๑๒/๒๕๖๓ และ ๓๑/๑/๒๐๒๑"),
        "out of a spreadsheet": replace(TEXT, narrative="2021-01-31 และ 15 ก.พ. 2564"),
        "31 February": replace(TEXT, narrative="จัดเมื่อวันที่ 31 ก.พ. 2564"),
        "31 November": replace(TEXT, narrative="จัดเมื่อ 31 พฤศจิกายน"),
        "32 January": replace(TEXT, narrative="จัดเมื่อ 32 ม.ค. 70"),
        "no leap year": replace(TEXT, narrative="29 ก.พ. 2564"),
        "month 13": replace(TEXT, narrative="15/13/2569"),
        "the month first": replace(TEXT, narrative="1/31/2021"),
        "the wrong label": replace(TEXT, narrative="เมื่อ ค.ศ. 2564"),
    },
    "narrative_repeats": {
        "the seed's third again": replace(TEXT, narrative=SEED[3], before=SEED[3]),
        "with other spaces": replace(TEXT, narrative=SEED[4], before=SEED[4].replace(" ", "\n")),
        "in Thai digits": replace(
            TEXT, narrative=SEED[4], before=SEED[4].translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
        ),
        "one word changed": replace(TEXT, narrative=SEED[3].replace("เชิงรุก", "ทุกทาง"), before=SEED[3]),
        "no figures in it, and the result has moved": replace(
            TEXT, earlier="1/2570=1", narrative=SEED[1], before=SEED[1]
        ),
    },
}
ROWS = [
    pytest.param(rule, report, id=f"{rule}: {name}") for rule, rows in MISTAKES.items() for name, report in rows.items()
]


@pytest.mark.parametrize(("rule", "report"), ROWS)
def test_is_caught(rule: str, report: Report) -> None:
    """The rule that the mistake belongs to speaks, and is among the two that are told."""
    assert rule in [each.rule for each in check(report.figures())]


@pytest.mark.parametrize(("rule", "report"), ROWS)
def test_what_a_rule_saw_is_text(rule: str, report: Report) -> None:
    """Data is stored as JSON and fills a sentence: each rule always gives the same names, all text."""
    found = RULES[rule](report.figures())
    first = RULES[rule](next(iter(MISTAKES[rule].values())).figures())
    assert found is not None
    assert first is not None
    assert found.keys() == first.keys()
    assert all(isinstance(value, str) for value in found.values())


def test_every_rule_has_its_mistakes() -> None:
    """The table holds forty cases at least, and some for every rule."""
    assert len(ROWS) >= 40
    assert MISTAKES.keys() == RULES.keys()


def test_both_numbers_are_offered() -> None:
    """A disagreement names the question, what was reported and what the narrative says."""
    first, *_ = check(MISTAKES["narrative_disagrees"]["a sub-measure"].figures())
    assert first.data == {
        "question": "sub_measures.titles",
        "reported": "834",
        "found": "843",
        "measure": "ชื่อเรื่อง",
        "said": "843 ชื่อเรื่อง",
    }


def test_mixed_eras_shows_one_of_each() -> None:
    """The two dates stand beside each other; a date that does not exist stands alone."""
    mixed = check(MISTAKES["mixed_eras"]["both kinds on one page"].figures())
    impossible = check(MISTAKES["mixed_eras"]["31 February"].figures())
    assert mixed[0].data == {"problem": "mixed", "date": "31/12/2563", "other_date": "1/31/2021"}
    assert impossible[0].data == {"problem": "impossible", "date": "31 ก.พ. 2564", "other_date": ""}


def test_one_number_is_asked_about_once() -> None:
    """100 of 1 after years of 1 is a percent, a jump and many times the target: one question is enough."""
    figures = replace(OF_ONE, result="100", earlier="1/2569=1 2/2569=1").figures()
    assert RULES["magnitude_jump"](figures)
    assert RULES["many_times_target"](figures)
    assert [each.rule for each in check(figures)] == ["percent_in_count"]


def test_at_most_two_the_most_telling_first() -> None:
    """A fall, a text that disagrees and a date that does not exist: the first two are told."""
    report = replace(ROOMS, quarter="2/2570", earlier="1/2570=40", narrative="รวม 36 แห่ง เมื่อ 31 ก.พ. 70", result="35")
    assert RULES["mixed_eras"](report.figures())
    report = replace(report, narrative="ทั้งหมด 36 แห่งแล้ว จัดงาน 31 ก.พ. 70")
    assert [each.rule for each in check(report.figures())] == ["cumulative_falls", "narrative_disagrees"]


_NUMBERS = st.decimals(min_value=0, max_value=Decimal(10) ** 18, places=2)
_QUARTERS = st.builds(Quarter, st.integers(2560, 2575), st.integers(1, 4))
_MAYBE = st.none() | _NUMBERS


@given(
    st.builds(
        Figures,
        _NUMBERS,
        st.sampled_from(Accumulation),
        _MAYBE,
        st.none() | _QUARTERS,
        quarter=st.none() | _QUARTERS,
        kind=st.none() | st.sampled_from(ResultKind),
        direction=st.sampled_from(Direction),
        target=_MAYBE,
        scale_min=_MAYBE,
        scale_max=_MAYBE,
        history=st.lists(st.tuples(_QUARTERS, _NUMBERS), max_size=6).map(tuple),
        narrative=st.text(max_size=80),
        previous_narrative=st.none() | st.text(max_size=80),
    )
)
def test_never_raises_and_never_more_than_two(figures: Figures) -> None:
    """Whatever the figures, at most two warnings come, each by its name and without an exponent."""
    found = check(figures)
    assert len(found) <= 2
    assert all(each.rule in RULES and "E+" not in "".join(each.data.values()) for each in found)


@given(_NUMBERS, st.sampled_from(Accumulation))
def test_a_number_alone_is_never_questioned(result: Decimal, accumulation: Accumulation) -> None:
    """Where nothing is known, nothing is compared."""
    assert check(Figures(result, accumulation)) == ()
