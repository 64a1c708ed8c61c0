"""Past results of a set-up: reports with version 1 marked as imported. What was reported in the chat always stays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from bot.database import OFFICE_ZONE
from bot.office import read_office
from bot.setup.checked import Entry
from bot.setup.keep import Keeper, subject_of
from bot.setup.past_result import Answer, read_answer, read_sub_measures, refused_by_gate
from bot.setup.rows import Problem, WrongSetup
from models.rules.fiscal import Quarter
from models.rules.office import Office, ReportKey, ResultKind
from models.tables.indicator import Indicator, SubMeasure
from models.tables.organisation import Person, Unit
from models.tables.report import Report, ReportVersion, SubMeasureResult

IMPORTED = "นำเข้าจากไฟล์"
"""Who reported, where the file does not say."""
IMPORTER = "(นำเข้าจากไฟล์ · imported from a file)"
"""The name of the person, without a LINE account, whom imported versions belong to: that is how they are known."""

_AT_ONCE = 500
"""Results that are written by one statement."""

Key = tuple[int, int, int, int]
"""Unit id, indicator id, fiscal year, quarter."""


async def write_results(
    keeper: Keeper, entries: Sequence[Entry], units: Mapping[str, Unit], indicators: Mapping[str, Indicator]
) -> None:
    """Store past results. Raises WrongSetup with every result that its indicator or the gate does not allow.

    A new one becomes version 1 of a submitted report; one that was imported before and differs, a further version.
    """
    if entries:
        await _Results(keeper, units, indicators).write(entries)


class _Results:
    def __init__(self, keeper: Keeper, units: Mapping[str, Unit], indicators: Mapping[str, Indicator]) -> None:
        self.keeper = keeper
        self.connection = keeper.connection
        self.units = units
        self.indicators = indicators
        self.reports: list[Report] = []
        self.versions: list[ReportVersion] = []
        self.sub_results: list[SubMeasureResult] = []
        self.stored: dict[Key, Report] = {}
        self.newest: dict[UUID, ReportVersion] = {}
        self.sub_stored: defaultdict[UUID, dict[str, Decimal]] = defaultdict(dict)
        self.numbers: dict[tuple[int, int], int] = {}
        self.declared: defaultdict[int, dict[str, SubMeasure]] = defaultdict(dict)

    async def write(self, entries: Sequence[Entry]) -> None:
        await self._load({entry.values["fiscal_year"] for entry in entries})
        answers = self._answers(entries, await read_office(self.connection))  # as this import has made it
        importer, _ = await Person.get_or_create(
            name=IMPORTER, line_user_id=None, defaults={"created_at": self.keeper.at}, using_db=self.connection
        )
        for entry, (answer, within) in zip(entries, answers, strict=True):
            unit, indicator = self.units[entry.values["unit"]], self.indicators[entry.values["indicator"]]
            key = (unit.id, indicator.id, entry.values["fiscal_year"], entry.values["quarter"])
            await self._result(entry, key, answer, within, importer)
            self.keeper.passed()
            if len(self.versions) >= _AT_ONCE:
                await self._flush()
        await self._flush()

    async def _flush(self) -> None:
        """Write what has been gathered. All at the end would leave the progress standing at 100 %."""
        await Report.bulk_create(self.reports, using_db=self.connection)
        await ReportVersion.bulk_create(self.versions, using_db=self.connection)
        await SubMeasureResult.bulk_create(self.sub_results, using_db=self.connection)
        self.reports, self.versions, self.sub_results = [], [], []

    async def _load(self, years: set[int]) -> None:
        reports = await Report.filter(fiscal_year__in=list(years)).using_db(self.connection)
        for report in reports:
            self.stored[report.unit_id, report.indicator_id, report.fiscal_year, report.quarter] = report  # type: ignore[attr-defined]  # Tortoise makes them
            round_ = (report.fiscal_year, report.quarter)
            self.numbers[round_] = max(self.numbers.get(round_, 0), report.number)
        newest = {report.id: report.version for report in reports}
        versions = ReportVersion.filter(report__fiscal_year__in=list(years)).using_db(self.connection)
        for version in await versions:
            if newest[version.report_id] == version.version:  # type: ignore[attr-defined]  # Tortoise makes it
                self.newest[version.report_id] = version  # type: ignore[attr-defined]  # the same
        kept = SubMeasureResult.filter(version__report__fiscal_year__in=list(years)).using_db(self.connection)
        for row in await kept.values("version_id", "sub_measure__code", "value"):
            self.sub_stored[row["version_id"]][row["sub_measure__code"]] = row["value"]
        for each in await SubMeasure.all().using_db(self.connection):
            self.declared[each.indicator_id][each.code] = each  # type: ignore[attr-defined]  # Tortoise makes it

    def _answers(self, entries: Sequence[Entry], office: Office) -> list[tuple[Answer, dict[str, Decimal]]]:
        found, problems = [], []
        today = self.keeper.at.astimezone(ZoneInfo(OFFICE_ZONE)).date()
        for entry in entries:
            unit, indicator = self.units[entry.values["unit"]], self.indicators[entry.values["indicator"]]
            quarter = Quarter(entry.values["fiscal_year"], entry.values["quarter"])
            stored = (unit.id, indicator.id, quarter.fiscal_year, quarter.number) in self.stored
            refused = refused_by_gate(office, ReportKey(unit.id, indicator.id, quarter), today, submitted=stored)
            if refused is not None:
                column, why = refused
                problems.append(Problem(entry.place_of(column), why.thai, why.english))
                continue
            kind = indicator.kind if unit.id == indicator.owner_id else indicator.part_kind  # type: ignore[attr-defined]  # Tortoise makes it
            bounds = (indicator.scale_min, indicator.scale_max)
            answer = read_answer(entry.values["result"], ResultKind(kind), bounds, entry.values.get("zero_reason", ""))
            if not isinstance(answer, Answer):
                problems.append(Problem(entry.place_of("result"), answer.thai, answer.english))
                continue
            within = read_sub_measures(entry.values.get("sub_measures", {}), self.declared[indicator.id])
            if not isinstance(within, dict):
                problems.append(Problem(entry.place_of("sub_measures"), within.thai, within.english))
                continue
            found.append((answer, within))
        if problems:
            raise WrongSetup(problems)
        return found

    async def _result(
        self, entry: Entry, key: Key, answer: Answer, within: dict[str, Decimal], importer: Person
    ) -> None:
        said = _said(entry, answer, within)
        report = self.stored.get(key)
        if report is None:
            round_ = (key[2], key[3])
            number = self.numbers[round_] = self.numbers.get(round_, 0) + 1
            report = Report(
                id=uuid4(),
                unit_id=key[0],
                indicator_id=key[1],
                fiscal_year=key[2],
                quarter=key[3],
                number=number,
                version=1,
                state="submitted",
            )
            self.reports.append(report)
            self._version(entry, report, said, importer)
            self.keeper.changes.added["results"] += 1
            self.keeper.entry("report.import", subject_of("results", entry.key), None, {"version": 1, **_brief(said)})
            return
        newest = self.newest[report.id]
        before = self._before(newest, said)
        differing = {name: value for name, value in said.items() if before[name] != value}
        if not differing:
            return
        if newest.person_id != importer.id or report.state != "submitted":  # type: ignore[attr-defined]  # Tortoise makes it
            self.keeper.changes.kept["results"].append(subject_of("results", entry.key))
            return
        report.version += 1
        await report.save(using_db=self.connection, update_fields=["version"])
        self._version(entry, report, {**before, **said}, importer)
        subject = subject_of("results", entry.key)
        self.keeper.changes.changed["results"] += 1
        self.keeper.changes.differ(subject, {name: before[name] for name in differing}, differing)
        brief = _brief(before), _brief(said)
        self.keeper.entry(
            "report.import", subject, {"version": newest.version, **brief[0]}, {"version": report.version, **brief[1]}
        )

    def _before(self, newest: ReportVersion, said: Mapping[str, Any]) -> dict[str, Any]:
        """What is stored, in the shape of what the file says; a column that the file leaves empty stays as it is."""
        before: dict[str, Any] = {
            "answer": newest.answer,
            "result": newest.result,
            "zero_reason": newest.zero_reason,
            "narrative": newest.narrative,
            "reporter": newest.reporter_name,
            "reported_on": newest.submitted_at.astimezone(ZoneInfo(OFFICE_ZONE)).date(),
            "sub_measures": self.sub_stored[newest.id],
        }
        if "sub_measures" in said:
            before["sub_measures"] = dict(self.sub_stored[newest.id])
        return before

    def _version(self, entry: Entry, report: Report, said: Mapping[str, Any], importer: Person) -> None:
        version = ReportVersion(
            id=uuid4(),
            report_id=report.id,
            version=report.version,
            answer=said["answer"],
            result=said["result"],
            zero_reason=said["zero_reason"],
            narrative=said.get("narrative", ""),
            submitted_at=_moment(said, self.keeper.at),
            late=False,  # when it reached the office is not known
            person_id=importer.id,
            reporter_name=said.get("reporter", IMPORTED),
        )
        self.versions.append(version)
        declared = self.declared[self.indicators[entry.values["indicator"]].id]
        self.sub_results += [
            SubMeasureResult(id=uuid4(), version_id=version.id, sub_measure_id=declared[code].id, value=value)
            for code, value in said.get("sub_measures", {}).items()
        ]


def _said(entry: Entry, answer: Answer, within: dict[str, Decimal]) -> dict[str, Any]:
    """What the file says of a result."""
    said: dict[str, Any] = {"answer": answer.answer, "result": answer.result, "zero_reason": answer.zero_reason}
    said |= {name: entry.values[name] for name in ("narrative", "reporter", "reported_on") if name in entry.values}
    if "sub_measures" in entry.values:
        said["sub_measures"] = within
    return said


def _brief(said: Mapping[str, Any]) -> dict[str, Any]:
    """For the audit trail, which keeps no long texts."""
    return {"result": said["result"]}


def _moment(said: Mapping[str, Any], at: datetime) -> datetime:
    """When it was reported: noon of the day that the file gives, else now, for now it came in."""
    if "reported_on" not in said:
        return at
    return datetime.combine(said["reported_on"], time(12), ZoneInfo(OFFICE_ZONE))
