# รายงาน: ถ้อยคำของแต่ละคำถาม ตามชื่อคำถามใน handlers/report.py

report-title = { $code } · { $unit } · ไตรมาส { $quarter }
report-step = { $code } · { $unit } · ไตรมาส { $quarter }

report-draft = { $count ->
        [0] เลือกรายการที่จะรายงาน
       *[other] มีร่างที่ยังไม่ได้ส่ง { $count } รายการ จะทำต่อรายการใด
    }
report-sent = จะแก้ไขรายงานใด
report-unit-meant = “{ $text }” หมายถึงหน่วยงานใด
report-unit = รายงานของหน่วยงานใด
report-indicator = { $unit }
    รายงานตัวชี้วัดใด
report-quarter = { $code } · { $unit }
    รายงานไตรมาสใด

report-resume = { $title }
    { $whose ->
        [mine] { $cancelled ->
            [yes] มีร่างที่ยกเลิกไว้ เมื่อ { $updated_at }
           *[no] มีร่างที่ทำค้างไว้ เมื่อ { $updated_at }
        }
       *[other] คุณ{ $begun_by } เริ่มร่างนี้เมื่อ { $begun_at } { $same ->
            [yes] แก้ล่าสุด { $updated_at }
           *[no] แก้ล่าสุดโดยคุณ{ $holder } { $updated_at }
        }
    }
report-newer = { $code } · { $unit }
    { $own ->
        [yes] ส่งรายงานนี้แล้วเมื่อ { $at }
        [combined] รายงานนี้ส่งไว้แล้วเมื่อ { $at } ({ $reporter })
       *[no] คุณ{ $reporter } ส่งรายงานฉบับใหม่แล้วเมื่อ { $at }
    }
    ฉบับที่ส่งแล้ว: { $theirs } · { $their_narrative }
    ร่างนี้: { $mine } · { $my_narrative }
    จะใช้ฉบับใด

report-result-yes-no = ถึง { DATE($day) } { $question }
report-result-number = { $kind ->
        [percent] { $question }
            ขอผลเป็นร้อยละ
        [scale] { $question }
            ขอผลเป็นคะแนน { AMOUNT($low) }–{ AMOUNT($high) }
       *[other] { $question }
            ขอผลเป็นจำนวน (หน่วยนับ: { $measure })
    }
report-counted-cumulative = นับสะสม { $span }
report-counted-quarter = นับเฉพาะ { $months }
report-target = เป้าหมาย { $target }
report-before = ที่รายงานไว้ ไตรมาส { $quarter }: { $result }
report-amount = { AMOUNT($value) } { $measure }
report-percent = ร้อยละ { AMOUNT($value) }
report-yes = ดำเนินการแล้ว
report-no = ไม่ได้ดำเนินการ
report-choice-yes = แล้ว
    .names = แล้วเสร็จเรียบร้อย|ทำเสร็จแล้ว|ดำเนินการแล้วเสร็จ|ใช่|ใช่แล้ว|ทำแล้ว|ดำเนินการแล้ว|พัฒนาแล้ว|เสร็จแล้ว|เรียบร้อยแล้ว|เรียบร้อย|เสร็จ|แล้วเสร็จ|yes|done
report-choice-in-progress = อยู่ระหว่างดำเนินการ
    .names = กำลังดำเนินการ|กำลังทำ|กำลังทำอยู่|ระหว่างดำเนินการ|ยังไม่เสร็จ|ยังทำไม่เสร็จ|เกือบเสร็จ|ใกล้เสร็จ|ทำแล้วบางส่วน|ยังไม่แล้วเสร็จ|in progress
report-choice-no = ไม่ได้ดำเนินการ
    .names = ไม่|ยังไม่ได้ทำ|ยังไม่ได้ดำเนินการ|ไม่ได้ทำ|ยังไม่เริ่ม|no|not done

report-zero = ผล: { $result } เพราะเหตุใด
report-zero-in_progress = อยู่ระหว่างดำเนินการ
    .names = กำลังดำเนินการ|กำลังทำ|ระหว่างดำเนินการ|ยังไม่เสร็จ
    .short = อยู่ระหว่างดำเนินการ
report-zero-prevented = มีเหตุให้ไม่ได้ดำเนินการ
    .names = มีเหตุ|มีเหตุขัดข้อง|มีเหตุไม่ได้ทำ|ติดขัด|ทำไม่ได้
    .short = มีเหตุไม่ได้ทำ
report-zero-activity_change = ขอเปลี่ยนกิจกรรม
    .names = เปลี่ยนกิจกรรม|ขอเปลี่ยน
    .short = ขอเปลี่ยนกิจกรรม
report-zero-not_planned = ไม่มีแผนไตรมาสนี้
    .names = ไม่มีแผน|ไม่ได้วางแผน|ไม่อยู่ในแผน
    .short = ไม่มีแผนไตรมาสนี้

report-sub-measure = { $label }
    ขอจำนวน (หน่วยนับ: { $measure })
report-narrative = ขอรายละเอียดการดำเนินงาน 2–3 ประโยค ยาวกว่านี้ก็ได้
    พิมพ์ หรือแตะไมค์บนแป้นพิมพ์แล้วพูด ส่งได้หลายข้อความ

check-head = { $count ->
        [1] ขอตรวจสอบหนึ่งจุด
       *[other] ขอตรวจสอบ { $count } จุด
    }
check-outside_scale = { $bounds ->
        [low] { $result } ต่ำกว่าเกณฑ์ต่ำสุด { $low } ถูกต้องหรือไม่
        [high] { $result } สูงกว่าเกณฑ์สูงสุด { $high } ถูกต้องหรือไม่
       *[both] { $result } อยู่นอกช่วง { $low }–{ $high } ถูกต้องหรือไม่
    }
check-percent_in_count = ตัวชี้วัดนี้นับเป็นจำนวน ค่าเป้าหมาย { $target } แต่ผลคือ { $result } พิมพ์เป็นร้อยละหรือไม่
check-cumulative_falls = ผลสะสมลดลง: ไตรมาส { $previous_quarter } รายงาน { $previous } ครั้งนี้ { $new } ถูกต้องหรือไม่
check-yes_no_falls = ไตรมาส { $quarter } รายงานว่าดำเนินการแล้ว แต่ครั้งนี้ยังไม่แล้วเสร็จ ถูกต้องหรือไม่
check-narrative_disagrees = รายงาน { $reported } แต่รายละเอียดเขียนว่า “{ $said }” จำนวนใดถูกต้อง
check-magnitude_jump = ผลต่างจากเดิมมาก: ไตรมาส { $previous_quarter } รายงาน { $previous } ครั้งนี้ { $new } ถูกต้องหรือไม่
check-many_times_target = ผล { $result } เป็น { $times } เท่าของค่าเป้าหมาย { $target } เพราะเหตุใด
check-mixed_eras = { $problem ->
        [mixed] ในรายละเอียดมีทั้ง พ.ศ. และ ค.ศ.: “{ $date }” กับ “{ $other_date }” ถูกต้องหรือไม่
       *[impossible] ในรายละเอียดมีวันที่ “{ $date }” ซึ่งไม่มีในปฏิทิน ถูกต้องหรือไม่
    }
check-narrative_repeats = รายละเอียดเหมือนของไตรมาส { $previous_quarter } รวมทั้งตัวเลขและวันที่ ยังเป็นปัจจุบันหรือไม่
report-explanation = ถ้าถูกต้องแล้ว พิมพ์เหตุผลสั้น ๆ ได้เลย
report-activity = กิจกรรมใหม่คืออะไร
report-activity-month = เริ่มเดือนใด เช่น พ.ค. 70
report-activity-month-unclear = ยังไม่พบชื่อเดือนใน “{ $text }” กรุณาพิมพ์เดือน เช่น พ.ค. 70
report-activity-kept = ขอเปลี่ยนกิจกรรมเป็น { $activity } เริ่ม { $month }
report-number-at-warning = { AMOUNT($value) } คือผลที่ถูกต้องใช่หรือไม่
report-button-correct = ถูกต้องแล้ว
report-button-change-answer = แก้คำตอบ
report-which-wrong = กรุณาเลือกส่วนที่จะแก้
report-left-out = เว้นไว้ ยังไม่มีข้อมูล
report-button-change-narrative = แก้รายละเอียด
report-button-activity = ขอเปลี่ยนกิจกรรม
report-button-change-result = แก้ตัวเลข
report-button-new-result = แก้ผลเป็น { AMOUNT($value) }
report-button-keep-result = คงผลเดิม

report-reporter-name = { $unit }
    ใช้บัญชีกลาง ขอชื่อ นามสกุล ผู้รายงานครั้งนี้

report-preview = ตรวจก่อนส่ง
report-preview-again = แก้ไขรายงานเลขที่ { $number } (ส่งแล้วฉบับที่ { $version }) ตรวจแล้วส่งใหม่ได้
report-preview-head = { $unit } · { $code } · ไตรมาส { $quarter }
report-preview-result = { $place } ผล: { $result }
report-preview-zero = { $place } เหตุผล: { $reason }
report-preview-sub-measure-absent = { $place } { $label }: – (ยังไม่มีข้อมูล)
report-preview-sub-measure = { $place } { $label }: { AMOUNT($value) } { $measure }{ $cumulative ->
        [yes] { " " }(สะสม)
       *[no] { "" }
    }
report-preview-narrative = { $place } รายละเอียด: { $text }
report-preview-excerpt = { $place } รายละเอียด (ตัดมาบางส่วน ทั้งหมด { AMOUNT($count) } ตัวอักษร พิมพ์ “อ่านทั้งหมด”): { $text }
report-preview-explanation = { $place } คำอธิบาย: { $text }
report-preview-activity = { $place } กิจกรรมใหม่: { $text }
report-preview-activity-month = { $place } เดือนที่เริ่ม: { $text }
report-preview-told-by = { $place } ผู้แจ้งข้อมูล: { $name }
report-preview-reporter = { $place } ผู้รายงาน: { $name }
report-preview-pictures = { $count ->
        [0] รูปแนบ: ไม่มี (ส่งรูปได้เลย ไม่บังคับ เห็นเฉพาะเจ้าหน้าที่)
       *[other] รูปแนบ: { $count } รูป (เห็นเฉพาะเจ้าหน้าที่)
    }
report-preview-late = { $closed ->
        [yes] ปิดรับ { DATE($closes) } แล้ว รายงานนี้ส่งได้เป็นกรณีพิเศษ และจะบันทึกว่าล่าช้า
       *[no] เกินกำหนด { DATE($due) } แล้ว ยังส่งได้ และจะบันทึกว่าล่าช้า
    }
report-preview-how = ตอบ: ส่งรายงาน / แก้ข้อ { $places } / เก็บไว้ก่อน
report-not-sent-yet = ยังไม่ได้ส่ง ถ้าถูกต้องแล้ว พิมพ์ “ส่งรายงาน”

report-narrative-example = ตัวอย่าง
    “จัดกิจกรรมเล่านิทาน 3 ครั้ง เมื่อ 5, 12 และ 19 พ.ย. 69 มีผู้ร่วม 85 คน ประชาสัมพันธ์ทางเฟซบุ๊กของห้องสมุด”
report-narrative-reused = { $text }

    นำข้อความข้างต้นมาใช้แล้ว มีสิ่งใดเปลี่ยนไป พิมพ์ต่อได้ หรือพิมพ์ แก้ … เป็น …
report-swapped = แก้ “{ $old }” เป็น “{ $new }” แล้ว
report-swap-not-once = { $count ->
        [0] ไม่พบ “{ $old }” ในรายละเอียด กรุณาพิมพ์ให้ตรงกับข้อความเดิม
       *[other] พบ “{ $old }” { $count } แห่ง กรุณาพิมพ์ให้ยาวขึ้น
    }
report-button-reuse-quarter = ใช้ข้อความไตรมาสก่อน
report-button-reuse-sent = ใช้ข้อความที่ส่งไว้
report-button-reuse-library = ใช้ข้อความห้องสมุดก่อน
report-button-example = ดูตัวอย่าง
report-button-none-yet = ยังไม่มี
report-button-send = ส่งรายงาน
report-button-later = เก็บไว้ก่อน
report-button-look = ดูก่อนส่ง
picture-received = รับรูปแล้ว { $count } รูป ส่งเพิ่มได้
    ต้องการเอารูปออก ให้ยกเลิกการส่งรูปนั้นในแชต
picture-left-out = ไม่ได้เก็บ { $count } รูป: รับได้ไม่เกิน { $most } รูปต่อรายงาน และต้องส่งจากอัลบั้มหรือกล้อง
picture-button-album = เลือกรูป
picture-button-camera = ถ่ายรูป
report-button-read-all = อ่านทั้งหมด
report-button-other = รายการอื่น
report-button-continue = ทำต่อ
report-button-afresh = เริ่มใหม่
report-button-from-sent = เริ่มจากฉบับที่ส่ง
report-button-leave = ไม่ทำต่อ
report-button-mine = ส่งร่างนี้แทน
report-button-theirs = ใช้ฉบับที่ส่งแล้ว
report-button-quarter = ไตรมาส { $quarter }

report-receipt-typed = หากต้องแก้ พิมพ์ “{ $words }”
report-receipt = { $again ->
        [yes] ส่งแก้แล้ว
       *[no] ส่งรายงานแล้ว
    } · เลขที่ { $number }{ $version ->
        [1] { "" }
       *[other] { " " }(ฉบับที่ { $version })
    }
    { $unit } · { $code }
    ผล: { $result }
    { $day } เวลา { $time }
    { $late ->
        [yes] ล่าช้า
       *[no] ทันกำหนด
    } · รอผู้ประสานงานตรวจ
    ผู้รายงาน: { $reporter }{ $acting ->
        [yes] { " " }ปฏิบัติหน้าที่แทน { $acting_for }
        [told] { " " }รายงานแทน ผู้แจ้งข้อมูล: { $acting_for }
       *[no] { "" }
    }
report-receipt-edit = หากพบข้อผิด พิมพ์ “แก้ไข” ได้ถึงวันที่ { $until }
report-receipt-left = ยังมีอีก { $count } รายการรอรายงาน
report-unchanged = ไม่มีส่วนใดต่างจากฉบับที่ส่งแล้ว จึงไม่ได้ส่งซ้ำ
report-left = เก็บร่างไว้แล้ว พิมพ์ “รายงาน” เมื่อพร้อมทำต่อ
report-draft-kept = ร่างที่ทำไว้ยังอยู่
report-under-way = กำลังทำ { $title }
    ตอบต่อได้เลย หรือพิมพ์ “เก็บไว้ก่อน” เพื่อทำรายการอื่น
report-cancel = { $corrects ->
        [yes] ยกเลิกการแก้ไขนี้หรือไม่ รายงานฉบับที่ส่งแล้วยังคงเดิม ส่วนที่แก้จะเก็บเป็นร่างไว้ 7 วัน
       *[no] ยกเลิกรายงานนี้หรือไม่ คำตอบจะเก็บเป็นร่างไว้ 7 วัน
    }
report-cancelled = { $corrects ->
        [yes] ยกเลิกการแก้ไขแล้ว รายงานฉบับที่ส่งแล้วยังคงเดิม
       *[no] ยกเลิกแล้ว ยังไม่มีการส่งรายงาน
    }
report-open-now = ที่เปิดรับอยู่: ไตรมาส { $quarters }
report-not-yours = ตัวชี้วัดนี้ไม่อยู่ในรายการของหน่วยงาน
report-nothing-open = ขณะนี้ไม่มีรายการที่เปิดรับรายงาน{ $quarter ->
        [none] { "" }
       *[other] { " " }ไตรมาส { $quarter } เปิดรับ{ $day }
    }
    หากยังต้องส่งของไตรมาสที่ปิดรับแล้ว พิมพ์ “ขอเปิดรายงาน”
report-nothing-sent = ขณะนี้ไม่มีรายงานที่ส่งแล้วและยังแก้ไขได้
    หลังปิดรับ พิมพ์ “ขอเปิดรายงาน”
report-refused = { $reason ->
        [not_a_member] บัญชีนี้ไม่ได้เป็นผู้รายงานของหน่วยงานนี้ ติดต่อผู้ประสานงานได้ที่ “ช่วยเหลือ”
        [awaiting_approval] การลงทะเบียนของหน่วยงานนี้รอผู้ประสานงานอนุมัติ
        [membership_ended] หน้าที่ผู้รายงานของ{ $unit } สิ้นสุดเมื่อ { $day } ติดต่อผู้ประสานงานได้ที่ “ช่วยเหลือ”
        [role_may_not] บทบาทนี้ไม่ได้เป็นผู้รายงาน
        [unit_not_valid] หน่วยงานนี้ไม่มีรายงานในไตรมาส { $quarter }
        [not_assigned] หน่วยงานนี้ไม่ได้รับมอบหมายตัวชี้วัดนี้ในปีดังกล่าว
        [not_due_in_quarter] ตัวชี้วัดนี้ไม่ต้องรายงานในไตรมาส { $quarter }
        [no_dates] ยังไม่ได้กำหนดวันรับรายงานของไตรมาส { $quarter }
        [not_open_yet] ไตรมาส { $quarter } จะเปิดรับรายงานวันที่ { $day }
        [accepted] รายงานนี้รับรองแล้ว หากต้องแก้ พิมพ์ “ขอแก้ที่รับรองแล้ว”
       *[closed] ไตรมาส { $quarter } ปิดรับรายงานแล้วเมื่อ { $day } หากยังต้องส่ง พิมพ์ “ขอเปิดรายงาน”
    }

card-title = { $code } { $name } · { $unit }
card-alt = { $code } · { $unit } · ปีงบประมาณ { $year }
card-of-target = { $result } จากเป้าหมาย { $target }
card-not-reported-of = ยังไม่รายงาน · เป้าหมาย { $target }
card-result = { $result }
card-yes-no = { $result }
card-not-reported = ยังไม่รายงาน
card-target-text = เป้าหมาย: { $target }
card-percent = ร้อยละ { AMOUNT($percent) } ของเป้าหมาย
card-quarter = ไตรมาส { $number }
card-cell = { $answer ->
        [yes] แล้ว
        [in_progress] กำลังทำ
       *[no] ไม่ได้ทำ
    }
card-missed = ไตรมาส { $quarter } ปิดรับแล้ว ยังไม่รายงาน
card-due = ไตรมาส { $quarter } ครบกำหนด{ $day } · { $days ->
        [0] วันนี้วันสุดท้าย
       *[other] เหลือ { $days } วัน
    }
card-returned = ขอให้ปรับแก้ ไตรมาส { $quarters }
card-overdue = ไตรมาส { $quarter } เกินกำหนดแล้ว ยังส่งได้ถึง { $day }
card-nothing-due = ตัวชี้วัดนี้ไม่มีไตรมาสที่รอรายงาน

report-confirmed-right = ยืนยันว่าถูกต้อง
report-zero-free = “{ $text }” เป็นเหตุให้ไม่ได้ดำเนินการใช่หรือไม่
report-edit-result = แก้ผล|แก้ผลงาน|แก้ตัวเลข|แก้จำนวน
report-edit-zero_reason = แก้เหตุผล
report-edit-sub-measure = แก้{ $label }
report-edit-narrative = แก้รายละเอียด|แก้ข้อความ|แก้คำบรรยาย
report-edit-explanation = แก้คำอธิบาย
report-edit-activity = แก้กิจกรรม
report-edit-activity_month = แก้เดือน|แก้เดือนที่เริ่ม
report-edit-told_by = แก้ผู้แจ้ง|แก้ผู้แจ้งข้อมูล
report-edit-reporter_name = แก้ชื่อ|แก้ผู้รายงาน
