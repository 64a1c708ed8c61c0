# ตรวจรายงาน

review-button = ตรวจ
review-button-more = ตรวจต่อ
review-queue = มี { $count } รายงานรอตรวจ { $only ->
        [none] { "" }
       *[other] { $found ->
            [0] ไม่มีรายงานที่ตรงกับ “{ $only }”{ " " }
           *[other] ตรงกับ “{ $only }” { $found } รายงาน{ " " }
        }
    }จะตรวจรายงานใด{ $more ->
        [0] { "" }
       *[other] { " " }(อีก { $more } รายงานจะแสดงถัดไป เลือกเฉพาะส่วนได้ เช่น พิมพ์รหัส ชื่อหน่วยงาน หรือไตรมาส)
    }
review-row = { $title } · { $result }{ $warnings ->
        [0] { "" }
       *[other] { " " }· มีข้อสังเกต { $warnings } ข้อ
    }{ $again ->
        [yes] { " " }· ส่งแก้แล้ว
       *[no] { "" }
    }{ $own ->
        [yes] { " " }· ผู้ตรวจส่งเอง
       *[no] { "" }
    }{ $late ->
        [yes] { " " }· ล่าช้า
       *[no] { "" }
    }
review-button-all = รับรองทั้งหมด { $count }
review-all = รับรองทั้งหมด
review-sure = รับรอง { $count } รายงานที่ไม่มีข้อสังเกตพร้อมกันหรือไม่{ $zeros ->
        [0] { "" }
       *[other] { " " }(ในจำนวนนี้ผลเป็นศูนย์ { $zeros } รายงาน)
    }{ $left ->
        [0] { "" }
       *[other] { " " }อีก { $left } รายงานต้องเปิดดูก่อน (มีข้อสังเกต ส่งแก้แล้ว หรือผู้ตรวจส่งเอง)
    }
review-button-sure = รับรอง { $count } รายงาน
    .names = { -confirms }|รับรอง|ใช่|ตกลง|yes
review-button-not-sure = ยังไม่รับรอง
    .names = ไม่|ไม่ใช่|ไม่รับรอง|ยกเลิก|no
review-button-accept = รับรอง
    .names = รับรองเลย|ผ่าน|accept
review-button-return = ขอให้ปรับแก้
    .names = ปรับแก้|ส่งกลับ|ส่งคืน|ส่งกลับแก้ไข|ให้แก้|return
review-button-next = รายงานถัดไป
    .names = ถัดไป|ข้าม|ไว้ก่อน|next
review-newer = มีฉบับใหม่ส่งเข้ามาระหว่างตรวจ กรุณาอ่านฉบับนี้
review-head = { $title }
    เลขที่ { $number } ฉบับที่ { $version }{ $again ->
        [yes] { " " }· ส่งแก้แล้ว
       *[no] { "" }
    }
review-who = ผู้รายงาน: { $reporter }{ $behalf ->
        [none] { "" }
       *[other] { " " }แทน { $behalf }
    } · { $at } · { $late ->
        [yes] ล่าช้า
       *[no] ทันกำหนด
    }
review-result = ผล
review-zero = เหตุผล
review-narrative = รายละเอียด
review-explanation = คำอธิบาย
review-of-target = { $result } (เป้าหมาย { $target })
review-line = { $label }: { $text }
review-line-changed = { $label }: { $text }
    (เดิม: { $before })
review-warning = ข้อสังเกต: { $text }
review-asked-before = ที่ขอให้ปรับแก้ไว้: { $reason }
review-question = ขอให้ปรับแก้ส่วนใด ข้อถัดไปถามเหตุผล
review-button-whole = ทั้งรายงาน
review-reason = เหตุผลที่ขอให้ปรับแก้
review-reasons-figure = ตัวเลขไม่ตรงรายละเอียด|ขอตรวจสอบยอดสะสม|ขอยืนยันตัวเลข
review-reasons-narrative = ขอรายละเอียดเพิ่ม|ขอวันที่และจำนวน|ขอรูปประกอบ
review-accepted = รับรองแล้ว · { $title }
review-accepted-all = รับรองแล้ว { $count } รายงาน{ $changed ->
        [0] { "" }
       *[other] { " " }อีก { $changed } รายงานมีการเปลี่ยนแปลงระหว่างนี้ จึงยังไม่ได้รับรอง
    }
review-returned = ขอให้ปรับแก้แล้ว · { $title }
    { $question ->
        [none] { "" }
       *[other] ส่วน: { $question }{ " · " }
    }เหตุผล: { $reason }
    { $who ->
        [none] ไม่มีผู้รายงานที่ส่งข้อความถึงได้ กรุณาแจ้งทางโทรศัพท์
       *[other] แจ้ง{ $who } ทาง LINE แก้ได้แม้ปิดรับแล้ว
    }
review-left = ยังมีอีก { $count } รายงานรอตรวจ พิมพ์ “ตรวจ”
review-nothing = ไม่มีรายงานรอตรวจ
review-waiting = มี { $count } รายงานรอตรวจ พิมพ์ “ตรวจ”
review-not-yours = การตรวจรายงานเป็นหน้าที่ของผู้ประสานงาน
review-decided = รายงานนี้มีการเปลี่ยนแปลงระหว่างนี้ จึงยังไม่ได้บันทึกผลตรวจ พิมพ์ “ตรวจ” เพื่อดูล่าสุด
review-put-aside = ยังไม่ได้บันทึกผลตรวจ พิมพ์ “ตรวจ” เมื่อพร้อม

review-told-return = ขอให้ปรับแก้ · { $title }
    เลขที่ { $number }{ $question ->
        [none] { "" }
       *[other] { " " }ส่วน: { $question }
    }
    เหตุผล: { $reason }
    ผู้ประสานงาน: { $coordinator }
    แก้ได้แม้ปิดรับแล้ว พิมพ์ “{ $words }”
review-asked = ขอให้ปรับแก้: { $reason } ({ $coordinator })
review-unknown-number = ไม่พบรายงานเลขที่นี้ในรายงานที่ส่งไว้

review-reminder = มี { $reports } รายงานรอตรวจ นานที่สุด { $days } วัน{ $requests ->
        [0] { "" }
       *[other] { " " }และ { $requests } คำขอ
    }
    พิมพ์ “ตรวจ”{ $requests ->
        [0] { "" }
       *[other] { " " }หรือ “คำขอ”
    }

# รายงานแทน และรวมผล

behalf-unit = รายงานแทน
behalf-left = เก็บร่างไว้แล้ว พิมพ์ “รายงานแทน” หรือ “รวมผล” เมื่อพร้อมทำต่อ
behalf-edit = รายงานที่ผู้ประสานงานส่งไว้แก้ได้ พิมพ์คำว่าแก้ไขตามด้วยเลขที่ เช่น แก้ไข 1/2570-07
behalf-told-by = ผู้ใดแจ้งข้อมูลนี้ เช่น นภา ใจดี
behalf-not-yours = การรายงานแทนเป็นหน้าที่ของผู้ประสานงาน
combine-button = รวมผล
combine-again = ได้รับรายงานเพิ่มหลังส่งผลรวมของ { $reports }
combine-indicator = รวมผลตัวชี้วัดใด
combine-quarter = รวมผลไตรมาสใด
combine-quarter-row = • ไตรมาส { $quarter } · รายงานแล้ว { $reported }/{ $all }
combine-not-yours = การรวมผลเป็นหน้าที่ของผู้ประสานงาน
combine-nothing = ไม่มีตัวชี้วัดที่รวมผลจากหน่วยงานที่ดูแลได้ในขณะนี้
combine-head = รวมผล { $code } ไตรมาส { $quarter } · รายงานแล้ว { $reported } จาก { $all } หน่วยงาน
combine-result = { $rule ->
        [sum] ผลรวม
        [count_met] นับหน่วยงานที่ทำได้
       *[weighted_mean] ค่าเฉลี่ยถ่วงน้ำหนัก
    }: { $result }
combine-missing = ยังไม่รายงาน { $count } หน่วยงาน: { $units }
combine-more = { $names } และอีก { $more } แห่ง
combine-unusable = { $rule ->
        [count_met] ไม่มีค่าเป้าหมายให้เทียบ
       *[weighted_mean] ไม่มีค่าน้ำหนัก
    } จึงไม่ได้นับ { $count } หน่วยงาน: { $units }
combine-unchecked = ยังไม่ได้ตรวจ { $count } รายงาน
combine-returned = ขอให้ปรับแก้อยู่ { $count } รายงาน: { $units }
combine-sent = ส่งแล้ว เลขที่ { $number } · { $state ->
        [accepted] รับรองแล้ว
        [returned] ขอให้ปรับแก้
        [resubmitted] ส่งแก้แล้ว รอตรวจ
       *[other] รอตรวจ
    } · { $differences ->
        [none] ตรงกับผลรวมขณะนี้
       *[other] ขณะนี้ต่างไป: { $differences }
    }
combine-draft = ร่างที่ทำค้างไว้ · { $differences ->
        [none] ตรงกับผลรวมขณะนี้
       *[other] ขณะนี้ต่างไป: { $differences } (“เริ่มใหม่” ใช้ผลรวมขณะนี้)
    }
combine-changed = ตัวเลขที่เปลี่ยนไป: { $differences }
combine-differs = { $label } { $before } → { $now }
combine-narrative-head = ไตรมาสที่ { $number } ปีงบประมาณ { $year } ({ $months }) มีหน่วยงานรายงานผล{ $missing ->
        [0] ครบทั้ง { $all } หน่วยงาน
       *[other] { " " }{ $reported } จาก { $all } หน่วยงาน
    }
combine-narrative-result = { $name } { $rule ->
        [weighted_mean] เฉลี่ยถ่วงน้ำหนัก
       *[sum] รวมทั้งสิ้น
    } { $result }
combine-narrative-sub-measure = { $label } รวม { $amount }{ $units ->
        [0] { "" }
       *[other] { " " }จาก { $units } หน่วยงานที่แจ้งจำนวน
    }
combine-narrative-reason = หน่วยงานที่{ $reason } ได้แก่ { $units }
combine-narrative-below = { $why ->
        [no] หน่วยงานที่ไม่ได้ดำเนินการ
        [count_met] หน่วยงานที่ผลไม่เป็นไปตามค่าเป้าหมาย
       *[sum] หน่วยงานที่มีผลเป็นศูนย์
    } ได้แก่ { $units }
combine-narrative-unusable = หน่วยงานที่รายงานแล้วแต่ไม่ได้นับรวม เพราะ{ $rule ->
        [count_met] ไม่มีค่าเป้าหมาย
       *[weighted_mean] ไม่มีค่าน้ำหนัก
    } ได้แก่ { $units }
combine-narrative-missing = หน่วยงานที่ยังไม่รายงาน ได้แก่ { $units }
