# ประเมิน และ ผลประเมิน

evaluate-indicator = { $count ->
        [0] ประเมินตัวชี้วัดใด พิมพ์รหัสได้
       *[other] รอประเมิน { $count } รายการ เลือก หรือพิมพ์รหัสตัวชี้วัดอื่น
    }
evaluate-waiting = { $code } ไตรมาส { $quarter }
evaluate-waiting-short = { $code } { $quarter }
evaluate-status = { $count ->
        [0] ไม่มีรายการรอประเมิน
       *[other] รอประเมิน { $count } รายการ
    }
evaluate-row = • { $code } { $name }: ไตรมาส { $quarters }
evaluate-row-quarter = { $quarter }{ $begun ->
        [yes] { " " }(ยังไม่มีคะแนนรวม)
       *[no] { "" }
    }
evaluate-how = พิมพ์ “ประเมิน” หรือระบุ เช่น ประเมิน { $code } ไตรมาส { $quarter }
evaluate-button = ประเมิน
evaluate-quarter-typed = ไตรมาส { $quarter }
evaluate-quarter = ประเมิน { $code } ของไตรมาสใด
evaluate-not-reported = ยังไม่มีผลงานของไตรมาสนี้
evaluate-result = ผลงาน { $result }{ $reason ->
        [none] { "" }
       *[other] { " " }({ $reason })
    }{ $target ->
        [none] { "" }
       *[other] { " " }จากเป้าหมาย { $target }
    }{ $units ->
        [0] { "" }
       *[other] { " " }· รวมจาก { $units }/{ $all } หน่วยงาน
    }{ $unreviewed ->
        [0] { "" }
       *[other] { " " }· ยังไม่รับรอง { $unreviewed } รายงาน
    }
evaluate-read-all = (ตัดมาบางส่วน พิมพ์ “อ่านทั้งหมด”)
evaluate-before = ประเมินไว้แล้วฉบับที่ { $version } เมื่อ { $day } การบันทึกครั้งนี้เป็นฉบับใหม่
evaluate-score = เกณฑ์ { $criterion } ได้กี่คะแนน (เต็ม { AMOUNT($maximum) })
evaluate-overall = คะแนนรวมของไตรมาสนี้ได้กี่คะแนน (กรอกแยก ไม่ได้คำนวณจากเกณฑ์)
evaluate-keep = ใช้ { AMOUNT($score) } เดิม
evaluate-points = คะแนน|แต้ม
evaluate-said = { AMOUNT($score) } คะแนน
evaluate-above = { AMOUNT($value) } เกินคะแนนเต็ม { AMOUNT($most) }
evaluate-absent = ไม่ประเมิน|ยังไม่ประเมิน|ไม่ให้คะแนน|ยังไม่ให้คะแนน|ไม่มีคะแนน|ยังไม่มีคะแนน
evaluate-left-out = เว้นไว้ ยังไม่ประเมินข้อนี้
evaluate-no-comment = ไม่มี|ไม่มีความเห็น|ไม่มีความเห็นเพิ่มเติม
evaluate-comment = ความเห็นประกอบ (ไม่บังคับ พิมพ์ในข้อความเดียว)
evaluate-comment-before = เดิม: { $text }
evaluate-preview = ตรวจก่อนบันทึก
    { $code } · { $quarter }
evaluate-preview-score = { $place } { $criterion }: { $score ->
        [none] – ยังไม่ประเมิน
       *[other] { $score } จาก { AMOUNT($maximum) }
    }
evaluate-preview-overall = { $place } คะแนนรวม: { $score ->
        [none] – ยังไม่ประเมิน
       *[other] { $score }
    }
evaluate-preview-comment = { $place } ความเห็น: { $text }
evaluate-preview-how = ตอบ: { $save ->
        [yes] บันทึกผลประเมิน / แก้ข้อ { $places }
       *[no] แก้ข้อ { $places }
    }
evaluate-overall-high = คะแนนรวมสูงกว่าคะแนนเต็มของทุกเกณฑ์ ({ AMOUNT($most) }) โปรดตรวจอีกครั้ง
evaluate-nothing = ยังไม่มีคะแนนหรือความเห็น จึงยังบันทึกไม่ได้
evaluate-same = เหมือนฉบับที่บันทึกไว้แล้วทุกข้อ จึงไม่มีอะไรให้บันทึก
evaluate-button-save = บันทึกผลประเมิน
    .names = { -confirms }|บันทึก|ส่ง|ส่งเลย|ใช่
evaluate-not-yours = การประเมินเป็นหน้าที่ของผู้ประเมิน
    ดูผลได้โดยพิมพ์ “ผลประเมิน” ตามด้วยรหัส
evaluate-other-unit = ตัวชี้วัด { $code } ไม่ได้อยู่ในหน่วยงานที่ดูแล
evaluate-to-come = ไตรมาส { $quarter } ยังไม่เริ่ม จึงยังประเมินไม่ได้
evaluate-not-accepted = ผลงานของ { $code } ไตรมาส { $quarter } ยังไม่ได้รับรอง และรอบนี้ปิดรับ { $day } จึงยังประเมินไม่ได้
evaluate-nothing-there = { $code } ไม่มีผลงานของไตรมาส { $quarter } ให้ประเมิน หากหมายถึงปีอื่น พิมพ์ปีด้วย เช่น ไตรมาส 1/2570
evaluate-without-overall = ยังไม่มีคะแนนรวม จึงยังอยู่ในรายการรอประเมิน
evaluate-nothing-assigned = ยังไม่มีตัวชี้วัดในหน่วยงานที่ดูแล
evaluate-newer = มีผู้บันทึกผลประเมินนี้ระหว่างที่ทำอยู่
evaluate-stored = บันทึกผลประเมินแล้ว
evaluate-left = { $count ->
        [0] ไม่มีรายการรอประเมินแล้ว
       *[other] ยังมีรอประเมิน { $count } รายการ พิมพ์ “ประเมิน”
    }
evaluate-cancel = ยกเลิกการประเมินนี้หรือไม่ คะแนนที่ตอบไว้จะไม่ถูกบันทึก
evaluate-edit = ผลประเมินแก้ได้โดยประเมินใหม่เป็นฉบับถัดไป
    พิมพ์ “ประเมิน” ตามด้วยรหัสและไตรมาส เช่น ประเมิน 2300-848 ไตรมาส 3
evaluate-left-off = ยังไม่ได้บันทึกผลประเมินนี้{ $scored ->
        [yes] { " " }คะแนนที่ตอบไว้ไม่ได้เก็บ ประเมินใหม่ได้เมื่อพร้อม
       *[no] { "" }
    }

evaluation-head = { $code } · { $quarter }
evaluation-overall = คะแนนรวม { $score }
evaluation-score = • { $criterion }: { $score ->
        [none] – ยังไม่ประเมิน
       *[other] { $score } จาก { AMOUNT($maximum) }
    }
evaluation-comment = ความเห็น: { $text }
evaluation-read-all = (ตัดมาบางส่วน พิมพ์ “ผลประเมิน { $code } ไตรมาส { $quarter }”)
evaluation-at = ประเมินเมื่อ { $day } ฉบับที่ { $version }
evaluation-narrow = ยังมีอีก { $count } รายการ พิมพ์ “ผลประเมิน” ตามด้วยรหัสหรือไตรมาส
evaluation-none = ยังไม่มีผลประเมิน{ $code ->
        [none] { "" }
       *[other] ของ { $code }
    }{ $quarter ->
        [none] { "" }
       *[other] { " " }ไตรมาส { $quarter }
    }{ $year ->
        [none] { "" }
       *[other] { " " }ปีงบประมาณ { $year }
    }
