"""What was reported in the demonstration: results, narratives, their acceptance and their evaluation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import uuid4
from zoneinfo import ZoneInfo

from tortoise.backends.base.client import BaseDBAsyncClient

from bot.database import OFFICE_ZONE
from bot.setup.demo_office import BUREAU, LIBRARIES, LIVING_LIBRARY, READERS, SATISFACTION
from bot.setup.demo_people import REPORTER
from models.rules.fiscal import Quarter
from models.tables.evaluation import Criterion, Evaluation, EvaluationScore, YearSummary
from models.tables.indicator import Indicator, SubMeasure
from models.tables.organisation import Person, Unit
from models.tables.report import Report, ReportVersion, SubMeasureResult
from models.tables.review import Review

_BUREAU_RESULTS = (0, 2, 4, 5)
"""The bureau's living libraries by quarter, counted from the year's beginning; so many libraries have said yes."""
_SILENT = {"23000303", "23000308"}
"""Libraries that let the last closed quarter pass."""
_EARLY = set(list(LIBRARIES)[4:7])
"""Libraries that have reported the open quarter already."""
_SCORES = (("95", "95", "100"), ("95", "100", "90"), ("100", "100", "100"), ("100", "100", "100"))
"""By quarter: the overall score, then those of the year's criteria."""
_COMMENTS = {1: "ควรเร่งรัดการประสานงาน เพื่อให้เริ่มดำเนินการได้ในไตรมาสที่ 2"}
_SUMMARY = (
    "พัฒนาห้องสมุดเพื่อการเรียนรู้ให้เป็นห้องสมุดมีชีวิตแล้ว 5 แห่ง สูงกว่าค่าเป้าหมาย 3 แห่ง\n"
    "1. จัดทำบรรณนิทัศน์ออนไลน์รวม 60 ชื่อเรื่อง\n"
    "2. เผยแพร่ผ่านเว็บไซต์และสื่อสังคมออนไลน์ของห้องสมุดทุกแห่ง"
)


@dataclass(frozen=True, slots=True)
class _Rows:
    reports: list[Report]
    versions: list[ReportVersion]
    reviews: list[Review]
    counts: list[SubMeasureResult]


@dataclass(frozen=True, slots=True)
class _Result:
    unit: str
    indicator: str
    quarter: Quarter
    day: date
    answer: str
    result: Decimal
    narrative: str
    zero_reason: str = ""
    titles: int | None = None


class DemoReports:
    """Writes what was reported so far: once, all of it together."""

    def __init__(
        self,
        connection: BaseDBAsyncClient,
        reporter: Person,
        elsewhere: Person,
        coordinator: Person,
        units: dict[str, Unit],
    ) -> None:
        self.connection = connection
        self.reporter = reporter
        self.elsewhere = elsewhere
        self.coordinator = coordinator
        self.units = units
        self.open = Quarter(0, 1)

    async def write(self, today: date) -> None:
        """Everything up to a day; nothing where there is any report already."""
        if await Report.all().using_db(self.connection).exists():
            return
        indicators = {each.code: each for each in await Indicator.all().using_db(self.connection)}
        titles = await SubMeasure.get(
            indicator_id=indicators[LIVING_LIBRARY].id, code="titles", using_db=self.connection
        )
        self.open = Quarter.of(today)
        rows = _Rows([], [], [], [])
        for each in _results(today):
            self._add(rows, each, indicators[each.indicator], titles)
        await Report.bulk_create(rows.reports, using_db=self.connection)
        await ReportVersion.bulk_create(rows.versions, using_db=self.connection)
        await Review.bulk_create(rows.reviews, using_db=self.connection)
        await SubMeasureResult.bulk_create(rows.counts, using_db=self.connection)
        await self._evaluations(indicators[LIVING_LIBRARY], Quarter.of(today).previous)

    def _add(self, rows: _Rows, told: _Result, indicator: Indicator, titles: SubMeasure) -> None:
        accepted = told.quarter < self.open
        about = (told.quarter.fiscal_year, told.quarter.number)
        report = Report(
            id=uuid4(),
            unit=self.units[told.unit],
            indicator=indicator,
            fiscal_year=told.quarter.fiscal_year,
            quarter=told.quarter.number,
            number=1 + sum((each.fiscal_year, each.quarter) == about for each in rows.reports),
            version=1,
            state="accepted" if accepted else "submitted",
            accepted_version=1 if accepted else None,
        )
        person = self.reporter if told.unit in REPORTER.units else self.elsewhere
        version = ReportVersion(
            id=uuid4(),
            report_id=report.id,
            version=1,
            answer=told.answer,
            result=told.result,
            zero_reason=told.zero_reason,
            narrative=told.narrative,
            submitted_at=_at(told.day, time(10, 30)),
            late=False,
            person=person,
            reporter_name=person.name,
            reporter_position=person.position,
        )
        rows.reports.append(report)
        rows.versions.append(version)
        if accepted:
            at = _at(told.day + timedelta(days=1), time(14))
            rows.reviews.append(
                Review(id=uuid4(), report_id=report.id, version=1, decision="accepted", person=self.coordinator, at=at)
            )
        if told.titles is not None:
            rows.counts.append(
                SubMeasureResult(id=uuid4(), version_id=version.id, sub_measure=titles, value=Decimal(told.titles))
            )

    async def _evaluations(self, indicator: Indicator, newest: Quarter) -> None:
        """Scores of the quarters up to the newest closed one, and a summary once that ends the year."""
        criteria = await Criterion.filter(fiscal_year=newest.fiscal_year).using_db(self.connection).order_by("order")
        for number in range(1, newest.number + 1):
            overall, *scores = _SCORES[number - 1]
            quarter = Quarter(newest.fiscal_year, number)
            evaluation = await Evaluation.create(
                id=uuid4(),
                indicator=indicator,
                fiscal_year=quarter.fiscal_year,
                quarter=number,
                version=1,
                overall=Decimal(overall),
                comment=_COMMENTS.get(number, ""),
                evaluated_at=_at(quarter.last_day + timedelta(days=20), time(11)),
                using_db=self.connection,
            )
            await EvaluationScore.bulk_create(
                [
                    EvaluationScore(id=uuid4(), evaluation=evaluation, criterion=criterion, score=Decimal(score))
                    for criterion, score in zip(criteria, scores, strict=True)
                ],
                using_db=self.connection,
            )
        if newest.number == 4:
            await YearSummary.create(
                id=uuid4(),
                indicator=indicator,
                fiscal_year=newest.fiscal_year,
                version=1,
                text=_SUMMARY,
                at=_at(newest.last_day + timedelta(days=15), time(11)),
                using_db=self.connection,
            )


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, ZoneInfo(OFFICE_ZONE))


def _results(today: date) -> Iterator[_Result]:
    """What was reported: the closed quarters, of the last one nearly all, and a little of the open one."""
    current = Quarter.of(today)
    past = current.previous
    for number in range(1, past.number + 1):
        quarter = Quarter(past.fiscal_year, number)
        yield _of_bureau(quarter)
        for order, unit in enumerate(LIBRARIES):
            if quarter < past or unit not in _SILENT:
                yield from _quarter(unit, order, quarter, past, quarter.last_day - timedelta(days=3), begun=0)
    if today > current.first_day + timedelta(days=3):
        for order, unit in enumerate(LIBRARIES):
            if unit in _EARLY:
                begun = 0 if current.number == 1 else 100
                yield from list(_quarter(unit, order, current, current, today - timedelta(days=2), begun=begun))[:2]


def _of_bureau(quarter: Quarter) -> _Result:
    """What the bureau made of its libraries' reports, so that its page shows a year's course."""
    done = _BUREAU_RESULTS[quarter.number - 1]
    titles = done * 12
    return _Result(
        BUREAU,
        LIVING_LIBRARY,
        quarter,
        quarter.last_day - timedelta(days=1),
        answer=str(done),
        result=Decimal(done),
        zero_reason="" if done else "in_progress",
        narrative="อยู่ระหว่างจัดทำหนังสือประสานงานกับหน่วยงานร่วมจัดกิจกรรม"
        if not done
        else "ดำเนินการพัฒนาห้องสมุดเพื่อการเรียนรู้ให้เป็นห้องสมุดมีชีวิตผ่านการจัดทำบรรณนิทัศน์ออนไลน์ ดังนี้\n"
        f"1. ห้องสมุด {done} แห่ง จัดทำบรรณนิทัศน์ออนไลน์ รวมจำนวน {titles} ชื่อเรื่อง\n"
        "2. ประชาสัมพันธ์ผ่านเว็บไซต์และสื่อสังคมออนไลน์ของห้องสมุด",
        titles=titles,
    )


def _quarter(unit: str, order: int, quarter: Quarter, newest: Quarter, day: date, *, begun: int) -> Iterator[_Result]:
    """What grows over the year has come to its whole in the `newest` quarter."""
    done = order < _BUREAU_RESULTS[quarter.number - 1]
    yield _Result(
        unit,
        LIVING_LIBRARY,
        quarter,
        day,
        answer="yes" if done else "in_progress",
        result=Decimal(1 if done else 0),
        zero_reason="" if done else "in_progress",
        narrative="จัดทำบรรณนิทัศน์ออนไลน์และเผยแพร่ทางสื่อสังคมออนไลน์ของห้องสมุดแล้ว"
        if done
        else "อยู่ระหว่างจัดทำหนังสือประสานงานกับหน่วยงานร่วมจัดกิจกรรม",
        titles=9 + order + begun // 10 if done else 0,
    )
    readers = (120 + 15 * order) * quarter.number // newest.number + begun
    yield _Result(
        unit,
        READERS,
        quarter,
        day,
        answer=str(readers),
        result=Decimal(readers),
        narrative="จัดกิจกรรมเล่านิทานและกิจกรรมส่งเสริมการอ่านทุกวันเสาร์ มีผู้ลงชื่อเข้าร่วมตามจำนวนที่รายงาน",
    )
    satisfied = Decimal("82.5") + order + Decimal(quarter.number - 1) / 4
    yield _Result(
        unit,
        SATISFACTION,
        quarter,
        day,
        answer=str(satisfied),
        result=satisfied,
        narrative="สำรวจความพึงพอใจด้วยแบบสอบถามที่จุดบริการและทางออนไลน์",
    )
