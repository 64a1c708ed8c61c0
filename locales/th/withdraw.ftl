# ขอถอน

withdraw-reason = ขอถอน { $title }
    กรุณาพิมพ์เหตุผลสั้น ๆ
withdraw-sure = { $title }
    ผลที่ส่งไว้: { $result }
    เหตุผล: { $reason }
    ถอนแล้วจะถือว่ายังไม่รายงาน ฉบับเดิมยังเก็บไว้
withdraw-button-yes = ถอนรายงาน
    .names = { -confirms }|ใช่|ตกลง|ถอน|ถอนเลย|yes
withdraw-button-no = ไม่ถอน
    .names = ไม่|ไม่ใช่|ยกเลิก|no
withdraw-done = ถอนรายงานแล้ว · { $title }
    พิมพ์ “รายงาน” เมื่อพร้อมส่งใหม่ เลขที่เดิม
withdraw-cancel = ไม่ถอนรายงานนี้แล้วใช่หรือไม่
withdraw-left = ไม่ได้ถอน รายงานยังคงเดิม
