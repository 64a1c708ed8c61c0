# อนุมัติการลงทะเบียน

approve-button = อนุมัติ
approve-row = { $name }{ $position ->
        [none] { "" }
       *[other] { " " }({ $position })
    } · { $role } · { $unit }
approve-row-instead = { $name }{ $position ->
        [none] { "" }
       *[other] { " " }({ $position })
    } · { $role } · { $unit } · แทนบัญชี LINE เดิมของชื่อเดียวกัน
approve-member = มี { $count } คำขอลงทะเบียนรออนุมัติ จะอนุมัติผู้ใด{ $more ->
        [0] { "" }
       *[other] { " " }(อีก { $more } คนจะแสดงถัดไป)
    }
approve-done = อนุมัติแล้ว: { $name } · { $unit }
approve-told = อนุมัติการลงทะเบียนแล้ว · { $role } · { $unit }
    พิมพ์ “{ $word }” ได้เลย
approve-button-refuse = ไม่อนุมัติ
    .names = ปฏิเสธ|ไม่รับ
approve-refused = เลือกคำขอที่ไม่อนุมัติ
approve-reason = จะไม่อนุมัติ { $name } · { $unit }
    กรุณาระบุเหตุผล ผู้ขอจะได้รับข้อความนี้
approve-reasons = ไม่พบชื่อในหน่วยงานนี้|เลือกหน่วยงานผิด|กรุณาโทรหารือ
approve-refused-done = ไม่อนุมัติ: { $name } · { $unit } แจ้งเหตุผลให้ทราบแล้ว
approve-told-no = ไม่อนุมัติการลงทะเบียน · { $role } · { $unit }
    เหตุผล: { $reason }
    ผู้ประสานงาน: { $coordinator }
    เมื่อแก้ข้อมูลแล้ว ลงทะเบียนใหม่ด้วยรหัสเดิมได้
approve-nobody = ไม่มีคำขอลงทะเบียนรออนุมัติ
approve-not-yours = การอนุมัติเป็นหน้าที่ของผู้ประสานงาน
approve-waiting = มี { $count } คำขอลงทะเบียน พิมพ์ “อนุมัติ”
