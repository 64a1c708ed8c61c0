# เมนูใต้แชต: ป้ายของปุ่ม และคำที่ปุ่มพิมพ์ให้

menu-bar = เมนู
menu-register = ลงทะเบียน
menu-help = ช่วยเหลือ
menu-language = ภาษาอังกฤษ
menu-report = รายงาน
menu-status = สถานะ
menu-edit = แก้ไข
menu-missing = ใครยังไม่ส่ง
menu-summary = สรุป
menu-review = ตรวจ
menu-requests = คำขอ
menu-approve = อนุมัติ
menu-evaluate = ประเมิน
menu-evaluation = ผลประเมิน
