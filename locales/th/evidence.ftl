# รูปหลักฐานที่เก็บไว้ไม่ได้ บอกผู้ส่งครั้งเดียวรวมทุกรูป

evidence-lost-unsent = ไม่ได้เก็บรูป { $count } รูปที่ยกเลิกการส่งแล้ว
evidence-lost-expired = ไม่ได้เก็บรูป { $count } รูป เพราะ LINE ไม่มีรูปนั้นแล้ว
evidence-lost-too_large = ไม่ได้เก็บรูป { $count } รูป เพราะใหญ่เกิน { $limit } MB
evidence-lost-not_a_picture = ไม่ได้เก็บไฟล์ { $count } ไฟล์ เพราะเปิดเป็นรูปไม่ได้
evidence-lost-send-again = คำตอบอื่นในรายงานยังอยู่ครบ หากต้องการแนบ กรุณาส่งรูปใหม่
