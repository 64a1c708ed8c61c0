# Reviewing reports

review-button = review
review-button-more = Next review
review-queue = { $count ->
        [1] 1 report waits for review. Which one?
       *[other] { $count } reports wait for review. Which one?
    }{ $only ->
        [none] { "" }
       *[other] { " " }{ $found ->
            [0] None has “{ $only }”.
           *[other] { $found } with “{ $only }”
        }
    }{ $more ->
        [0] { "" }
       *[other] { " " }({ $more } more come next; a code, a unit's name or a quarter narrows the list)
    }
review-row = { $title } · { $result }{ $warnings ->
        [0] { "" }
       *[other] { " " }· { $warnings } noted
    }{ $again ->
        [yes] { " " }· corrected
       *[no] { "" }
    }{ $own ->
        [yes] { " " }· sent by yourself
       *[no] { "" }
    }{ $late ->
        [yes] { " " }· late
       *[no] { "" }
    }
review-button-all = Accept all { $count }
review-all = accept all
review-sure = Accept { $count } reports without anything noted, all at once?{ $zeros ->
        [0] { "" }
       *[other] { " " }({ $zeros } of them with a result of zero)
    }{ $left ->
        [0] { "" }
       *[other] { " " }{ $left } more are to be opened first (something noted, corrected, or sent by yourself).
    }
review-button-sure = Accept { $count } reports
    .names = { -confirms }|accept|yes
review-button-not-sure = Not yet
    .names = no|cancel
review-button-accept = Accept
    .names = ok to accept|pass
review-button-return = Ask to correct
    .names = return|send back|correct
review-button-next = Next report
    .names = next|skip
review-newer = A newer version came in meanwhile. Please read this one.
review-head = { $title }
    No. { $number }, version { $version }{ $again ->
        [yes] { " " }· corrected
       *[no] { "" }
    }
review-who = Reporter: { $reporter }{ $behalf ->
        [none] { "" }
       *[other] { " " }for { $behalf }
    } · { $at } · { $late ->
        [yes] late
       *[no] on time
    }
review-result = Result
review-zero = Reason
review-narrative = Details
review-explanation = Explanation
review-of-target = { $result } (target { $target })
review-line = { $label }: { $text }
review-line-changed = { $label }: { $text }
    (before: { $before })
review-warning = Noted: { $text }
review-asked-before = It was asked to correct: { $reason }
review-question = What is to be corrected? The reason comes next.
review-button-whole = The whole report
review-reason = Why is it to be corrected?
review-reasons-figure = Differs from text|Check the total|Confirm the figure
review-reasons-narrative = Please add details|Dates and numbers|Pictures, please
review-accepted = Accepted · { $title }
review-accepted-all = { $count ->
        [1] 1 report accepted.
       *[other] { $count } reports accepted.
    }{ $changed ->
        [0] { "" }
       *[other] { " " }{ $changed } more changed meanwhile and were not accepted.
    }
review-returned = Asked to correct · { $title }
    { $question ->
        [none] Reason
       *[other] { $question } · reason
    }: { $reason }
    { $who ->
        [none] No reporter can be reached here. Please call the unit.
       *[other] { $who } is told in LINE and can correct it even after closing.
    }
review-left = { $count ->
        [1] 1 more report waits. Type “review”.
       *[other] { $count } more reports wait. Type “review”.
    }
review-nothing = No report waits for review.
review-waiting = { $count ->
        [1] 1 report waits for review. Type “review”.
       *[other] { $count } reports wait for review. Type “review”.
    }
review-not-yours = Reviewing reports is the coordinator's duty.
review-decided = This report changed meanwhile, so nothing was decided. Type “review” to see it as it is now.
review-put-aside = Nothing was decided. Type “review” when you are ready.

review-told-return = Please correct · { $title }
    No. { $number }{ $question ->
        [none] { "" }
       *[other] , { $question }
    }
    Reason: { $reason }
    Coordinator: { $coordinator }
    You can correct it even after closing. Type “{ $words }”
review-asked = Please correct: { $reason } ({ $coordinator })
review-unknown-number = There is no report of this number among those you sent.

review-reminder = { $reports ->
        [1] 1 report waits for review
       *[other] { $reports } reports wait for review
    }, the longest for { $days ->
        [1] 1 day
       *[other] { $days } days
    }{ $requests ->
        [0] .
        [1] { "" }, and 1 request.
       *[other] { "" }, and { $requests } requests.
    }
    Type “review”{ $requests ->
        [0] .
       *[other] { " " }or “requests”.
    }

# Reporting for a unit, and combining

behalf-unit = Report for a unit
behalf-left = The draft is kept. Type “report for” or “combine” when you are ready to go on.
behalf-edit = What a coordinator sent can be corrected: type its number behind edit, such as edit 1/2570-07.
behalf-told-by = Who told you these figures?
behalf-not-yours = Reporting for a unit is the coordinator's duty.
combine-button = combine
combine-again = Further reports came in after the combined result was sent: { $reports }
combine-indicator = Which indicator is to be combined?
combine-quarter = Which quarter is to be combined?
combine-quarter-row = • Quarter { $quarter } · { $reported } of { $all } reported
combine-not-yours = Combining results is the coordinator's duty.
combine-nothing = No indicator of the units you look after can be combined now.
combine-head = { $code }, quarter { $quarter } · { $reported } of { $all } units reported
combine-result = { $rule ->
        [sum] Sum
        [count_met] Units that did it
       *[weighted_mean] Weighted mean
    }: { $result }
combine-missing = { $count ->
        [1] 1 unit has not reported
       *[other] { $count } units have not reported
    }: { $units }
combine-more = { $names } and { $more } more
combine-unusable = Not counted, { $rule ->
        [count_met] without a target to compare with
       *[weighted_mean] without a weight
    } ({ $count }): { $units }
combine-unchecked = { $count ->
        [1] 1 report is not reviewed yet
       *[other] { $count } reports are not reviewed yet
    }
combine-returned = Asked to correct ({ $count }): { $units }
combine-sent = Sent, No. { $number } · { $state ->
        [accepted] accepted
        [returned] to be corrected
        [resubmitted] corrected, to be reviewed
       *[other] to be reviewed
    } · { $differences ->
        [none] agrees with what is combined now
       *[other] different now: { $differences }
    }
combine-draft = The unfinished draft · { $differences ->
        [none] agrees with what is combined now
       *[other] different now: { $differences } (“Start anew” takes what is combined now)
    }
combine-changed = Figures that are others now: { $differences }
combine-differs = { $label } { $before } → { $now }
combine-narrative-head = In quarter { $number } of fiscal year { $year } ({ $months }) { $missing ->
        [0] all { $all } units reported
       *[other] { $reported } of { $all } units reported
    }
combine-narrative-result = { $name }: { $result } { $rule ->
        [weighted_mean] as a weighted mean
       *[sum] in total
    }
combine-narrative-sub-measure = { $label }: { $amount } in total{ $units ->
        [0] { "" }
        [1] , from 1 unit that gave a figure
       *[other] , from { $units } units that gave a figure
    }
combine-narrative-reason = Units with the reason “{ $reason }”: { $units }
combine-narrative-below = { $why ->
        [no] Units that did not do it
        [count_met] Units that did not meet their target
       *[sum] Units with zero
    }: { $units }
combine-narrative-unusable = Units that reported but are not counted, for want of { $rule ->
        [count_met] a target
       *[weighted_mean] a weight
    }: { $units }
combine-narrative-missing = Units that have not reported: { $units }
