"""What each setting must be, in Thai and English, as a wrong one is answered; `.env.example` says what it is for."""

from __future__ import annotations

MEANINGS: dict[str, tuple[str, str]] = {
    "line_channel_secret": ("ต้องเป็นข้อความจากหน้า Basic settings ของช่อง LINE", "must be the LINE channel's secret"),
    "line_channel_access_token": (
        "ต้องเป็นข้อความจากหน้า Messaging API ของช่อง LINE โดยไม่มีช่องว่าง",
        "must be the LINE channel's access token, without blanks",
    ),
    "line_api_base_url": (
        "ต้องเป็นที่อยู่ https:// (http:// ได้เฉพาะในเครื่องเดียวกัน)",
        "must be an https:// address (http:// only on this machine)",
    ),
    "line_data_api_base_url": (
        "ต้องเป็นที่อยู่ https:// (http:// ได้เฉพาะในเครื่องเดียวกัน)",
        "must be an https:// address (http:// only on this machine)",
    ),
    "database_url": ("ต้องขึ้นต้นด้วย sqlite:// หรือ postgres://", "must begin with sqlite:// or postgres://"),
    "nats_url": (
        "ต้องเป็นที่อยู่ของ NATS เช่น nats://10.0.0.5:4222 หลายเครื่องคั่นด้วยจุลภาค หรือเว้นว่าง",
        "must be the address of a NATS server such as nats://10.0.0.5:4222, several with commas between, or empty",
    ),
    "host": ("ต้องเป็นที่อยู่ IP หรือ localhost", "must be an IP address or localhost"),
    "port": ("ต้องเป็นจำนวนเต็ม 1–65535", "must be a whole number from 1 to 65535"),
    "public_base_url": (
        "ต้องเว้นว่าง หรือเป็นที่อยู่ https:// (http:// ได้เฉพาะในเครื่องเดียวกัน)",
        "must be empty or an https:// address (http:// only on this machine)",
    ),
    "public_pages": ("ต้องเป็น on หรือ off", "must be on or off"),
    "storage_dir": ("ต้องเป็นชื่อโฟลเดอร์ หรือ s3://ถัง/โฟลเดอร์", "must be a folder or s3://BUCKET/PREFIX"),
    "aws_endpoint_url": (
        "ต้องเว้นว่าง หรือเป็นที่อยู่ https:// (http:// ได้เฉพาะในเครื่องเดียวกัน)",
        "must be empty or an https:// address (http:// only on this machine)",
    ),
    "aws_region": ("ต้องเป็นชื่อภูมิภาค เช่น ap-southeast-1", "must be the name of a region such as ap-southeast-1"),
    "aws_access_key_id": ("ต้องเป็นรหัสคีย์ของที่เก็บไฟล์ โดยไม่มีช่องว่าง", "must be the storage's key id, without blanks"),
    "aws_secret_access_key": (
        "ต้องเป็นคีย์ลับของที่เก็บไฟล์ โดยไม่มีช่องว่าง",
        "must be the storage's secret key, without blanks",
    ),
    "metrics_token": (
        "ต้องเป็นรหัสอย่างน้อย 16 ตัวอักษร โดยไม่มีช่องว่าง",
        "must have at least 16 characters and no blanks",
    ),
    "timezone": ("ต้องเป็นชื่อเขตเวลา เช่น Asia/Bangkok", "must be the name of a time zone such as Asia/Bangkok"),
    "simulated_now": (
        "ต้องเป็นเวลาแบบ ISO เช่น 2026-11-22T09:00:00+07:00",
        "must be an ISO time such as 2026-11-22T09:00:00+07:00",
    ),
    "purge_after_days": ("ต้องเป็นจำนวนวัน 1–3650", "must be a number of days from 1 to 3650"),
    "reminder_days": (
        "ต้องเป็นจำนวนวันนับจากวันครบกำหนด คั่นด้วยจุลภาค เช่น -7,-1,1",
        "must be days from the due day with commas between, such as -7,-1,1",
    ),
    "working_hours": ("ต้องเป็นช่วงเวลา เช่น 08:30-16:30", "must be a span of time such as 08:30-16:30"),
    "quota_reserve": ("ต้องเป็นจำนวนข้อความ 0–100000", "must be a number of messages from 0 to 100000"),
    "review_reminder_after": ("ต้องเป็นจำนวนวัน 1–180", "must be a number of days from 1 to 180"),
    "round_due_day": ("ต้องเป็นวันที่ 1–28", "must be a day of the month from 1 to 28"),
    "round_closes_after": ("ต้องเป็นจำนวนวัน 0–90", "must be a number of days from 0 to 90"),
    "round_review_after": ("ต้องเป็นจำนวนวัน 0–180", "must be a number of days from 0 to 180"),
    "round_evaluation_after": ("ต้องเป็นจำนวนวัน 0–180", "must be a number of days from 0 to 180"),
    "log_level": (
        "ต้องเป็น debug, info, warning หรือ error",
        "must be debug, info, warning or error",
    ),
}
"""A setting's name in lower case → its sentence in Thai, and in English."""
