# สถานะ

status-pending = มี { $count } รายการรอรายงาน
status-nothing-pending = ไม่มีรายการรอรายงาน
status-pending-quarter = ไตรมาส { $quarter } { $late ->
        [yes] เกินกำหนด { $days } วัน ยังส่งได้ถึง{ $day }
       *[no] ครบกำหนด{ $day } (เหลือ { $days } วัน)
    }
status-pending-row = • { $code } · { $unit }
status-more = และอีก { $count } รายการ
status-drafts = มีร่างที่ยังไม่ได้ส่ง { $count } รายการ
status-narrow = ยังมีอีก { $count } ตัวชี้วัด พิมพ์ “สถานะ” ตามด้วยรหัส เช่น สถานะ 2300-848
status-unknown-code = ไม่พบตัวชี้วัด { $code } ที่มีคือ { $codes }
status-nothing-assigned = ไม่มีตัวชี้วัดที่ต้องรายงาน
status-awaiting = การลงทะเบียนรอผู้ประสานงานอนุมัติ จึงยังไม่มีรายการแสดง
status-quarter-row = • { $code } · { $unit }: { $reported ->
        [yes] { $result } · ส่ง { $day } { $late ->
            [yes] ล่าช้า
           *[no] ทันกำหนด
        }
       *[no] – ยังไม่รายงาน
    }
status-round = ข้อมูล ณ { $at }
status-round-quarter = ไตรมาส { $quarter } ({ $months }) ครบกำหนด { $due }
status-round-row = • { $code }: ส่งแล้ว { $sent }/{ $all }{ $late ->
        [0] { "" }
       *[other] { " " }(ล่าช้า { $late })
    }
