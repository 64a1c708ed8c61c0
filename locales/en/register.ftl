# Registration

register-code = Please type the 12-character code from the coordinator, e.g. XXXX-XXXX-XXXX.
    Upper or lower case, with or without dashes.
register-button-code = register
register-button-no-code = no code yet
register-button-contact = contact coordinator
register-not-a-code = “{ $text }” does not look like a code. A code has 12 letters and digits.
register-wrong = { $left ->
        [0] This code was not found. Please check with the coordinator and try again in an hour.
        [one] This code was not found. Please check it; 1 more try.
       *[other] This code was not found. Please check it; { $left } more tries.
    }
register-finish-first = That works once you are registered. Please answer this first.
register-wait = There were several wrong codes. Please try again after { $time }.
register-expired = This code expired on { $day }. Please ask the coordinator for a new one.
register-used-up = This code has been used up. Please ask the coordinator for a new one.
register-already = This account is registered with this code's units already.

register-unit = Reporter of which unit?
register-button-all = all of these units
register-name = The code is for { $units }.
    Please give name, surname and position, as shown in reports,
    e.g. Napha Jaidee, librarian.
register-button-not-mine = not my unit
register-button-shared = shared account
register-shared-name = Shared account of { $unit }
register-position = { $name }
    Please give the position too, e.g. librarian.
register-who = { $name }{ $position ->
        [none] { "" }
       *[other] { " " }· { $position }
    }
register-correct = { $who }
    { $role } · { $units }
    Kept here: name, position, LINE account and the messages sent in this chat,
    only for the work on indicators.
    To see or erase them, type “my data”.
register-button-correct = correct
    .names = { -confirms }|yes|right|ok|ใช่|ถูกต้อง|ตกลง
register-button-fix = change the name
    .names = no|wrong|not correct|ไม่ใช่|แก้ชื่อ
register-done = Registered · { $role }
register-awaits-approval = The request for { $units } was sent. It awaits the coordinator's approval; you will be told here.
register-pending = { $count ->
        [one] 1 report is waiting
       *[other] { $count } reports are waiting
    }
register-due = Quarter { $quarter } ({ $months }) { $overdue ->
        [yes] was due { $day } and can still be sent
       *[no] is due { $day }
    }
register-begin = Type “report” to begin.
register-button-now = report now
register-not-a-name = “{ $text }” is no name: please type your name and surname.
register-see-status = Type “status” to see what waits for you.
register-nothing-pending = Nothing is waiting now.
register-cancel = Cancel the registration?
register-cancelled = The registration is cancelled.
register-left = Not registered. If this is not your unit, please ask the coordinator for the right code.
