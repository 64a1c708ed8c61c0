# คำที่ใช้ร่วมกันทุกบทสนทนา

# ยืนยันได้ทุกที่ที่ถามให้แน่ใจ
-confirms = ยืนยัน|confirm

engine-step = { $place }/{ $steps } · { $question }
engine-choices = ตอบ: { $choices }
engine-choices-or = หรือพิมพ์: { $choices }
engine-button-back = ย้อนกลับ
engine-button-skip = ข้าม
engine-button-report = รายงาน
engine-button-status = สถานะ
engine-button-help = ช่วยเหลือ
engine-button-edit-sent = แก้ไข
engine-button-my-data = ข้อมูลที่จัดเก็บ
engine-button-keep = ใช้คำตอบเดิม
engine-button-held = ใช้ข้อความนี้
engine-button-edit = แก้ข้อ { $place }
engine-button-cancel = ยกเลิกเลย
engine-button-continue = ทำต่อ

engine-moved = ข้อมูลมีการเปลี่ยนแปลงระหว่างนี้ คำตอบล่าสุดจึงยังไม่ได้บันทึก
engine-stale = ปุ่มนี้เป็นของขั้นตอนก่อนหน้า ไม่มีการเปลี่ยนแปลงใด ๆ
engine-tapped-twice = ข้อนี้รับคำตอบไว้แล้ว
engine-held = ข้อความ “{ $text }” ส่งมาก่อนคำถามนี้ จึงยังไม่ได้บันทึก
engine-unsent = ลบคำตอบจากข้อความที่ยกเลิกการส่งแล้ว
engine-editing = ตอบข้อนี้ใหม่ได้เลย{ $old ->
        [none] { "" }
       *[other] { " " }(เดิม: { $old })
    }
engine-edit = ต้องการแก้ข้อใด
engine-nothing-to-edit = ยังไม่มีคำตอบให้แก้
engine-nothing-to-read = ยังไม่มีข้อความรายละเอียด
engine-first-question = ข้อนี้เป็นข้อแรกแล้ว
engine-cannot-skip = ข้อนี้ข้ามไม่ได้
engine-not-yet = ยังไม่ถึงขั้นยืนยัน กรุณาตอบข้อนี้ก่อน
engine-cancel = ยกเลิกรายการนี้หรือไม่
engine-cancelled = ยกเลิกแล้ว
engine-left = เก็บไว้ก่อนแล้ว กลับมาทำเมื่อสะดวกได้

answer-received = รับแล้ว: { $answer }
answer-several-choices = “{ $text }” ตรงกับหลายตัวเลือก หมายถึงข้อใด
answer-no-choice = “{ $text }” ไม่ตรงกับตัวเลือกของข้อนี้
answer-this-choice = “{ $text }” หมายถึงข้อนี้ใช่หรือไม่
answer-button-unnarrowed = แสดงทุกรายการ
answer-not-words = ข้อนี้ขอคำตอบเป็นข้อความ
answer-too-long-line = ข้อความยาวเกิน { $limit } ตัวอักษร กรุณาย่อให้สั้นลง
answer-too-long = รวมแล้วยาวเกิน { AMOUNT($limit) } ตัวอักษร ข้อความล่าสุดจึงยังไม่ได้บันทึก ส่วนที่รับไว้ก่อนหน้ายังอยู่ครบ ({ $kept } ข้อความ)
answer-nothing-written = ยังไม่มีข้อความ กรุณาพิมพ์รายละเอียดก่อน
answer-more-text = รับแล้ว { $count } ข้อความ ส่งต่อได้ ครบแล้วพิมพ์ “จบ” หรือ “เขียนใหม่”
answer-so-far = ที่รับไว้: “{ $text }”
answer-button-done = จบ
answer-button-rewrite = เขียนใหม่

number-unclear = { $reason ->
        [nothing] ยังไม่พบจำนวนใน “{ $seen }” ข้อนี้ขอเป็นตัวเลข หน่วยเป็น{ $measure }
        [several] พบหลายจำนวน: { $seen } จำนวนใดคือผลของข้อนี้
        [approximate] “{ $seen }” เป็นจำนวนโดยประมาณ ขอจำนวนที่แน่นอน
        [malformed] อ่านตัวเลข “{ $seen }” ไม่ได้ กรุณาพิมพ์ใหม่ เช่น 1,250
        [negative] “{ $seen }” ติดลบ ผลงานต้องเป็น 0 ขึ้นไป
        [other_unit] หน่วยใน “{ $seen }” ไม่ตรงกับข้อนี้ ซึ่งนับเป็น{ $measure }
        [laughter] “{ $seen }” หมายถึงจำนวนหรือเสียงหัวเราะ กรุณาเลือก หรือพิมพ์จำนวนใหม่
        [not_yet] “{ $seen }” ให้บันทึกเป็น 0 หรือยังไม่รายงานตอนนี้
        [increment] “{ $seen }” เป็นยอดรวมหรือส่วนที่เพิ่มจากเดิม
        [increment_alone] “{ $seen }” เป็นยอดรวมหรือไม่ ถ้าเป็นส่วนที่เพิ่ม กรุณาพิมพ์ยอดรวมทั้งหมด หน่วยเป็น{ $measure }
        [same_as_before] “{ $seen }” คือจำนวนเดิมต่อไปนี้ใช่หรือไม่
        [no_before] ยังไม่มีจำนวนเดิมให้เทียบ กรุณาพิมพ์จำนวน หน่วยเป็น{ $measure }
        [too_large] “{ $seen }” เกินขนาดที่บันทึกได้
        [percent] “{ $seen }” เป็นร้อยละ แต่ข้อนี้นับเป็น{ $measure }
        [part] “{ $seen }” มีเศษ แต่ข้อนี้นับเป็นจำนวนเต็ม หน่วย{ $measure }
       *[unclear] ยังไม่แน่ใจว่า “{ $seen }” หมายถึงจำนวนใด กรุณาพิมพ์เฉพาะตัวเลข หน่วยเป็น{ $measure }
    }
number-button-zero = บันทึกเป็น 0
number-button-not-yet = ยังไม่รายงาน
number-button-absent = เว้นไว้ก่อน
number-button-total = ยอดรวม { $value }
number-button-increased = เพิ่มแล้วเป็น { $value }

quarter-name = ไตรมาส { $quarter } ({ $months })
quarter-which = หมายถึงไตรมาสใด คำนี้ตรงกับมากกว่าหนึ่งไตรมาส
quarter-not-open = “{ $text }” ยังไม่มีรายการที่เปิดรับ เลือกได้ดังนี้

role-reporter = ผู้รายงาน
role-coordinator = ผู้ประสานงาน
role-evaluator = ผู้ประเมิน
role-executive = ผู้บริหาร
role-administrator = ผู้ดูแลระบบ
