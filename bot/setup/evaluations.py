"""Evaluations of a set-up: criteria, scores and the year's summaries in versions. What a person entered stays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from bot.database import OFFICE_ZONE
from bot.setup.checked import Entry
from bot.setup.keep import Keeper, subject_of
from bot.setup.rows import Problem, WrongSetup
from locales.dates import amount
from models.rules.fiscal import Quarter
from models.tables.evaluation import Criterion, Evaluation, EvaluationScore, YearSummary
from models.tables.indicator import Indicator

_SAID = ("overall", "scores", "comment", "evaluated_on")
"""Columns that make a further version when one differs."""

Criteria = Mapping[tuple[int, str], Criterion]
"""By fiscal year and code."""


async def write_criteria(keeper: Keeper, entries: Sequence[Entry]) -> Criteria:
    """Store the criteria of the file; all that there are then. Raises WrongSetup for a maximum that is not above 0."""
    stored = {(each.fiscal_year, each.code): each for each in await Criterion.all().using_db(keeper.connection)}
    for entry in entries:
        if entry.values.get("maximum", 1) <= 0:
            raise WrongSetup([Problem(entry.place_of("maximum"), "maximum ต้องมากกว่า 0", "maximum has to be above 0")])
        found = stored.get(entry.key)
        stored[entry.key] = await keeper.keep("criteria", Criterion, found, entry.key, entry.values)
        keeper.passed()
    return stored


async def write_evaluations(
    keeper: Keeper, entries: Sequence[Entry], indicators: Mapping[str, Indicator], criteria: Criteria
) -> None:
    """Store evaluations: what is new is version 1, what differs from an imported one a further version.

    A column that the file leaves empty stays as it was. Raises WrongSetup with every row that cannot be.
    """
    problems = [wrong for entry in entries if (wrong := _problem(keeper, entry, criteria)) is not None]
    if problems:
        raise WrongSetup(problems)
    if not entries:
        return
    years = sorted({entry.values["fiscal_year"] for entry in entries})
    newest: dict[tuple[int, int, int], Evaluation] = {}
    for each in await Evaluation.filter(fiscal_year__in=years).using_db(keeper.connection).order_by("version"):
        newest[each.indicator_id, each.fiscal_year, each.quarter] = each  # type: ignore[attr-defined]  # Tortoise makes it
    scores: defaultdict[UUID, dict[str, Decimal]] = defaultdict(dict)
    kept = EvaluationScore.filter(evaluation__fiscal_year__in=years).using_db(keeper.connection)
    for row in await kept.values("evaluation_id", "criterion__code", "score"):
        scores[row["evaluation_id"]][row["criterion__code"]] = row["score"]
    made: list[Evaluation] = []
    made_scores: list[EvaluationScore] = []
    for entry in entries:
        keeper.passed()
        code, year, quarter = entry.key
        key = (indicators[code].id, year, quarter)
        found = newest.get(key)
        said = {name: entry.values[name] for name in _SAID if name in entry.values}
        before = _stored(found, scores[found.id]) if found else {}
        if "scores" in said:
            said["scores"] = {**before.get("scores", {}), **said["scores"]}
        differing = {name: value for name, value in said.items() if before.get(name) != value}
        if not _tell(keeper, "evaluations", entry, found, before=before, differing=differing):
            continue
        now = {**before, **said}
        # A day that was not said anew is that of this version, not of the one before it.
        at = _noon(said["evaluated_on"]) if "evaluated_on" in said else keeper.at
        made.append(
            Evaluation(
                id=uuid4(),
                indicator_id=key[0],
                fiscal_year=year,
                quarter=quarter,
                version=found.version + 1 if found else 1,
                overall=now.get("overall"),
                comment=now.get("comment", ""),
                evaluated_at=at,
            )
        )
        made_scores += [
            EvaluationScore(id=uuid4(), evaluation_id=made[-1].id, criterion_id=criteria[year, each].id, score=score)
            for each, score in now.get("scores", {}).items()
        ]
    await Evaluation.bulk_create(made, using_db=keeper.connection)
    await EvaluationScore.bulk_create(made_scores, using_db=keeper.connection)


async def write_year_summaries(keeper: Keeper, entries: Sequence[Entry], indicators: Mapping[str, Indicator]) -> None:
    """Store สรุปผลการดำเนินงาน: what is new is version 1, what differs from an imported one a further version."""
    if not entries:
        return
    years = sorted({entry.values["fiscal_year"] for entry in entries})
    newest: dict[tuple[int, int], YearSummary] = {}
    for each in await YearSummary.filter(fiscal_year__in=years).using_db(keeper.connection).order_by("version"):
        newest[each.indicator_id, each.fiscal_year] = each  # type: ignore[attr-defined]  # Tortoise makes it
    made: list[YearSummary] = []
    for entry in entries:
        keeper.passed()
        code, year = entry.key
        found = newest.get((indicators[code].id, year))
        before = {"text": found.text} if found else {}
        said = {"text": entry.values["text"]}
        if _tell(keeper, "year_summaries", entry, found, before=before, differing=said if said != before else {}):
            version = found.version + 1 if found else 1
            about = {"indicator_id": indicators[code].id, "fiscal_year": year, "version": version}
            made.append(YearSummary(id=uuid4(), **about, **said, at=keeper.at))
    await YearSummary.bulk_create(made, using_db=keeper.connection)


def _tell(
    keeper: Keeper,
    section: str,
    entry: Entry,
    found: Evaluation | YearSummary | None,
    *,
    before: Mapping[str, Any],
    differing: Mapping[str, Any],
) -> bool:
    """Count and note what becomes of a row; whether it makes a version."""
    if not differing:
        return False
    subject = subject_of(section, entry.key)
    brief = _brief(differing)
    if found is None:
        keeper.changes.added[section] += 1
        keeper.entry(f"{section}.import", subject, None, {"version": 1, **brief})
        return True
    if found.person_id is not None:  # type: ignore[union-attr]  # Tortoise makes it
        keeper.changes.kept[section].append(subject)
        return False
    keeper.changes.changed[section] += 1
    keeper.changes.differ(subject, {name: before.get(name) for name in differing}, differing)
    was = _brief({name: before.get(name) for name in differing})
    keeper.entry(
        f"{section}.import", subject, {"version": found.version, **was}, {"version": found.version + 1, **brief}
    )
    return True


def _brief(values: Mapping[str, Any]) -> dict[str, Any]:
    """For the audit trail, which keeps no long texts and only JSON."""
    return {
        name: {code: str(score) for code, score in value.items()} if isinstance(value, dict) else value
        for name, value in values.items()
        if name not in {"text", "comment"}
    }


def _stored(found: Evaluation, scores: Mapping[str, Decimal]) -> dict[str, Any]:
    """What is stored, in the shape of what the file says."""
    day = found.evaluated_at.astimezone(ZoneInfo(OFFICE_ZONE)).date()
    stored = {"overall": found.overall, "scores": dict(scores), "comment": found.comment, "evaluated_on": day}
    return {name: value for name, value in stored.items() if value is not None}


def _problem(keeper: Keeper, entry: Entry, criteria: Criteria) -> Problem | None:
    values, year = entry.values, entry.values["fiscal_year"]
    quarter, today = Quarter(year, values["quarter"]), keeper.at.astimezone(ZoneInfo(OFFICE_ZONE)).date()
    if today < quarter.first_day:
        return Problem(
            entry.place_of("quarter"), f"ไตรมาส {quarter} ยังไม่เริ่ม จึงยังประเมินไม่ได้", f"quarter {quarter} has not begun"
        )
    if not {"overall", "scores", "comment"} & values.keys():
        return Problem(
            entry.place,
            "ไม่มีคะแนนหรือความเห็น ถ้ายังไม่ประเมิน ให้ลบแถวนี้",
            "there is no score and no comment; delete the row where nothing was evaluated",
        )
    if values.get("overall", 0) < 0:
        return Problem(entry.place_of("overall"), "overall ต้องเป็น 0 ขึ้นไป", "overall has to be 0 or more")
    for code, score in values.get("scores", {}).items():
        if (criterion := criteria.get((year, code))) is None:
            known = ", ".join(each for of, each in criteria if of == year) or "–"
            return Problem(
                entry.place_of("scores"),
                f"ปี {year} ไม่มีเกณฑ์ {code} ที่มีคือ {known} เพิ่มในแผ่น เกณฑ์ประเมิน criteria ก่อน",
                f"{year} has no criterion {code}; there are: {known}; add it to criteria",
            )
        if not 0 <= score <= criterion.maximum:
            most = amount(criterion.maximum)
            return Problem(
                entry.place_of("scores"), f"{code} ต้องอยู่ในช่วง 0–{most}", f"{code} has to be from 0 to {most}"
            )
    return None


def _noon(day: Any) -> datetime:
    return datetime.combine(day, time(12), ZoneInfo(OFFICE_ZONE))
