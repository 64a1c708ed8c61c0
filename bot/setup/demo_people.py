"""The made-up people of the demonstration: one tab each in the simulator."""

from __future__ import annotations

from dataclasses import dataclass

from models.rules.office import Role


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """`id` is a LINE user id. `units` are unit codes; empty for somebody who has not registered."""

    id: str
    name: str
    position: str
    note: str
    role: Role | None = None
    units: tuple[str, ...] = ()


REPORTER = DemoPerson(
    id="U" + "a1" * 16,
    name="สมหญิง ใจดี",
    position="บรรณารักษ์ชำนาญการ",
    note="ผู้รายงานของห้องสมุด 3 แห่ง",
    role=Role.REPORTER,
    units=("23000301", "23000302", "23000303"),
)
COLLEAGUE = DemoPerson(
    id="U" + "b2" * 16,
    name="วิชัย รักอ่าน",
    position="เจ้าพนักงานห้องสมุดปฏิบัติงาน",
    note="เพื่อนร่วมงานในห้องสมุดแห่งแรก",
    role=Role.REPORTER,
    units=("23000301",),
)
COORDINATOR = DemoPerson(
    id="U" + "c3" * 16,
    name="อรุณี ประสานดี",
    position="นักวิชาการวัฒนธรรมชำนาญการ",
    note="ผู้ประสานงานตัวชี้วัดของกลุ่มงาน",
    role=Role.COORDINATOR,
    units=("23000300",),
)
STRANGER = DemoPerson(
    id="U" + "d4" * 16,
    name="ผู้มาใหม่",
    position="",
    note="ยังไม่ลงทะเบียน ใช้รหัส DEM0-RA1N-GAN0",
)

DEMO_PEOPLE = (REPORTER, COLLEAGUE, COORDINATOR, STRANGER)

DEMO_CODE = "DEM0-RA1N-GAN0"
"""The stranger's invitation. Known to everybody, so it is made only where no real channel was ever served."""
DEMO_CODE_UNITS = ("23000304",)
DEMO_CODE_USES = 50
