# ลงทะเบียน

register-code = กรุณาพิมพ์รหัสจากผู้ประสานงาน 12 ตัว เช่น XXXX-XXXX-XXXX
    พิมพ์เล็กหรือใหญ่ก็ได้ ไม่ต้องมีขีด
register-button-code = ลงทะเบียน
register-button-no-code = ยังไม่มีรหัส
register-button-contact = ติดต่อผู้ประสานงาน
register-not-a-code = “{ $text }” ไม่ใช่รูปแบบของรหัส รหัสมีตัวอักษรอังกฤษและตัวเลขรวม 12 ตัว
register-wrong = { $left ->
        [0] ไม่พบรหัสนี้ กรุณาตรวจสอบกับผู้ประสานงาน แล้วลองใหม่ในอีกหนึ่งชั่วโมง
       *[other] ไม่พบรหัสนี้ กรุณาตรวจตัวอักษรอีกครั้ง ลองได้อีก { $left } ครั้ง
    }
register-finish-first = ใช้ได้เมื่อลงทะเบียนเสร็จ กรุณาตอบข้อนี้ก่อน
register-wait = ใส่รหัสไม่ถูกต้องหลายครั้ง กรุณาลองใหม่หลังเวลา { $time }
register-expired = รหัสนี้หมดอายุเมื่อ { $day } กรุณาขอรหัสใหม่จากผู้ประสานงาน
register-used-up = รหัสนี้ใช้ครบจำนวนแล้ว กรุณาขอรหัสใหม่จากผู้ประสานงาน
register-already = ลงทะเบียนกับหน่วยงานของรหัสนี้ไว้แล้ว

register-unit = เป็นผู้รายงานของหน่วยงานใด
register-button-all = ทุกหน่วยงานในรหัสนี้
register-name = รหัสของ{ $units }
    ขอชื่อ นามสกุล และตำแหน่ง เพื่อแสดงในรายงาน
    เช่น นภา ใจดี บรรณารักษ์
register-button-not-mine = ไม่ใช่หน่วยงานนี้
register-button-shared = ใช้บัญชีกลาง
register-shared-name = บัญชีกลาง { $unit }
register-position = คุณ{ $name }
    ขอตำแหน่งด้วย เช่น บรรณารักษ์
register-who = คุณ{ $name }{ $position ->
        [none] { "" }
       *[other] { " " }· { $position }
    }
register-correct = { $who }
    { $role } · { $units }
    ระบบเก็บชื่อ ตำแหน่ง บัญชี LINE และข้อความที่ส่งในแชตนี้
    เพื่อใช้ในงานตัวชี้วัดเท่านั้น
    ดูหรือลบได้โดยพิมพ์ “ข้อมูลของฉัน”
register-button-correct = ถูกต้อง
    .names = { -confirms }|ใช่|ถูก|ถูกแล้ว|ใช่แล้ว|โอเค|ตกลง|ok|yes
register-button-fix = แก้ชื่อ
    .names = ไม่ใช่|ไม่ถูก|ไม่ถูกต้อง|ผิด|แก้ไขชื่อ
register-done = ลงทะเบียนแล้ว · { $role }
register-awaits-approval = ส่งคำขอลงทะเบียนของ{ $units }แล้ว รอผู้ประสานงานอนุมัติ จะแจ้งผลในแชตนี้
register-pending = มี { $count } รายการรอรายงาน
register-due = ไตรมาส { $quarter } ({ $months }) { $overdue ->
        [yes] เกินกำหนด{ $day } แล้ว ยังส่งได้
       *[no] ครบกำหนด{ $day }
    }
register-begin = พิมพ์ “รายงาน” เพื่อเริ่ม
register-button-now = รายงานเลย
register-not-a-name = “{ $text }” ยังไม่ใช่ชื่อ ขอชื่อและนามสกุล
register-see-status = พิมพ์ “สถานะ” เพื่อดูรายการที่รอดำเนินการ
register-nothing-pending = ขณะนี้ไม่มีรายการรอรายงาน
register-cancel = ยกเลิกการลงทะเบียนหรือไม่
register-cancelled = ยกเลิกการลงทะเบียนแล้ว
register-left = ยังไม่ได้ลงทะเบียน ถ้าไม่ใช่หน่วยงานของท่าน กรุณาขอรหัสที่ถูกต้องจากผู้ประสานงาน
