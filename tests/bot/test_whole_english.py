"""A whole report in English: the bot's own sentences hold no Thai letter but the way back to Thai."""

from __future__ import annotations

import re
from pathlib import Path

from models.tables.report import ReportVersion
from tests.town import invitation, town
from tests.transcripts.page import spoken

THAI = re.compile(r"[\u0e00-\u0e7f]")
START = "2027-01-05T14:00:00+07:00"
OFFICE = """\
units:
  - {code: "23000000", name: Culture Bureau, name_en: Culture Bureau, kind: bureau}
  - {code: LIB-01, name: Lumphini Library, name_en: Lumphini Library, kind: library, parent: "23000000"}
indicators:
  - code: 2300-848
    order: 8
    name: Living libraries
    owner: "23000000"
    unit_of_measure: libraries
    kind: count
    part_kind: yes_no
    question: Is it a living library yet
    question_en: Is it a living library yet
    sub_measures:
      - {code: titles, label: Titles annotated, label_en: Titles annotated, unit_of_measure: titles}
  - {code: 2300-849, order: 9, name: Reading activities, owner: "23000000", unit_of_measure: times, kind: count}
targets:
  - {indicator: 2300-849, unit: LIB-01, fiscal_year: 2570, value: 40}
assignments:
  - {indicator: 2300-848, units: [LIB-01], fiscal_year: 2570}
  - {indicator: 2300-849, units: [LIB-01], fiscal_year: 2570}
rounds:
  - {fiscal_year: 2570, quarter: 1, opens: 2026-12-01}
  - {fiscal_year: 2570, quarter: 2, opens: 2027-03-01}
"""
TALK = (
    *(
        "hello",
        "help",
        "status",
        "report",
        "what?",
        "2300-848",
        "half of it",
        "back",
        "2300-848",
        "in progress",
        "12 titles",
    ),
    *("show example", "We held 3 story hours.", "status", "done", "edit", "later", "report", "1", "edit 2", "14", "ok"),
    *("read all", "submit", "status 2300-848", "status Q1", "report", "none yet", "0", "1", "cancel", "no", "skip"),
    *(
        "Nothing was held.",
        "done",
        "submit",
        "edit",
        "later",
        "my data",
        "delete my data",
        "keep",
        "thanks",
        "no code yet",
    ),
)


async def test_a_whole_report_in_english(sqlite_url: str, tmp_path: Path) -> None:
    """Greeting, registration, two reports, corrections, status, data, refusals: English all the way."""
    office = tmp_path / "english.yaml"
    office.write_text(OFFICE, encoding="utf-8")
    async with town(sqlite_url, office, START) as place:
        await invitation("7K4M2QXW9TRB", ["LIB-01"], place.clock.now())
        for text in ("7K4M2QXW9TRB", "Napa Jaidee, librarian", "ถูกต้อง", "English"):
            said = await place.says("Napa", text)
        heard = [*said]
        for text in TALK:
            heard += await place.says("Napa", text)
        rows = [row for each in heard for row in spoken(each["message"])]
        assert [row for row in rows if THAI.search(row.replace("ภาษาไทย", "").removeprefix("  [การ์ด]"))] == []
        assert await ReportVersion.all().count() == 2
