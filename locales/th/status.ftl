# สถานะ

status-pending = มี { $count } รายการรอรายงาน
status-nothing-pending = ไม่มีรายการรอรายงาน
status-missed = ไตรมาส { $quarter } ปิดรับแล้ว ยังไม่ได้ส่ง { $count } รายการ หากยังต้องส่ง พิมพ์ “ขอเปิดรายงาน”
status-coming = ไตรมาส { $quarter } เปิดรับแล้ว ครบกำหนด{ $day }
status-pending-quarter = ไตรมาส { $quarter } { $late ->
        [yes] เกินกำหนด { $days } วัน ยังส่งได้ถึง{ $day }
       *[no] ครบกำหนด{ $day } (เหลือ { $days } วัน)
    }
status-pending-row = • { $codes } · { $unit }
status-more = และอีก { $count } รายการ
status-drafts = มีร่างที่ยังไม่ได้ส่ง { $count } รายการ
status-narrow = ยังมีอีก { $count } ตัวชี้วัด พิมพ์ “สถานะ” ตามด้วยรหัส เช่น สถานะ 2300-848
status-unknown-code = ไม่พบตัวชี้วัด { $code } ที่มีคือ { $codes }
status-nothing-assigned = ไม่มีตัวชี้วัดที่ต้องรายงาน
status-awaiting = การลงทะเบียนรอผู้ประสานงานอนุมัติ จึงยังไม่มีรายการแสดง
status-quarter-row = • { $code }{ $unit ->
        [none] { "" }
       *[other] { " " }· { $unit }
    }: { $reported ->
        [yes] { $result } · ส่ง { $day } { $late ->
            [yes] ล่าช้า
           *[no] ทันกำหนด
        } · { $state ->
            [accepted] รับรองแล้ว
            [returned] ขอให้ปรับแก้
            [resubmitted] ส่งแก้แล้ว รอตรวจ
           *[other] รอตรวจ
        }
       *[no] – ยังไม่รายงาน
    }
status-round = ข้อมูล ณ { $at }
status-returned = ขอให้ปรับแก้ · { $title }
    เหตุผล: { $reason }{ $name ->
        [none] { "" }
       *[other] { " " }({ $name })
    }
status-returned-how = พิมพ์ “แก้ไข” เพื่อปรับแก้
status-sent = ส่งแล้ว { $count } รายการ
status-sent-row = • { $codes } · { $unit }: { $late ->
        [yes] ล่าช้า
       *[no] ทันกำหนด
    } · { $state ->
        [accepted] รับรองแล้ว
        [resubmitted] ส่งแก้แล้ว รอตรวจ
       *[other] รอตรวจ
    }

round-quarter = ไตรมาส { $quarter } ({ $months }){ $state ->
        [none] { "" }
        [open] { " " }ครบกำหนด { $day } (เหลือ { $days } วัน)
        [overdue] { " " }เกินกำหนด { $days } วัน ปิดรับ { $day }
       *[closed] { " " }ปิดรับแล้ว { $day }
    }
round-after-closing = { $which ->
        [review] ตรวจรายงานภายใน { $day }
       *[evaluation] ประเมินภายใน { $day }
    } ({ $days ->
        [0] วันนี้วันสุดท้าย
       *[other] เหลือ { $days } วัน
    })
round-row = • { $code }: ส่งแล้ว { $sent }/{ $all } (ทันกำหนด { $on_time } · ล่าช้า { $late } · ปรับแก้ { $to_correct } · ยังไม่ส่ง { $missing }){ $accepted ->
        [0] { "" }
       *[other] { " " }รับรองแล้ว { $accepted }
    }
round-result = { "  " }{ $rule ->
        [weighted_mean] เฉลี่ย
       *[sum] ผลรวม
    } { $result }{ $target ->
        [none] { "" }
       *[other] { " " }จากเป้าหมาย { $target }
    }{ $own ->
        [none] { "" }
       *[other] { " " }· ส่งไว้แล้ว { $own }{ $later ->
            [0] { "" }
           *[other] { " " }ก่อนได้รับอีก { $later } รายงาน
        }
    }
round-glance = • { $code }: ส่งแล้ว { $sent }/{ $all }{ $late ->
        [0] { "" }
       *[other] { " " }· ล่าช้า { $late }
    }{ $to_correct ->
        [0] { "" }
       *[other] { " " }· ปรับแก้ { $to_correct }
    }
round-card-title = { $code } { $name } · ไตรมาส { $quarter }
round-card-sent = ส่งแล้ว { $sent } จาก { $all } แห่ง
round-card-accepted = รับรองแล้ว { $accepted } แห่ง
round-card-on-time = ทันกำหนด
round-card-late = ล่าช้า
round-card-to-correct = ปรับแก้
round-card-missing = ยังไม่ส่ง
round-units = เฉพาะ { $names }{ $more ->
        [0] { "" }
       *[other] { " " }และอีก { $more } แห่ง
    }
round-no-unit = ไม่พบหน่วยงาน “{ $name }” ในหน่วยงานที่ดูได้
    พิมพ์ “สถานะ” เพื่อดูทั้งหมด หรือตามด้วยชื่อหน่วยงาน รหัส หรือไตรมาส
round-unit-meant = ไม่พบหน่วยงาน “{ $name }” หมายถึงหน่วยงานใด
round-not-yours = คำนี้สำหรับผู้ที่ดูแลหลายหน่วยงาน พิมพ์ “สถานะ” เพื่อดูของหน่วยงาน
round-missing = ยังส่งไม่ครบ { $count } จาก { $all } แห่ง
round-missing-row = • { $codes } ({ $count } แห่ง): { $units }
round-ask = ขอความร่วมมือส่งรายงานตัวชี้วัด
    { $dates }
    ยังไม่ได้รับจาก
round-ask-how = พิมพ์ “รายงาน” ในแชตกับบอต เพื่อเริ่มหรือทำต่อ
round-year-typed = ปี { $year }
round-summary = สรุปการรายงานตัวชี้วัด
round-still = ยังส่งไม่ครบ: { $names }{ $more ->
        [0] { "" }
       *[other] { " " }และอีก { $more } แห่ง
    }
round-more = และอีก { $count } บรรทัด พิมพ์ “สรุป” ตามด้วยรหัสหรือไตรมาส
round-button-missing = ใครยังไม่ส่ง
round-button-summary = สรุป
round-button-thai = เลขไทย
round-button-arabic = เลขอารบิก
round-button-copy = คัดลอกแจ้งกลุ่ม

executive-title = ตัวชี้วัด ปีงบประมาณ { $year }
executive-name = { $code } { $name }
executive-result = { $result ->
        [none] – ยังไม่มีรายงาน{ $target ->
            [none] { "" }
           *[other] { " " }(เป้าหมาย { $target })
        }
       *[other] { $result }{ $target ->
            [none] { "" }
           *[other] { " " }จากเป้าหมาย { $target }
        }{ $percent ->
            [none] { "" }
           *[other] { " " }(ร้อยละ { $percent })
        }
    }{ $rest }
executive-rest = { $reason ->
        [none] { "" }
       *[other] { " " }· { $reason }
    }{ $missing ->
        [0] { "" }
       *[other] { " " }· จาก { $sent }/{ $all } หน่วยงาน
    }{ $unreviewed ->
        [0] { "" }
       *[other] { " " }· ยังไม่รับรอง { $unreviewed } รายงาน
    }
executive-score = ประเมินล่าสุด { $score } (ไตรมาส { $quarter })
executive-not-scored = ยังไม่ประเมิน
executive-quarter = ไตรมาส { $quarter }: { $result ->
        [none] – ยังไม่มีรายงาน
       *[other] { $result }
    }{ $rest }{ $score ->
        [none] { " " }· ยังไม่ประเมิน
       *[other] { " " }· ประเมิน { $score }
    }
executive-text = พิมพ์ “สรุป” เพื่อรับข้อความสรุป หรือ “สถานะ” ตามด้วยรหัส หรือปี เช่น สถานะ ปี { $last }
executive-more = ยังมีอีก { $count } ตัวชี้วัด พิมพ์ “สถานะ” ตามด้วยรหัส
status-page = ผลที่รับรองแล้ว: { $address }
