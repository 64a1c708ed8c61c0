# การเตือน และเรื่องที่แจ้งให้ทราบ

remind-head = มี { $count } รายการรอรายงาน
remind-button-report = รายงาน { $code }
remind-button-tomorrow = เตือนพรุ่งนี้
remind-button-stop = หยุดเตือน
remind-button-usual = เตือนตามปกติ
remind-tomorrow = จะเตือนอีกครั้ง{ $day } หากยังมีรายการค้าง
    เปลี่ยนใจพิมพ์ “เตือนตามปกติ”
remind-stopped = หยุดเตือนไตรมาส { $quarter } แล้ว จะเตือนอีกครั้งในไตรมาสถัดไป
    ผู้ประสานงานเห็นว่าหยุดเตือน ร่างและรายการรอรายงานคงเดิม
    เปลี่ยนใจพิมพ์ “เตือนตามปกติ”
remind-usual = กลับไปเตือนตามปกติแล้ว
remind-not-yours = การเตือนให้รายงานมีเฉพาะผู้รายงาน จึงไม่มีการเตือนให้เลื่อนหรือหยุด
remind-sent-already = รายการนี้ส่งแล้ว
    { $title }
remind-who-stopped = หยุดเตือนไตรมาส { $quarter } { $count } คน: { $names }

notice-pending = ยังมี { $count } รายการรอรายงาน { $late ->
        [yes] เกินกำหนดแล้ว
       *[no] ครบกำหนด{ $day }
    }
notice-round = { $which }ไตรมาส { $quarter } { $before ->
        [none] กำหนดเป็น{ $after }
       *[some] เลื่อนจาก { $before } เป็น{ $after }
    }
notice-quota = โควตาข้อความของ{ $coming ->
        [yes] เดือนหน้ามี
       *[no] เดือนนี้เหลือ
    }สำหรับเตือน { $left } ข้อความ หากไม่มีใครส่งเพิ่มจะงดเตือน { $dropped } ครั้ง
    รายการที่รออยู่จะแจ้งเมื่อผู้รายงานพิมพ์เข้ามา หรือพิมพ์ “แจ้งกลุ่ม” เพื่อคัดลอกข้อความไปวางในกลุ่ม
notice-asked = { $what ->
        [members] มีผู้ขอเข้าร่วมรออนุมัติ พิมพ์ “อนุมัติ”
       *[requests] มีคำขอใหม่รอพิจารณา พิมพ์ “คำขอ”
    }
notice-button-group = แจ้งกลุ่ม

round-opens = วันเปิดรับ
round-due = วันครบกำหนด
round-closes = วันปิดรับ
round-review = วันตรวจ
round-evaluation = วันประเมิน

nudge-button = เตือน
nudge-takes = เตือนผู้ที่ยังไม่ส่ง ใช้ { $cost } ข้อความ
nudge-left-of-month = { $left ->
        [unknown] ยังไม่ทราบจำนวนข้อความที่เหลือของเดือนนี้
        [none] ช่องทางนี้ไม่จำกัดจำนวนข้อความ
       *[some] เดือนนี้เหลือสำหรับเตือน { $count } ข้อความ
    }
nudge-sure = ส่งคำเตือนไตรมาส { $quarters } ถึง { $cost } คน แห่งละหนึ่งคน ใช้ { $cost } ข้อความ
nudge-short = โควตาไม่พอ ใครใกล้กำหนดได้ก่อน ที่เหลือจะแจ้งเมื่อพิมพ์เข้ามา
nudge-later = ขณะนี้นอกเวลาทำการ จะส่ง{ $day } เวลา { $time }
nudge-soon = จะส่งภายในประมาณ 10 นาที เฉพาะที่ยังค้างในตอนนั้น
nudge-button-yes = ส่งคำเตือน
    .names = { -confirms }|ใช่|ส่ง|เตือนเลย|yes
nudge-button-no = ไม่ส่ง
    .names = ไม่|ไม่ใช่|ยังไม่ส่ง|no
nudge-done = รับแล้ว จะเตือน { $cost } คน
nudge-nobody = ไม่มีผู้ที่ต้องเตือนเพิ่มในวันนี้: ส่งครบแล้ว เตือนไปแล้ว หรือหยุดเตือนไว้
nudge-not-yours = การส่งคำเตือนเป็นหน้าที่ของผู้ประสานงาน
nudge-left = ไม่ได้ส่งคำเตือน
