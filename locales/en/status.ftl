# Status

status-pending = { $count ->
        [one] 1 report is waiting
       *[other] { $count } reports are waiting
    }
status-nothing-pending = Nothing is waiting.
status-missed = Quarter { $quarter } has closed, { $count } not sent. If it still has to be, type “ask to open”.
status-coming = Quarter { $quarter } is open, due on { $day }
status-pending-quarter = Quarter { $quarter } { $late ->
        [yes] is { $days } days overdue; it can be sent until { $day }
       *[no] is due { $day } ({ $days } days left)
    }
status-pending-row = • { $codes } · { $unit }
status-more = and { $count } more
status-drafts = { $count ->
        [one] 1 draft was not sent.
       *[other] { $count } drafts were not sent.
    }
status-narrow = There are { $count } more indicators. Type “status” with a code, e.g. status 2300-848.
status-unknown-code = There is no indicator { $code }. There are: { $codes }
status-nothing-assigned = There is no indicator to report.
status-awaiting = The registration awaits the coordinator's approval, so there is nothing to show yet.
status-quarter-row = • { $code }{ $unit ->
        [none] { "" }
       *[other] { " " }· { $unit }
    }: { $reported ->
        [yes] { $result } · sent { $day }, { $late ->
            [yes] late
           *[no] on time
        } · { $state ->
            [accepted] accepted
            [returned] to be corrected
            [resubmitted] corrected, waits for review
           *[other] waits for review
        }
       *[no] – not reported
    }
status-round = As of { $at }
status-returned = To be corrected · { $title }
    Reason: { $reason }{ $name ->
        [none] { "" }
       *[other] { " " }({ $name })
    }
status-returned-how = Type “edit” to correct it.
status-sent = { $count ->
        [one] 1 report was sent
       *[other] { $count } reports were sent
    }
status-sent-row = • { $codes } · { $unit }: { $late ->
        [yes] late
       *[no] on time
    } · { $state ->
        [accepted] accepted
        [resubmitted] corrected, waits for review
       *[other] waits for review
    }

round-quarter = Quarter { $quarter } ({ $months }){ $state ->
        [none] { "" }
        [open] , due { $day } ({ $days } days left)
        [overdue] , { $days } days overdue, closes { $day }
       *[closed] , closed { $day }
    }
round-after-closing = { $which ->
        [review] review by { $day }
       *[evaluation] evaluation by { $day }
    } ({ $days ->
        [0] today is the last day
        [one] { $days } day left
       *[other] { $days } days left
    })
round-row = • { $code }: { $sent }/{ $all } sent (on time { $on_time } · late { $late } · to correct { $to_correct } · missing { $missing }){ $accepted ->
        [0] { "" }
       *[other] , { $accepted } accepted
    }
round-result = { "  " }{ $rule ->
        [weighted_mean] Mean
       *[sum] Combined
    } { $result }{ $target ->
        [none] { "" }
       *[other] { " " }of { $target }
    }{ $own ->
        [none] { "" }
       *[other] { " " }· sent as { $own }{ $later ->
            [0] { "" }
            [1] { " " }before 1 further report came in
           *[other] { " " }before { $later } further reports came in
        }
    }
round-glance = • { $code }: { $sent }/{ $all } sent{ $late ->
        [0] { "" }
       *[other] { " " }· { $late } late
    }{ $to_correct ->
        [0] { "" }
       *[other] { " " }· { $to_correct } to correct
    }
round-card-title = { $code } { $name } · quarter { $quarter }
round-card-sent = { $sent } of { $all } sent
round-card-accepted = { $accepted } accepted
round-card-on-time = on time
round-card-late = late
round-card-to-correct = to correct
round-card-missing = missing
round-units = Only { $names }{ $more ->
        [0] { "" }
       *[other] { " " }and { $more } more
    }
round-no-unit = There is no unit “{ $name }” among those you may see.
    Type “status” for all, or with a unit's name, a code or a quarter behind it.
round-unit-meant = There is no unit “{ $name }”. Which one is meant?
round-not-yours = This is for whoever looks after several units. Type “status” for your own.
round-missing = { $count } of { $all } units have not sent everything
round-missing-row = • { $codes } ({ $count }): { $units }
round-ask = Please send the indicator reports
    { $dates }
    Not received yet from
round-ask-how = Type “report” in the chat with the bot to begin or go on.
round-year-typed = fiscal year { $year }
round-summary = Summary of the indicator reports
round-still = Missing: { $names }{ $more ->
        [0] { "" }
       *[other] { " " }and { $more } more
    }
round-more = and { $count } more lines; type “summary” with a code or a quarter
round-button-missing = who is missing
round-button-summary = summary
round-button-thai = Thai digits
round-button-arabic = Arabic digits
round-button-copy = Copy for group

executive-title = Indicators, fiscal year { $year }
executive-name = { $code } { $name }
executive-result = { $result ->
        [none] – nothing reported yet{ $target ->
            [none] { "" }
           *[other] { " " }(target { $target })
        }
       *[other] { $result }{ $target ->
            [none] { "" }
           *[other] { " " }of { $target }
        }{ $percent ->
            [none] { "" }
           *[other] { " " }({ $percent } %)
        }
    }{ $rest }
executive-rest = { $reason ->
        [none] { "" }
       *[other] { " " }· { $reason }
    }{ $missing ->
        [0] { "" }
       *[other] { " " }· from { $sent } of { $all } units
    }{ $unreviewed ->
        [0] { "" }
        [1] { " " }· 1 report not accepted yet
       *[other] { " " }· { $unreviewed } reports not accepted yet
    }
executive-score = Latest score { $score } (Q{ $quarter })
executive-not-scored = Not evaluated yet
executive-quarter = Q{ $quarter }: { $result ->
        [none] – nothing reported yet
       *[other] { $result }
    }{ $rest }{ $score ->
        [none] { " " }· not evaluated yet
       *[other] { " " }· score { $score }
    }
executive-text = Type “summary” for a text to pass on, or “status” and a code, or a year: status fiscal year { $last }
executive-more = There are { $count } more indicators. Type “status” and a code.
status-page = What was accepted: { $address }
