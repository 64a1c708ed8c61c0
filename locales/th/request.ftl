# คำขอ: สิ่งที่ต้องให้ผู้ประสานงานอนุมัติ

request-about = { $kind ->
        [unlock] ขอเปิดรายงานของไตรมาสใด
        [edit] ขอแก้ไขรายงานที่รับรองแล้วรายการใด
        [withdraw] ขอถอนรายงานที่รับรองแล้วรายการใด
       *[target] ขอเปลี่ยนค่าเป้าหมายของตัวชี้วัดใด
    }{ $only ->
        [none] { "" }
       *[other] { " " }(ตรงกับ “{ $only }” { $found } รายการ)
    }{ $more ->
        [0] { "" }
       *[other] { "" }
    มีอีก { $more } รายการ เลือกเฉพาะส่วนได้ เช่น พิมพ์รหัส ชื่อหน่วยงาน หรือไตรมาส
    }
request-unit = { $unit } · ไตรมาส { $quarter }
request-target = { $title }
    ค่าเป้าหมายใหม่เป็นเท่าใด (หน่วยนับ: { $measure })
request-document = เลขที่หนังสือ (ถ้ามี) เช่น กท 1234/2570
request-reason = { $kind ->
        [unlock] ขอเปิดรายงาน
        [edit] ขอแก้ไข
        [withdraw] ขอถอน
       *[target] ขอเปลี่ยนค่าเป้าหมาย
    } { $title }
    กรุณาพิมพ์เหตุผลสั้น ๆ
request-done = ส่งคำขอแล้ว: { $what }
    เหตุผล: { $reason }
    รอผู้ประสานงานพิจารณา จะแจ้งผลในแชตนี้
request-not-yours = คำขอนี้ส่งได้เฉพาะผู้รายงาน
request-asked-already = ส่งคำขอไว้แล้ว รอผู้ประสานงานพิจารณา
request-nothing = { $kind ->
        [unlock] ไม่มีไตรมาสที่ปิดรับแล้วให้ขอเปิด พิมพ์ “รายงาน” ได้เลย
        [edit] ไม่มีรายงานที่รับรองแล้วให้ขอแก้ไข
        [withdraw] ไม่มีรายงานที่รับรองแล้วให้ขอถอน
       *[target] ไม่มีตัวชี้วัดที่ขอเปลี่ยนค่าเป้าหมายได้
    }
request-left = ยังไม่ได้ส่งคำขอ
request-button-unlock = ขอเปิดรายงาน
request-button-edit = ขอแก้ที่รับรองแล้ว

moved-duty = หน้าที่ใดสิ้นสุดแล้ว
moved-row = { $role } · { $unit }
moved-sure = หน้าที่ { $duty } สิ้นสุดแล้วใช่หรือไม่
    รายงานที่ส่งไว้ยังอยู่ครบ หากย้ายมาใหม่หรือเปลี่ยนบัญชี LINE ให้ลงทะเบียนด้วยรหัสของหน่วยงาน
moved-button-yes = สิ้นสุดแล้ว
    .names = { -confirms }|ใช่|ย้ายแล้ว|yes
moved-button-no = ยังทำอยู่
    .names = ไม่|ไม่ใช่|ยัง|no
moved-done = ส่งคำขอแล้ว: { $duty } จะสิ้นสุดเมื่อผู้ประสานงานอนุมัติ
moved-nothing = ไม่มีหน้าที่ที่ลงทะเบียนไว้
moved-left = ไม่มีการเปลี่ยนแปลง

requests-button = คำขอ
requests-list = มี { $count } คำขอรอพิจารณา
requests-row = { $what }{ $reason ->
        [none] { "" }
       *[other] { " " }· เหตุผล: { $reason }
    } · { $who } { $day }
requests-what = { $kind ->
        [unlock] ขอเปิดรายงาน · { $unit } · ไตรมาส { $quarter }
        [edit] ขอแก้ไขที่รับรองแล้ว · { $title }
        [withdraw] ขอถอนที่รับรองแล้ว · { $title }
        [activity] ขอเปลี่ยนกิจกรรม · { $title }{ $activity ->
            [none] { "" }
           *[other] { " " }เป็น { $activity }
        }{ $month ->
            [none] { "" }
           *[other] { " " }เริ่ม { $month }
        }
        [target] ขอเปลี่ยนค่าเป้าหมาย · { $title } เป็น { $target }{ $document ->
            [none] { "" }
           *[other] { " " }ตามหนังสือ { $document }
        }
       *[moved] แจ้งสิ้นสุดหน้าที่ · { $role } · { $unit }
    }
requests-button-grant = อนุมัติ { $place }
requests-button-refuse = ไม่อนุมัติ { $place }
requests-more = อีก { $count } คำขอจะแสดงถัดไป
requests-days-range = เปิดให้ได้ 1 ถึง { $longest } วัน
requests-until = จะอนุมัติ: { $what }
    เปิดให้กี่วัน (พิมพ์จำนวนวันได้ ไม่เกิน { $longest })
requests-days = { $days } วัน ถึง { $day }
requests-days-short = { $days } วัน
requests-activity = จะอนุมัติ: { $what }
    กิจกรรมใหม่คืออะไร
requests-answer = จะไม่อนุมัติ: { $what }
    กรุณาระบุเหตุผล ผู้ขอจะได้รับข้อความนี้
requests-answers = ส่งข้อมูลส่วนกลางแล้ว|ข้อมูลยังไม่ครบ|กรุณาโทรหารือ
requests-done = { $granted ->
        [yes] อนุมัติแล้ว
       *[no] ไม่อนุมัติ
    }: { $what }{ $until ->
        [none] { "" }
       *[some] { " " }ถึง { $until }
    }{ $answer ->
        [none] { "" }
       *[other] { "" }
    เหตุผลที่แจ้ง: { $answer }
    }
requests-not-told = ส่งข้อความถึง{ $who }ทาง LINE ไม่ได้ กรุณาแจ้งทางโทรศัพท์
requests-nothing = ไม่มีคำขอรอพิจารณา
requests-waiting = มี { $count } คำขอรอพิจารณา พิมพ์ “คำขอ”
requests-not-yours = การพิจารณาคำขอเป็นหน้าที่ของผู้ประสานงาน
requests-decided = คำขอนี้มีผู้พิจารณาแล้ว
requests-put-aside = ยังไม่ได้บันทึกผล พิมพ์ “คำขอ” เมื่อพร้อม
requests-told = { $granted ->
        [yes] อนุมัติแล้ว
       *[no] ไม่อนุมัติ
    }: { $what }
    { $granted ->
        [yes] { $kind ->
            [unlock] รายงานได้ถึงวันที่ { $until } พิมพ์ “รายงาน”
            [edit] แก้ไขได้ถึงวันที่ { $until } พิมพ์ “แก้ไข”
            [withdraw] รายงานนี้ถือว่ายังไม่รายงาน
            [moved] หน้าที่นี้สิ้นสุดแล้ว ขอบคุณที่ร่วมงาน
           *[other] บันทึกการเปลี่ยนแปลงแล้ว
        }
       *[no] เหตุผล: { $answer }
    }
    ผู้ประสานงาน: { $coordinator }
