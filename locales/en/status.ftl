# Status

status-pending = { $count ->
        [one] 1 report is waiting
       *[other] { $count } reports are waiting
    }
status-nothing-pending = Nothing is waiting.
status-pending-quarter = Quarter { $quarter } { $late ->
        [yes] is { $days } days overdue; it can be sent until { $day }
       *[no] is due { $day } ({ $days } days left)
    }
status-pending-row = • { $code } · { $unit }
status-more = and { $count } more
status-drafts = { $count ->
        [one] 1 draft was not sent.
       *[other] { $count } drafts were not sent.
    }
status-narrow = There are { $count } more indicators. Type “status” with a code, e.g. status 2300-848.
status-unknown-code = There is no indicator { $code }. There are: { $codes }
status-nothing-assigned = There is no indicator to report.
status-awaiting = The registration awaits the coordinator's approval, so there is nothing to show yet.
status-quarter-row = • { $code } · { $unit }: { $reported ->
        [yes] { $result } · sent { $day }, { $late ->
            [yes] late
           *[no] on time
        }
       *[no] – not reported
    }
status-round = As of { $at }
status-round-quarter = Quarter { $quarter } ({ $months }), due { $due }
status-round-row = • { $code }: { $sent }/{ $all } sent{ $late ->
        [0] { "" }
       *[other] { " " }({ $late } late)
    }
