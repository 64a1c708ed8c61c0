# Reminders and notices

remind-head = { $count ->
        [one] { $count } report is pending
       *[other] { $count } reports are pending
    }
remind-button-report = Report { $code }
remind-button-tomorrow = Remind me tomorrow
remind-button-stop = Stop reminders
remind-button-usual = Remind as usual
remind-tomorrow = You will be reminded again on { $day } if anything is still pending.
    To change this, type “remind as usual”.
remind-stopped = No more reminders for quarter { $quarter }; they begin again with the next one.
    Your coordinator sees this. Drafts and what is pending stay as they are.
    To change this, type “remind as usual”.
remind-usual = Reminders come as usual again
remind-not-yours = Reminders to report are for reporters only, so there is none to put off or stop
remind-sent-already = This has been sent
    { $title }
remind-who-stopped = Without reminders for quarter { $quarter }: { $count } ({ $names })

notice-pending = { $count ->
        [one] { $count } report is still pending
       *[other] { $count } reports are still pending
    }, { $late ->
        [yes] overdue
       *[no] due on { $day }
    }
notice-round = { $which } of quarter { $quarter } { $before ->
        [none] is { $after }
       *[some] has moved from { $before } to { $after }
    }
notice-quota = Messages for reminders { $coming ->
        [yes] next month
       *[no] that are left this month
    }: { $left }. Reminders that will be left out if nobody reports before: { $dropped }.
    What is pending is told when people write; “group notice” gives a text to paste into the staff's group.
notice-asked = { $what ->
        [members] Somebody waits to be let in. Type “approve”.
       *[requests] A new request waits for you. Type “requests”.
    }
notice-button-group = Group notice

round-opens = The opening day
round-due = The due day
round-closes = The closing day
round-review = The review day
round-evaluation = The evaluation day

nudge-button = Remind
nudge-takes = Reminding those that have not sent takes { $cost ->
        [one] { $cost } message
       *[other] { $cost } messages
    }
nudge-left-of-month = { $left ->
        [unknown] What is left of this month's messages is not known yet
        [none] This channel has no limit
       *[some] Messages left for reminders this month: { $count }
    }
nudge-sure = Send a reminder of quarter { $quarters } to { $cost ->
        [one] { $cost } person
       *[other] { $cost } people
    } of { $units ->
        [one] { $units } unit
       *[other] { $units } units
    }. It takes as many messages.
nudge-short = The quota does not reach: the nearest due day goes first, the others are told when they write
nudge-unreached = { $count ->
        [one] 1 more unit
       *[other] { $count } more units
    } cannot be reminded (nobody registered, reminders stopped, or reminded today): { $units }
nudge-later = It is outside of working hours: they go out on { $day } at { $time }
nudge-soon = They go out within about 10 minutes, to those with something pending by then
nudge-button-yes = Send reminders
    .names = { -confirms }|yes|send
nudge-button-no = Do not send
    .names = no|not now
nudge-done = Noted. People to be reminded: { $cost }
nudge-nobody = Nobody else can be reminded today: all have sent, were reminded, stopped reminders, were left out for the quota, or nobody has registered.
    “group notice” gives a text to paste into the staff's group.
nudge-not-yours = Sending reminders is for coordinators
nudge-left = No reminder was sent
