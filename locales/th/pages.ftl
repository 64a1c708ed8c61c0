# หน้าเว็บสาธารณะ: หน้าตัวชี้วัดและหน้าหน่วยงาน

page-site = รายงานตัวชี้วัด
page-skip = ข้ามไปยังเนื้อหา
page-other-language = English
page-none = –
page-none-said = ยังไม่รายงาน
page-none-set = ไม่มีข้อมูล

page-indicator-title = { $code } { $name } · ปีงบประมาณ { $year }
page-unit-title = ตัวชี้วัดของ{ $name } · ปีงบประมาณ { $year }
page-indicator-kind = รายละเอียดตัวชี้วัด
page-unit-kind = ตัวชี้วัดของหน่วยงาน
page-code = รหัสตัวชี้วัด
page-unit-code = รหัสหน่วยงาน
page-fiscal-year = ปีงบประมาณ
page-other-years = ปีงบประมาณอื่น
page-year = พ.ศ. { $year }
page-year-link = ปีงบประมาณ พ.ศ. { $year }
page-unit = หน่วยงานที่รับผิดชอบ
page-within = สังกัด

page-target = ค่าเป้าหมาย
page-result = ผลงานที่ทำได้
page-reached = ความก้าวหน้า
page-reached-percent = ร้อยละ { AMOUNT($percent) } ของเป้าหมาย
page-reached-nothing = ยังคำนวณไม่ได้
page-type = ประเภทตัวชี้วัด
page-type-strategic = ตัวชี้วัดเชิงยุทธศาสตร์
page-type-routine = ตัวชี้วัดงานประจำ
page-type-negotiated = ตัวชี้วัดเจรจา
page-level = ระดับ
page-level-output = ตัวชี้วัดระดับผลผลิต (output)
page-level-outcome = ตัวชี้วัดระดับผลลัพธ์ (outcome)
page-over-quarters-latest = ผลทั้งปี: ไตรมาสล่าสุดที่รับรองแล้ว
page-over-quarters-sum = ผลทั้งปี: ผลรวมของไตรมาสที่รับรองแล้ว
page-over-quarters-mean = ผลทั้งปี: ค่าเฉลี่ยของไตรมาสที่รับรองแล้ว
page-over-quarters-maximum = ผลทั้งปี: ค่าสูงสุดของไตรมาสที่รับรองแล้ว
page-accepted-at = ข้อมูลที่รับรองแล้ว ณ วันที่ { DATE($day, style: "long") }
page-nothing-accepted = ยังไม่มีผลที่รับรองในปีงบประมาณนี้
page-newer = ไตรมาสที่ { $quarter } มีฉบับใหม่กว่า (ฉบับที่ { $newest }) ซึ่งยังไม่ได้รับรอง ที่แสดงคือฉบับที่ { $version }

page-get = พิมพ์และดาวน์โหลด
page-print = พิมพ์ข้อมูล (PDF)
page-print-thai = PDF เลขไทย
page-print-arabic = PDF เลขอารบิก
page-get-xlsx = Excel
page-get-csv = CSV
page-get-json = JSON
page-digits-thai = แสดงเลขไทย
page-digits-arabic = แสดงเลขอารบิก
page-printed = พิมพ์เมื่อวันที่ { DATE($day, style: "long") }

page-evaluator = สยป. ตรวจประเมินตัวชี้วัด
page-evaluator-latest = ไตรมาสที่ { $quarter }
page-evaluator-none = ยังไม่มีการประเมิน
page-evaluator-comment = ความเห็นของ สยป.

page-quarters = ผลงานเทียบกับเป้าหมายรายไตรมาส
page-counts-cumulative = ผลงานแต่ละไตรมาสนับสะสมตั้งแต่ต้นปีงบประมาณ
page-counts-per_quarter = ผลงานแต่ละไตรมาสนับเฉพาะไตรมาสนั้น
page-criterion-maximum = คะแนนเต็ม { AMOUNT($maximum) }
page-quarter = ไตรมาสที่ { $number }
page-quarter-head = ไตรมาสที่
page-result-head = ผลงาน
page-target-head = เป้าหมาย
page-score-head = ผลประเมินตัวชี้วัด
page-overall-head = คะแนนรวม
page-not-due = ไม่ต้องรายงาน
page-combined = ไตรมาสที่ { $quarter }: รวมจาก { $reported } แห่ง ใน { $units } แห่ง
page-combined-uncounted = ไตรมาสที่ { $quarter }: ยังรวมผลไม่ได้ เพราะข้อมูลที่ใช้รวม (เป้าหมายหรือน้ำหนัก) ยังไม่ครบ
page-chart-title = แผนภูมิผลงานเทียบกับเป้าหมายรายไตรมาส
page-chart-result = ไตรมาสที่ { $quarter } ผลงาน { AMOUNT($result) }
page-chart-no-result = ไตรมาสที่ { $quarter } ยังไม่รายงาน
page-chart-not-due = ไตรมาสที่ { $quarter } ไม่ต้องรายงาน
page-chart-target = เป้าหมาย { AMOUNT($target) }
page-chart-no-target = ไม่มีเป้าหมายเป็นตัวเลข
page-legend-quarter = แกนนอน: ไตรมาสที่
page-legend-result = แท่ง: ผลงาน
page-legend-target = เส้นประ: เป้าหมาย
page-legend-none = –: ยังไม่รายงาน

page-narrative = รายงานผลฯ ไตรมาสที่ { $number }
page-narrative-months = ({ $months })
page-narrative-none = ยังไม่มีรายงานที่รับรอง
page-narrative-not-due = ไม่ต้องรายงานในไตรมาสนี้
page-zero-in_progress = อยู่ระหว่างดำเนินการ
page-zero-prevented = มีเหตุให้ไม่ได้ดำเนินการ
page-zero-activity_change = ขอเปลี่ยนกิจกรรม
page-zero-not_planned = ไม่มีแผนไตรมาสนี้
page-zero = เหตุที่ผลเป็นศูนย์: { $reason }
page-accepted-on = รับรองเมื่อ { DATE($day, style: "medium") }

page-sub-measures = ตัววัดย่อย
page-sub-measure = รายการ
page-sub-cumulative = สะสม
page-sub-per_quarter = เฉพาะไตรมาส
page-summary = สรุปผลการดำเนินงาน
page-summary-none = ยังไม่มีสรุปผลการดำเนินงาน
page-pictures = ภาพหลักฐาน
page-picture = ภาพหลักฐานที่ { $number } ไตรมาสที่ { $quarter } { $unit }
page-units = หน่วยงานที่อยู่เบื้องหลังตัวเลข
page-units-count = รายงานและรับรองแล้ว { $reported } แห่ง ใน { $units } แห่ง
page-unit-head = หน่วยงาน
page-answer = { $answer ->
        [yes] แล้ว
        [in_progress] อยู่ระหว่างดำเนินการ
       *[no] ไม่ได้ดำเนินการ
    }
page-units-done = รวมที่ดำเนินการแล้ว

page-activities = กิจกรรมและเป้าหมาย
page-activity = กิจกรรม
page-from = ตั้งแต่ { DATE($day, style: "long") }
page-document = เลขที่หนังสือ
page-reason = เหตุผล
page-definition = นิยาม หรือความหมายของตัวชี้วัด
page-method = วิธีการคำนวณ หรือเกณฑ์การประเมิน
page-source = วิธีการเก็บข้อมูล/แหล่งข้อมูล
page-strategy = สนับสนุนยุทธศาสตร์กรุงเทพมหานคร
page-strategy-1 = ด้าน
page-strategy-2 = มิติ
page-strategy-3 = เป้าประสงค์
page-strategy-4 = กลยุทธ์
page-projects = โครงการ/กิจกรรมที่สนับสนุนตัวชี้วัด
page-links = ฐานข้อมูลประกอบตัวชี้วัดการพัฒนาเมือง
page-empty = ไม่ได้ระบุ

page-indicators = ตัวชี้วัด
page-indicators-count = มี { $count } ตัวชี้วัด
page-indicators-none = ไม่มีตัวชี้วัดในปีงบประมาณนี้
page-told = มีผลที่รับรองแล้ว
page-below = หน่วยงานในสังกัด

page-missing = ไม่พบหน้าที่ต้องการ
page-missing-indicator = ไม่พบตัวชี้วัดรหัส { $code }
page-missing-unit = ไม่พบหน่วยงานรหัส { $code }
page-missing-year = ไม่มีข้อมูลของปีงบประมาณ { $year }
page-missing-nearest = อาจหมายถึง
page-missing-years = มีข้อมูลของปีงบประมาณ
page-missing-address = ที่อยู่ของหน้าเขียนแบบ { $example }
page-missing-christian = ปีงบประมาณเขียนเป็น พ.ศ. ปี ค.ศ. { $common } คือ พ.ศ. { $year }
page-missing-start = เริ่มจากหน่วยงาน
page-busy = ขณะนี้มีผู้ขอพิมพ์จำนวนมาก โปรดลองใหม่ใน 1 นาที หน้าเว็บยังอ่านและพิมพ์จากเบราว์เซอร์ได้ตามปกติ
page-no-font = เครื่องแม่ข่ายยังไม่มีแบบอักษรไทยสำหรับทำ PDF โปรดแจ้งผู้ดูแลให้ติดตั้ง fonts-thai-tlwg หรือ fonts-noto-core หน้าเว็บยังพิมพ์จากเบราว์เซอร์ได้ตามปกติ
page-broken = ขณะนี้แสดงหน้านี้ไม่ได้ โปรดลองใหม่ในอีกสักครู่

page-share-result = ผลงาน { $result } จากเป้าหมาย { $target } · { $unit }
page-share-unit = { $count } ตัวชี้วัด ปีงบประมาณ { $year }

page-column-code = รหัสตัวชี้วัด
page-column-name = ชื่อตัวชี้วัด
page-column-year = ปีงบประมาณ
page-column-quarter = ไตรมาส
page-column-unit-code = รหัสหน่วยงาน
page-column-unit = หน่วยงาน
page-column-measure = หน่วยนับ
page-column-target = เป้าหมาย
page-column-result = ผลงาน
page-column-answer = คำตอบ
page-column-state = สถานะ
page-column-zero = เหตุที่เป็นศูนย์
page-column-overall = ผลประเมิน
page-column-accepted = วันที่รับรอง
page-column-narrative = รายงานผลการดำเนินงาน
page-state = { $state ->
        [accepted] รับรองแล้ว
        [combined] รวมจากหน่วยงาน
        [not_due] ไม่ต้องรายงาน
       *[missing] ยังไม่มีรายงานที่รับรอง
    }
page-sheet-quarters = รายไตรมาส
page-sheet-details = รายละเอียด
