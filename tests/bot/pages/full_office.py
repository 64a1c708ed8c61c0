"""An office as large as a real one, with its longest names, for pages that are looked at."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from bot.evidence.store import Store
from bot.simulator.sample_picture import sample_picture
from models.tables.indicator import Indicator
from models.tables.report import Evidence
from tests.bot.pages.reading_room import OFFICE, evaluated, sent, set_up
from tests.bot.test_seed import narratives

BUREAU = "23000000"
SEED_NAME = "จำนวนห้องสมุดเพื่อการเรียนรู้ที่ได้รับการพัฒนาเป็นห้องสมุดมีชีวิตที่มีความทันสมัยสอดคล้องกับความต้องการของประชาชน"
LONGEST = "ห้องสมุดเพื่อการเรียนรู้ศูนย์เยาวชนกรุงเทพมหานคร (ไทย-ญี่ปุ่น) ดินแดง เฉลิมพระเกียรติ ๖ รอบ พระชนมพรรษา"
RESULTS = (("0", "in_progress"), ("0", "activity_change"), ("36", ""), ("36", ""))
LIBRARIES = [f"2300{number:04}" for number in range(301, 337)]
PICTURE = UUID("6f9d3c0a-2b1e-4d57-9a44-0c8e5a7b1f02")


async def fill(store: Path) -> None:
    """36 libraries, the seed's narratives, evaluations, sub-measures, one public picture and one that is not."""
    rows = "\n".join(
        f'  - {{code: "{code}", name: "{LONGEST if number == 0 else f"ห้องสมุดเพื่อการเรียนรู้แห่งที่ {number + 1}"}",'
        f' kind: library, parent: "23000300"}}'
        for number, code in enumerate(LIBRARIES)
    )
    listed = ", ".join(f'"{code}"' for code in (BUREAU, *LIBRARIES))
    kept = [line for line in OFFICE.splitlines() if "kind: library" not in line]
    text = "\n".join(kept).replace("indicators:", f"{rows}\nindicators:", 1)
    text = text.replace('"23000000", "23000301", "23000302"', listed, 1)
    await set_up(text.replace("จำนวนห้องสมุดที่ได้รับการพัฒนาเป็นห้องสมุดมีชีวิต", SEED_NAME, 1))
    await Indicator.filter(code="2300-848").update(unit_of_measure="ห้อง")
    for quarter, (result, reason) in enumerate(RESULTS, 1):
        titles = {3: "324", 4: "828"}.get(quarter)
        text = narratives()[quarter - 1]
        version = await sent(BUREAU, quarter, result, zero_reason=reason, narrative=text, titles=titles)
    await sent(BUREAU, 4, "36", version=2, accepted=False)
    for code in LIBRARIES[:-2]:
        for quarter in (1, 2, 3):
            done = quarter == 3
            reason = "" if done else "in_progress"
            await sent(code, quarter, str(int(done)), answer="yes" if done else "in_progress", zero_reason=reason)
    await sent(LIBRARIES[1], 1, "12345678.91", code="2300-849")
    await evaluated(1, "95", "95", "100")
    await evaluated(2, "0", "0", "0")
    await evaluated(3, "0", "0", "0")
    kept_in = await Store.open(str(store))
    for number, public in enumerate((True, False)):
        picture = UUID(int=PICTURE.int + number)
        path = f"evidence/{picture}.jpg"
        data = sample_picture(number)
        await kept_in.put(path, data)
        await kept_in.put(f"evidence/{picture}-small.jpg", data)
        await Evidence.create(
            id=picture,
            version=version,
            message_id=str(number),
            content_type="image/jpeg",
            size=len(data),
            sha256=f"{number:064}",
            path=path,
            public=public,
        )
