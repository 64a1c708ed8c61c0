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
approve-nobody = ไม่มีคำขอลงทะเบียนรออนุมัติ
approve-not-yours = การอนุมัติเป็นหน้าที่ของผู้ประสานงาน
approve-waiting = มี { $count } คำขอลงทะเบียน พิมพ์ “อนุมัติ”
