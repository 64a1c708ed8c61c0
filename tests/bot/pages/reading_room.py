"""A reading room for the tests of the public pages: an office, what its coordinators accepted, and a visitor."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.evidence.store import Store
from bot.pages.routes import Pages
from bot.setup.write import import_setup
from bot.setup.yaml_file import parse_yaml
from models.tables.evaluation import Criterion, Evaluation, EvaluationScore
from models.tables.indicator import Indicator, SubMeasure
from models.tables.organisation import Person, Unit
from models.tables.report import Report, ReportVersion, SubMeasureResult
from models.tables.review import Review

BANGKOK = ZoneInfo("Asia/Bangkok")
NOW = datetime(2027, 1, 20, 9, 0, tzinfo=BANGKOK)
BASE = "https://raingan.example"

OFFICE = """
units:
  - {code: "23000000", name: สำนักวัฒนธรรม กีฬา และการท่องเที่ยว, name_en: Culture Department, kind: bureau}
  - {code: "23000300", name: กลุ่มงานพัฒนาห้องสมุดประชาชน, kind: division, parent: "23000000"}
  - {code: "23000301", name: ห้องสมุดสวนมะลิ, kind: library, parent: "23000300"}
  - {code: "23000302", name: ห้องสมุดริมน้ำเย็น, kind: library, parent: "23000300"}
indicators:
  - code: 2300-848
    order: 8
    name: จำนวนห้องสมุดที่ได้รับการพัฒนาเป็นห้องสมุดมีชีวิต
    name_en: Living libraries
    owner: "23000000"
    unit_of_measure: ห้อง
    kind: count
    part_kind: yes_no
    type: strategic
    level: output
    over_units: count_met
    definition: ห้องสมุดมีชีวิต หมายถึง ห้องสมุดที่มีพื้นที่หลากหลาย
    strategy: [ด้านที่ ๓ - มหานครสำหรับทุกคน, ๓.๓ - การศึกษาสำหรับทุกคน]
    projects: [โครงการห้องสมุดมีชีวิต]
    links: [ฐานข้อมูลเมือง https://data.example/city, "javascript:alert(1)"]
    sub_measures:
      - {code: titles, label: บรรณนิทัศน์, unit_of_measure: เรื่อง}
  - code: 2300-849
    order: 9
    name: จำนวนผู้เข้าร่วม
    owner: "23000000"
    unit_of_measure: คน
    kind: count
    over_units: sum
targets:
  - {indicator: 2300-848, unit: "23000000", fiscal_year: 2570, value: 3}
  - {indicator: 2300-848, unit: "23000000", fiscal_year: 2570, value: 5, valid_from: 2027-02-01, reason: เพิ่มเป้าหมาย}
assignments:
  - {indicator: 2300-848, units: ["23000000", "23000301", "23000302"], fiscal_year: 2570}
  - {indicator: 2300-849, units: ["23000301", "23000302"], fiscal_year: 2570}
  - {indicator: 2300-848, units: ["23000000"], fiscal_year: 2569}
rounds:
  - {fiscal_year: 2570, quarter: 1}
"""


async def set_up(text: str = OFFICE) -> None:
    """Import an office into the open database."""
    await import_setup(parse_yaml(text, "office.yaml"), NOW)


async def sent(
    unit: str,
    quarter: int,
    result: str,
    *,
    code: str = "2300-848",
    year: int = 2570,
    version: int = 1,
    accepted: bool = True,
    **more: Any,
) -> ReportVersion:
    """A version of a report as it lies in the tables once it was sent and, unless told otherwise, accepted.

    `more`: further columns of the version, and `titles` for the sub-measure.
    """
    person = (await Person.get_or_create({"created_at": NOW}, name="สมหญิง"))[0]
    place = {"unit": await Unit.get(code=unit), "indicator": await Indicator.get(code=code)}
    about: dict[str, Any] = {**place, "fiscal_year": year, "quarter": quarter}
    number = 1 + await Report.filter(fiscal_year=year, quarter=quarter).count()
    report = await Report.get_or_none(**about)
    if report is None:
        report = await Report.create(id=uuid4(), number=number, version=version, state="submitted", **about)
    titles = more.pop("titles", None)
    stored = await ReportVersion.create(
        id=uuid4(),
        report=report,
        version=version,
        result=Decimal(result),
        submitted_at=NOW,
        late=False,
        person=person,
        **{"answer": result, "narrative": "", "reporter_name": "สมหญิง ใจดี", **more},
    )
    if titles is not None:
        measure = await SubMeasure.get(code="titles")
        await SubMeasureResult.create(id=uuid4(), version=stored, sub_measure=measure, value=Decimal(titles))
    report.version = version
    report.state = "accepted" if accepted else "resubmitted"
    if accepted:
        report.accepted_version = version
        await Review.create(id=uuid4(), report=report, version=version, decision="accepted", person=person, at=NOW)
    await report.save()
    return stored


async def evaluated(quarter: int, overall: str | None, *scores: str, year: int = 2570, version: int = 1) -> None:
    """An evaluation of 2300-848 with the scores of 2.1, 2.2 and so on."""
    indicator = await Indicator.get(code="2300-848")
    evaluation = await Evaluation.create(
        id=uuid4(),
        indicator=indicator,
        fiscal_year=year,
        quarter=quarter,
        version=version,
        overall=None if overall is None else Decimal(overall),
        evaluated_at=NOW,
    )
    for number, score in enumerate(scores, 1):
        criterion, _ = await Criterion.get_or_create(
            {"maximum": Decimal(100), "order": number}, fiscal_year=year, code=f"2.{number}"
        )
        await EvaluationScore.create(id=uuid4(), evaluation=evaluation, criterion=criterion, score=Decimal(score))


Visitor = TestClient[web.Request, web.Application]


@asynccontextmanager
async def reading_room(store: Path | None = None) -> AsyncIterator[Visitor]:
    """Somebody who opens the pages over the open database. `store`: where pictures lie."""
    folder = store or Path(tempfile.mkdtemp())

    async def open_store() -> Store:
        return await Store.open(str(folder))

    app = web.Application()
    app.add_routes(Pages(BASE, lambda: NOW, open_store).routes())
    async with TestClient(TestServer(app)) as visitor:
        yield visitor


async def read(visitor: Visitor, path: str, status: int = 200) -> str:
    """What an address shows, as it was sent."""
    async with visitor.get(path) as answer:
        assert answer.status == status, (path, answer.status)
        return await answer.text()
