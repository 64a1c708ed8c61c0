"""The made-up people of the demonstration, one in each role, and their LINE group: one tab each in the simulator."""

from __future__ import annotations

from dataclasses import dataclass

from models.rules.office import Role


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """`id` is a LINE user id. `units` are unit codes; empty for somebody who has not registered.

    `shared`: a library's one phone, on which whoever reports is asked for their name.
    """

    id: str
    name: str
    position: str
    note: str
    role: Role | None = None
    units: tuple[str, ...] = ()
    shared: bool = False


@dataclass(frozen=True, slots=True)
class DemoGroup:
    """A LINE group (C…) or room (R…) that the bot is not in yet. `members` are LINE user ids."""

    id: str
    name: str
    note: str
    members: tuple[str, ...]


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
EVALUATOR = DemoPerson(
    id="U" + "e5" * 16,
    name="ธีรเดช วัดผล",
    position="นักวิเคราะห์นโยบายและแผนชำนาญการ",
    note="ผู้ประเมินตัวชี้วัดของสำนัก",
    role=Role.EVALUATOR,
    units=("23000000",),
)
EXECUTIVE = DemoPerson(
    id="U" + "f6" * 16,
    name="พรทิพย์ นำชัย",
    position="ผู้อำนวยการสำนัก",
    note="ผู้บริหาร ดูภาพรวมทุกตัวชี้วัด",
    role=Role.EXECUTIVE,
    units=("23000000",),
)
SHARED_PHONE = DemoPerson(
    id="U" + "07" * 16,
    name="บัญชีกลาง",
    position="",
    note="โทรศัพท์กลางของห้องสมุดวัดดอนแก้ว ถามชื่อผู้รายงาน",
    role=Role.REPORTER,
    units=("23000308",),
    shared=True,
)
STRANGER = DemoPerson(
    id="U" + "d4" * 16,
    name="ผู้มาใหม่",
    position="",
    note="ยังไม่ลงทะเบียน รหัส DEM0-RA1N-GAN0 เข้าได้ทันที รหัส WA1T-RA1N-GAN0 รออรุณีอนุมัติ",
)

DEMO_PEOPLE = (REPORTER, COLLEAGUE, COORDINATOR, EVALUATOR, EXECUTIVE, SHARED_PHONE, STRANGER)

STAFF_GROUP = DemoGroup(
    id="C" + "1a" * 16,
    name="กลุ่มเจ้าหน้าที่",
    note="กลุ่ม LINE เชื่อมด้วยรหัสที่ผู้ประสานงานขอโดยพิมพ์ “เชื่อมกลุ่ม”",
    members=(REPORTER.id, COLLEAGUE.id, COORDINATOR.id),
)

MEETING_ROOM = DemoGroup(
    id="R" + "2b" * 16,
    name="แชตผู้บริหาร",
    note="แชตหลายคน (room) ของ LINE เชื่อมด้วยรหัสเช่นเดียวกับกลุ่ม",
    members=(EXECUTIVE.id, COORDINATOR.id, EVALUATOR.id),
)
DEMO_GROUPS = (STAFF_GROUP, MEETING_ROOM)


@dataclass(frozen=True, slots=True)
class DemoCode:
    """An invitation as reporter. Known to everybody, so it is made only where no real channel was ever served."""

    code: str
    units: tuple[str, ...]
    needs_approval: bool = False


DEMO_CODE = DemoCode("DEM0-RA1N-GAN0", ("23000304",))
"""A library's own: whoever has it is in."""
SHARED_CODE = DemoCode("WA1T-RA1N-GAN0", ("23000305", "23000306", "23000307"), needs_approval=True)
"""One for the whole staff's group: each chooses their library and waits for the coordinator."""
DEMO_CODES = (DEMO_CODE, SHARED_CODE)
DEMO_CODE_USES = 50
