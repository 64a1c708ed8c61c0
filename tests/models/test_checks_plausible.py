"""Reports as good offices write them pass without a word: a rule that cries wolf is worse than none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

import pytest

from locales.thai_figures import counts, dates
from models.rules.checks import Figures, Reported, check
from models.rules.fiscal import Quarter
from models.rules.office import Accumulation, Direction, ResultKind

COUNT, DECIMAL, PERCENT = ResultKind.COUNT, ResultKind.DECIMAL, ResultKind.PERCENT
SCALE, YES_NO = ResultKind.SCALE, ResultKind.YES_NO
PER_QUARTER = Accumulation.PER_QUARTER

UNITS = {"ห้อง": "ห้อง", "แห่ง": "ห้อง", "ชื่อเรื่อง": "ชื่อเรื่อง", "เรื่อง": "ชื่อเรื่อง", "ครั้ง": "ครั้ง", "คน": "คน", "ฉบับ": "ฉบับ"}

SEED = {
    1: ("อยู่ระหว่างจัดทำหนังสือประสานงานกับหน่วยงานร่วมจัดกิจกรรม"),
    2: (
        "เนื่องจากสถานการณ์การระบาดซ้ำโรคโควิด 19 ทำให้ไม่สามาถดำเนิน"
        "การจัดกิจกรรมส่งเสริมการเรียนรู้ให้กับบุคลากรห้องสมุดเพื่อพั"
        "ฒนาห้องสมุดฯ เป็นห้องสมุดมีชีวิตกับหน่วยงานร่วมจัดได้ จึงขอเ"
        "ปลี่ยนกิจกรรมที่สนับสนุนตัวชี้วัดนี้เป็นการจัดทำบรรณิทัศน์ออ"
        "นไลน์ ซึ่งจะดำเนินการในเดือน พ.ค. 2564"
    ),
    3: (
        "ดำเนินการพัฒนาห้องสมุดเพื่อการเรียนรู้ให้เป็นห้องสมุดมีชีวิต"
        "ผ่านการจัดทำบรรณนิทัศน์ออนไลน์ โดยได้ดำเนินการดังนี้ 1. ห้อง"
        "สมุดเพื่อการเรียนรู้ทั้ง 36 แห่ง ดำเนินการจัดทำบรรณนิทัศน์ออ"
        "นไลน์ระหว่างฤษภาคม – มิถุนายน 2564 รวมจำนวน 324 ชื่อเรื่อง 2"
        ". ประชาสัมพันธ์ ทำการประชาสัมพันธ์ในเชิงรุก ทั้งการประชาสัมพ"
        "ันธ์ผ่านเว็บไซต์สำนักวัฒนธรรม กีฬา และการท่องเที่ยว (http://"
        "www.bangkok.go.th/cstd) แอปพลิเคชัน BKK Connect เว็บไซต์ของห"
        "้องสมุดทั้ง 36 แห่ง และการประชาสัมพันธ์ผ่านโซเชียล มีเดีย (S"
        "ocial Media) ของห้องสมุด เช่น เฟซบุ๊ก (Facebook) ไลน์ (Line)"
        " เป็นต้น"
    ),
    4: (
        "ดำเนินการพัฒนาห้องสมุดเพื่อการเรียนรู้ให้เป็นห้องสมุดมีชีวิต"
        "ผ่านการจัดทำบรรณนิทัศน์ออนไลน์ โดยได้ดำเนินการดังนี้ 1. ห้อง"
        "สมุดเพื่อการเรียนรู้ทั้ง 36 แห่ง ดำเนินการจัดทำบรรณนิทัศน์ออ"
        "นไลน์ระหว่าง พฤษภาคม – กันยายน จำนวน 828 ชื่อเรื่อง 2. ดำเนิ"
        "นการประชาสัมพันธ์บรรณานิทัศน์ออนไลน์ประจำเผ่านทางเว็บไซต์ แล"
        "ะสื่อสังคมออนไลน์ 3 สถิติการเข้าชมบรรณนิทัศน์ออนไลน์ นับตั้ง"
        "แต่เดือนพฤษภาคมจนถึงเดือนสิงหาคม เป็นจำนวน 316,259 ครั้ง"
    ),
}
"""The narratives of the page that started the project, as they were typed."""


@dataclass(frozen=True)
class Report:
    """A report in a table's row. `earlier`: "1/2564=0 2/2564=36"; `subs`: "titles:ชื่อเรื่อง=324"."""

    result: str
    quarter: str = ""
    earlier: str = ""
    narrative: str = ""
    before: str | None = None
    subs: str = ""
    measure: str = ""
    kind: ResultKind | None = None
    target: str = ""
    scale: tuple[str, str] | None = None
    direction: Direction = Direction.UP
    accumulation: Accumulation = Accumulation.CUMULATIVE

    def figures(self) -> Figures:
        """What the checks are given, the narrative as `locales` reads it."""
        quarter = Quarter.parse(self.quarter) if self.quarter else None
        pairs = [each.split("=") for each in self.earlier.split()]
        history = tuple((Quarter.parse(name), Decimal(value)) for name, value in pairs)
        of_year = [each for each in history if quarter and each[0].fiscal_year == quarter.fiscal_year]
        previous_quarter, previous = max(of_year, default=(None, None))
        parts = [part for each in self.subs.split() for part in [each.replace("=", ":").split(":")]]
        return Figures(
            Decimal(self.result),
            self.accumulation,
            previous,
            previous_quarter,
            quarter=quarter,
            kind=self.kind,
            direction=self.direction,
            target=Decimal(self.target) if self.target else None,
            scale_min=Decimal(self.scale[0]) if self.scale else None,
            scale_max=Decimal(self.scale[1]) if self.scale else None,
            measure=self.measure,
            history=history,
            sub_measures=tuple(Reported(code, Decimal(value), measure) for code, measure, value in parts),
            narrative=self.narrative,
            narrative_counts=counts(self.narrative, UNITS),
            narrative_dates=dates(self.narrative),
            previous_narrative=self.before,
        )


SEED_YEAR = Report("0", measure="ห้อง", kind=COUNT, target="3")

PLAUSIBLE = {
    # The seed's page, quarter by quarter (its third, with 36 of 3, wants a word and stands among the mistakes).
    "the seed's first quarter": replace(SEED_YEAR, quarter="1/2564", narrative=SEED[1]),
    "the seed's second quarter": replace(SEED_YEAR, quarter="2/2564", earlier="1/2564=0", narrative=SEED[2]),
    "the seed's third, its target once raised": replace(
        SEED_YEAR, target="36", result="36", quarter="3/2564", earlier="1/2564=0 2/2564=0", narrative=SEED[3]
    ),
    "the seed's third with its titles": Report(
        "36", "3/2564", narrative=SEED[3], subs="titles:ชื่อเรื่อง=324", measure="ห้อง", kind=COUNT, target="36"
    ),
    "the seed's fourth, explained a quarter ago": replace(
        SEED_YEAR,
        result="36",
        quarter="4/2564",
        earlier="1/2564=0 2/2564=0 3/2564=36",
        narrative=SEED[4],
        before=SEED[3],
        subs="titles:ชื่อเรื่อง=828 views:ครั้ง=316259",
    ),
    "titles of the year, the text tells five months": Report(
        "36", "4/2564", narrative=SEED[4], subs="titles:ชื่อเรื่อง=1152", measure="ห้อง", kind=COUNT
    ),
    "a library's yes beside all 36": Report("1", "3/2564", narrative=SEED[3], measure="ห้อง", kind=YES_NO),
    "a library's no after a no": Report("0", "2/2564", earlier="1/2564=0", kind=YES_NO, target="1"),
    "a yes of a target of one": Report("1", "1/2570", kind=YES_NO, target="1"),
    # Sizes.
    "nothing known but the number": Report("1407.52"),
    "a first result, no history": Report("828", "1/2570", kind=COUNT),
    "one of one": Report("1", "1/2570", kind=COUNT, target="1", measure="ฉบับ"),
    "25 of 25": Report("25", "1/2570", kind=COUNT, target="25"),
    "100 visitors of 120": Report("100", "2/2570", kind=COUNT, target="120"),
    "50 where 45 were usual, target low": Report(
        "50", "2/2570", earlier="1/2570=45", kind=COUNT, target="5", measure="ครั้ง"
    ),
    "7 of 1, not a round percent": Report("7", "2/2570", kind=COUNT, target="1"),
    "50 percent of 80": Report("50", "2/2570", kind=PERCENT, target="80"),
    "100 percent": Report("100", "2/2570", kind=PERCENT, target="80"),
    "112 percent where 110 is the target": Report("112", "2/2570", kind=PERCENT, target="110"),
    "growth that passed 100 before": Report("130", "2/2570", earlier="2/2569=120", kind=PERCENT, target="20"),
    "a percent without a target": Report("130", "1/2570", kind=PERCENT),
    "3.51 on a scale of 5": Report("3.51", "2/2570", kind=SCALE, target="3.51", scale=("1", "5")),
    "5 on a scale of 5": Report("5", "2/2570", kind=SCALE, scale=("1", "5")),
    "a scale without bounds": Report("10", "2/2570", kind=SCALE),
    "from 1 to 36": Report("36", "2/2570", earlier="1/2570=1", kind=COUNT),
    "from zero to many": Report("316259", "4/2570", earlier="1/2570=0 2/2570=0 3/2570=0", kind=COUNT),
    "eight times as many": Report("2400", "2/2570", earlier="1/2570=300", kind=COUNT),
    "twenty times, once": Report("3000", "2/2570", earlier="1/2570=150", kind=COUNT),
    "the target rose as well": Report("1407.52", "2/2570", earlier="1/2570=1.00", kind=DECIMAL, target="1500"),
    "0.5 percent grows to 80": Report("80", "4/2570", earlier="1/2570=0.5", kind=PERCENT, target="80"),
    "a total begins anew in October": Report(
        "9000", "1/2570", earlier="1/2569=8000 2/2569=90000 3/2569=200000 4/2569=1000000", kind=COUNT
    ),
    "a quarter of rest": Report("0", "3/2570", earlier="2/2570=5000", kind=COUNT, accumulation=PER_QUARTER),
    "fewer than last year": Report("12", "3/2570", earlier="3/2569=40", kind=COUNT),
    "each quarter on its own": Report("5", "3/2570", earlier="2/2570=36", kind=COUNT, accumulation=PER_QUARTER),
    "the same again": Report("36", "3/2570", earlier="2/2570=36", kind=COUNT),
    "nine of one": Report("9", "2/2570", kind=COUNT, target="1"),
    "far above a limit that is to fall": Report("60", "2/2570", kind=DECIMAL, target="5", direction=Direction.DOWN),
    "no target above zero": Report("12", "2/2570", kind=COUNT, target="0"),
    # Narratives and their counts.
    "another unit of measure": Report("36", "1/2570", narrative="อบรมบุคลากร 85 คน", measure="ห้อง", kind=COUNT),
    "both names of the unit": Report("36", "1/2570", narrative="๓๖ ห้อง (36 แห่ง)", measure="ห้อง", kind=COUNT),
    "a part beside the whole": Report(
        "36", "1/2570", narrative="แล้วเสร็จ 36 แห่ง ในจำนวนนี้ 12 แห่งจัดนิทรรศการ", measure="ห้อง", kind=COUNT
    ),
    "parts that add up": Report(
        "5", "1/2570", narrative="เล่านิทาน 3 ครั้ง และประดิษฐ์ของเล่น 2 ครั้ง", measure="ครั้ง", kind=COUNT
    ),
    "equal parts that add up": Report(
        "6", "1/2570", narrative="เล่านิทาน 3 ครั้ง ประดิษฐ์ของเล่น 3 ครั้ง", measure="ครั้ง", kind=COUNT
    ),
    "the increase of this quarter": Report(
        "36", "2/2570", earlier="1/2570=24", narrative="พัฒนาแล้ว 12 แห่ง", measure="ห้อง", kind=COUNT
    ),
    "perhaps this quarter's share": Report(
        "36", "2/2570", earlier="1/2570=20", narrative="พัฒนาแล้ว 18 แห่ง", measure="ห้อง", kind=COUNT
    ),
    "this quarter's share of a total": Report(
        "36", "2/2570", earlier="1/2570=20", narrative="ไตรมาสนี้พัฒนา 12 แห่ง", measure="ห้อง", kind=COUNT
    ),
    "one day's count": Report(
        "9", "1/2570", narrative="จัดกิจกรรม 3 ครั้ง เมื่อ 5, 12 และ 19 พ.ย. 69", measure="ครั้ง", kind=COUNT
    ),
    "one month's count": Report("9", "1/2570", narrative="ในเดือนพฤศจิกายนจัดกิจกรรม 3 ครั้ง", measure="ครั้ง", kind=COUNT),
    "a total beside a quarter's number": Report(
        "12", "3/2570", narrative="ยอดสะสม 40 ครั้ง", measure="ครั้ง", kind=COUNT, accumulation=PER_QUARTER
    ),
    "a plan": Report("3", "1/2570", narrative="ไตรมาสหน้าจะดำเนินการอีก 5 แห่ง", measure="ห้อง", kind=COUNT),
    "the target said again": Report("1", "1/2570", narrative="จากค่าเป้าหมาย 3 แห่ง", measure="ห้อง", kind=COUNT),
    "about so many": Report("316", "1/2570", narrative="ผู้ใช้ประมาณ 300 คน", measure="คน", kind=COUNT),
    "so many each": Report("180", "1/2570", narrative="อบรม 9 รุ่น รุ่นละ 20 คน", measure="คน", kind=COUNT),
    "the speakers": Report("85", "1/2570", narrative="โดยวิทยากร 2 คน", measure="คน", kind=COUNT),
    "schools are counted in แห่ง too": Report(
        "36", "1/2570", narrative="ร่วมกับโรงเรียน 12 แห่ง", measure="ห้อง", kind=COUNT
    ),
    "libraries, not rooms": Report("4", "1/2570", narrative="ใน 2 ห้องสมุด", measure="ห้อง", kind=COUNT),
    "a quarter's number": Report("36", "3/2570", narrative="ในไตรมาส 3 ห้องสมุดเปิดทุกวัน", measure="ห้อง", kind=COUNT),
    "nothing yet, all of them planned": Report(
        "0", "1/2570", narrative="ประสานห้องสมุดทั้ง 36 แห่งแล้ว", measure="ห้อง", kind=COUNT
    ),
    "two numbers of the same unit": Report(
        "36", "1/2570", narrative="ผู้เข้าร่วม 120 คน ผู้ตอบแบบสอบถาม 90 คน", measure="คน", kind=COUNT
    ),
    "earlier titles unknown": Report(
        "36", "3/2570", narrative="จัดทำ 324 ชื่อเรื่อง", subs="titles:ชื่อเรื่อง=828", measure="ห้อง", kind=COUNT
    ),
    "a meeting is counted in times too": Report(
        "12", "1/2570", narrative="ประชุม 1 ครั้ง และจัดกิจกรรมตามแผน", measure="ครั้ง", kind=COUNT
    ),
    "views are counted in times too": Report(
        "12", "1/2570", narrative="เผยแพร่ทางเฟซบุ๊ก มีผู้เข้าชม 1,250 ครั้ง", measure="ครั้ง", kind=COUNT
    ),
    "all the libraries told where to read": Report(
        "3", "1/2570", narrative="ประชาสัมพันธ์ที่ห้องสมุดทั้ง 36 แห่ง", measure="ห้อง", kind=COUNT
    ),
    "three equal parts": Report(
        "12", "1/2570", narrative="เล่านิทาน 4 ครั้ง ระบายสี 4 ครั้ง หนังสั้น 4 ครั้ง", measure="ครั้ง", kind=COUNT
    ),
    "last year's count": Report("36", "1/2570", narrative="ปีที่ผ่านมา 30 แห่ง", measure="ห้อง", kind=COUNT),
    # What is counted in the same unit, of nearly the same size, and is something else.
    "live broadcasts": Report("36", "1/2570", narrative="เฟซบุ๊กไลฟ์ 42 ครั้ง", measure="ครั้ง", kind=COUNT),
    "live broadcasts, one digit off": Report("40", "1/2570", narrative="เฟซบุ๊กไลฟ์ 42 ครั้ง", measure="ครั้ง", kind=COUNT),
    "cleaning days": Report("36", "1/2570", narrative="ทำความสะอาดห้องสมุด 48 ครั้ง", measure="ครั้ง", kind=COUNT),
    "cleaning days, one digit off": Report(
        "46", "1/2570", narrative="ทำความสะอาดห้องสมุด 48 ครั้ง", measure="ครั้ง", kind=COUNT
    ),
    "meetings": Report("36", "1/2570", narrative="ประชุมคณะกรรมการ 20 ครั้ง", measure="ครั้ง", kind=COUNT),
    "meetings, one digit off": Report("24", "1/2570", narrative="ประชุมคณะกรรมการ 20 ครั้ง", measure="ครั้ง", kind=COUNT),
    "the largest part and others": Report(
        "36", "1/2570", narrative="เล่านิทาน 25 ครั้ง และอื่น ๆ", measure="ครั้ง", kind=COUNT
    ),
    "the largest part and others, one digit off": Report(
        "28", "1/2570", narrative="เล่านิทาน 25 ครั้ง และอื่น ๆ", measure="ครั้ง", kind=COUNT
    ),
    "signs put up": Report("36", "1/2570", narrative="ติดป้าย QR 50 แห่ง", measure="ห้อง", kind=COUNT),
    "likes of a page": Report("240", "1/2570", narrative="ผู้กดถูกใจเพจ 200 คน", measure="คน", kind=COUNT),
    "something else of the same length": Report("36", "1/2570", narrative="ระบายสี 48 ครั้ง", measure="ครั้ง", kind=COUNT),
    "one digit, far away": Report("3", "1/2570", narrative="ระบายสี 8 ครั้ง", measure="ครั้ง", kind=COUNT),
    "several clear counts, one of them near": Report(
        "36", "1/2570", narrative="ระบายสี 35 ครั้ง หนังสั้น 90 ครั้ง", measure="ครั้ง", kind=COUNT
    ),
    "all there are, one of them closed": Report(
        "35", "1/2570", narrative="ห้องสมุดทั้งหมด 37 แห่ง ปิดปรับปรุง 1 แห่ง", measure="ห้อง", kind=COUNT
    ),
    "all there are but one": Report("36", "1/2570", narrative="ทั้งหมด 37 แห่ง ปิดปรับปรุง 1 แห่ง", measure="ห้อง", kind=COUNT),
    # Dates.
    "a plan's year in each era": Report("3", "1/2570", narrative="ภายในปี 2030 ตามแผนปี 2570"),
    "a plan's year beside a date": Report("3", "1/2570", narrative="จัดเมื่อ 5 พ.ย. 2569 ตามเป้าหมาย SDGs ภายในปี 2030"),
    "a bare year of each": Report("3", "1/2570", narrative="ปีงบประมาณ 2564 ดำเนินการต่อจากปี 2020"),
    "one era throughout": Report("3", "1/2570", narrative="31/12/2563 ถึง 15 ม.ค. 2564 ปีงบประมาณ 2564"),
    "one year said in both eras": Report("3", "1/2570", narrative="เริ่มเมื่อ พ.ศ. 2564 (ค.ศ. 2021)"),
    "the common calendar throughout": Report("3", "1/2570", narrative="from 5 Jan 2027 to 31/1/2027, quarter 2/2570"),
    "a leap day": Report("3", "2/2567", narrative="วันที่ 29 ก.พ. 2567 และ 29/2/2563"),
    "short years": Report("3", "1/2570", narrative="1 ต.ค. 69 – 31 ธ.ค. 69 และ 5/11/69"),
    "a standard's year, a scale, a score": Report(
        "3", "1/2570", narrative="ISO 9001:2015 ข้อ 7.1.13 คะแนน 95/100 ปี 2569"
    ),
    "a letter's number": Report("3", "1/2570", narrative="ตามหนังสือที่ กท 1702/13/2569 เลขที่ 45/13/2569"),
    # Repeated narratives.
    "two short ones": Report("3", "2/2570", narrative="จัดแล้ว 3 ครั้ง", before="จัดแล้ว 3 ครั้ง"),
    "the same words, other figures": Report("3", "4/2564", narrative=SEED[4], before=SEED[3]),
    "work still under way": Report("0", "2/2564", earlier="1/2564=0", narrative=SEED[1], before=SEED[1]),
    "no narrative before": Report("3", "2/2570", narrative=SEED[4]),
}


@pytest.mark.parametrize("report", PLAUSIBLE.values(), ids=PLAUSIBLE.keys())
def test_passes_without_a_word(report: Report) -> None:
    """A plausible report is not questioned."""
    assert check(report.figures()) == ()


def test_there_are_plenty() -> None:
    """The table holds forty cases at least."""
    assert len(PLAUSIBLE) >= 40
