# report: the words of each question, under its name in handlers/report.py

report-title = { $code } · { $unit } · quarter { $quarter }
report-step = { $code } · { $unit } · quarter { $quarter }

report-draft = { $count ->
        [0] Which report?
        [one] There is 1 draft that was not sent. Go on with it?
       *[other] There are { $count } drafts that were not sent. Go on with which one?
    }
report-sent = Which report is to be corrected?
report-unit-meant = Which unit is “{ $text }”?
report-unit = Report for which unit?
report-indicator = { $unit }
    Report which indicator?
report-quarter = { $code } · { $unit }
    Report which quarter?

report-resume = { $title }
    { $whose ->
        [mine] { $cancelled ->
            [yes] There is a cancelled draft from { $updated_at }.
           *[no] There is an unfinished draft from { $updated_at }.
        }
       *[other] { $begun_by } began this draft on { $begun_at }; { $same ->
            [yes] last changed { $updated_at }.
           *[no] last changed by { $holder }, { $updated_at }.
        }
    }
report-newer = { $code } · { $unit }
    { $own ->
        [yes] This report was sent on { $at }.
        [combined] This report was sent on { $at } by { $reporter }.
       *[no] { $reporter } sent a newer version on { $at }.
    }
    Sent: { $theirs } · { $their_narrative }
    This draft: { $mine } · { $my_narrative }
    Which one is to stand?

report-result-yes-no = By { DATE($day) }: { $question }
report-result-number = { $kind ->
        [percent] { $question }
            Please give the percentage.
        [scale] { $question }
            Please give the score, { AMOUNT($low) }–{ AMOUNT($high) }.
       *[other] { $question }
            Please give the number, counted in { $measure }.
    }
report-counted-cumulative = Cumulative total, { $span }
report-counted-quarter = Counted for { $months } only
report-target = Target: { $target }
report-before = Reported for quarter { $quarter }: { $result }
report-amount = { AMOUNT($value) } { $measure }
report-percent = { AMOUNT($value) } percent
report-yes = done
report-no = not carried out
report-choice-yes = yes, done
    .names = yes|done|finished|complete|แล้ว|ใช่|เสร็จแล้ว
report-choice-in-progress = in progress
    .names = ongoing|under way|not finished|อยู่ระหว่างดำเนินการ|กำลังดำเนินการ
report-choice-no = not carried out
    .names = no|not done|not yet|ไม่ได้ดำเนินการ|ไม่|ยัง

report-zero = Result: { $result }. What is the reason?
report-zero-in_progress = still in progress
    .names = in progress|under way
    .short = still in progress
report-zero-prevented = prevented by circumstances
    .names = prevented|not possible
    .short = prevented
report-zero-activity_change = change of activity requested
    .names = change of activity|activity changed
    .short = change of activity
report-zero-not_planned = nothing planned this quarter
    .names = nothing planned|not planned
    .short = nothing planned

report-sub-measure = { $label }
    Please give the number, counted in { $measure }.
report-narrative = Please describe what was done in 2–3 sentences; longer is fine.
    Type it, or tap the keyboard's microphone and speak. Several messages are fine.

check-head = { $count ->
        [one] One point to check
       *[other] { $count } points to check
    }
check-outside_scale = { $bounds ->
        [low] { $result } is below the lowest value, { $low }. Is it right?
        [high] { $result } is above the highest value, { $high }. Is it right?
       *[both] { $result } is outside the scale { $low }–{ $high }. Is it right?
    }
check-percent_in_count = This indicator counts; the target is { $target } and the result { $result }. Was a percentage typed?
check-cumulative_falls = The running total falls: quarter { $previous_quarter } reported { $previous }, now { $new }. Is it right?
check-yes_no_falls = Quarter { $quarter } reported it as done, but this time it is not. Is that right?
check-narrative_disagrees = { $reported } is reported, but the details say “{ $said }”. Which is right?
check-magnitude_jump = The result differs greatly: quarter { $previous_quarter } reported { $previous }, now { $new }. Is it right?
check-many_times_target = The result { $result } is { $times } times the target of { $target }. What is the reason?
check-mixed_eras = { $problem ->
        [mixed] The details use both eras (พ.ศ. and ค.ศ.): “{ $date }” and “{ $other_date }”. Is it right?
       *[impossible] The details give “{ $date }”, which is not in the calendar. Is it right?
    }
check-narrative_repeats = The details are those of quarter { $previous_quarter }, figures and dates included. Are they still current?
report-explanation = If it is right, please type a short reason.
report-activity = What is the new activity?
report-activity-month = From which month, e.g. May 2027?
report-activity-month-unclear = There is no month in “{ $text }”. Please type one, e.g. May 2027.
report-activity-kept = Change of activity requested: { $activity }, from { $month }
report-number-at-warning = Is { AMOUNT($value) } the right result?
report-button-correct = it is right
report-button-change-answer = change the answer
report-which-wrong = Which part is to be changed?
report-left-out = Left out: no figure yet.
report-button-change-narrative = change details
report-button-activity = change of activity
report-button-change-result = change the number
report-button-new-result = change to { AMOUNT($value) }
report-button-keep-result = keep the result

report-reporter-name = { $unit }
    This is a shared account: please give the name of the person reporting.

report-preview = Please check before sending
report-preview-again = Correcting report no. { $number } (version { $version } was sent). Check it and send it again.
report-preview-head = { $unit } · { $code } · quarter { $quarter }
report-preview-result = { $place } Result: { $result }
report-preview-zero = { $place } Reason: { $reason }
report-preview-sub-measure-absent = { $place } { $label }: – (no figure yet)
report-preview-sub-measure = { $place } { $label }: { AMOUNT($value) } { $measure }{ $cumulative ->
        [yes] { " " }(running total)
       *[no] { "" }
    }
report-preview-narrative = { $place } Details: { $text }
report-preview-excerpt = { $place } Details (excerpt of { AMOUNT($count) } characters; type “read all”): { $text }
report-preview-explanation = { $place } Explanation: { $text }
report-preview-activity = { $place } New activity: { $text }
report-preview-activity-month = { $place } From: { $text }
report-preview-told-by = { $place } Told by: { $name }
report-preview-reporter = { $place } Reporter: { $name }
report-preview-pictures = { $count ->
        [0] Pictures: none (send some if you like; only staff see them)
        [one] Pictures: 1 (seen by staff only)
       *[other] Pictures: { $count } (seen by staff only)
    }
report-preview-late = { $closed ->
        [yes] The round closed on { DATE($closes) }. This report can still be sent as an exception and will be marked late.
       *[no] It was due on { DATE($due) }. It can still be sent and will be marked late.
    }
report-preview-how = Answer: submit / edit { $places } / later
report-not-sent-yet = Not sent yet. If everything is right, type “submit”.

report-narrative-example = Example
    “Held 3 story hours on 5, 12 and 19 November with 85 visitors; announced on the library's Facebook page.”
report-narrative-reused = { $text }

    The text above is taken over. What has changed? Add to it, or type: change … to …
report-swapped = Changed “{ $old }” to “{ $new }”.
report-swap-not-once = { $count ->
        [0] “{ $old }” is not in the details. Please type it as it stands there.
       *[other] “{ $old }” stands there { $count } times. Please type a longer passage.
    }
report-button-reuse-quarter = use last quarter's
report-button-reuse-sent = use what was sent
report-button-reuse-library = use other library's
report-button-example = see an example
report-button-none-yet = none yet
report-button-send = submit
report-button-later = later
report-button-look = look again
picture-received = { $count ->
        [one] 1 picture received.
       *[other] { $count } pictures received.
    } Send more if you like.
    To remove one, unsend it in the chat.
picture-left-out = { $count } not kept: at most { $most } pictures per report, sent from the album or camera.
picture-button-album = choose pictures
picture-button-camera = take a picture
report-button-read-all = read all
report-button-other = another report
report-button-continue = go on
report-button-afresh = start anew
report-button-from-sent = from the sent one
report-button-leave = leave it
report-button-mine = send this draft
report-button-theirs = keep the sent one
report-button-quarter = quarter { $quarter }

report-receipt-typed = To correct it, type “{ $words }”.
report-receipt = { $again ->
        [yes] Sent again, corrected
       *[no] Sent
    } · no. { $number }{ $version ->
        [1] { "" }
       *[other] { " " }(version { $version })
    }
    { $unit } · { $code }
    Result: { $result }
    { $day }, { $time }
    { $late ->
        [yes] late
       *[no] on time
    } · the coordinator will check it
    Reporter: { $reporter }{ $acting ->
        [yes] , acting for { $acting_for }
        [told] , as told by { $acting_for }
       *[no] { "" }
    }
report-receipt-edit = To correct it, type “edit” until { $until }.
report-receipt-left = { $count ->
        [one] 1 more report is waiting.
       *[other] { $count } more reports are waiting.
    }
report-unchanged = Nothing differs from what was sent, so it was not sent again.
report-left = The draft is kept. Type “report” to go on.
report-draft-kept = The draft is kept.
report-under-way = Under way: { $title }
    Go on here, or type “later” to do another one.
report-cancel = { $corrects ->
        [yes] Cancel this correction? The sent report stays as it is; the changes are kept as a draft for 7 days.
       *[no] Cancel this report? The answers are kept as a draft for 7 days.
    }
report-cancelled = { $corrects ->
        [yes] The correction is cancelled. The sent report stays as it is.
       *[no] Cancelled. Nothing was sent.
    }
report-open-now = Open now: quarter { $quarters }
report-not-yours = This indicator is not among your unit's.
report-nothing-open = Nothing is open for reporting now.{ $quarter ->
        [none] { "" }
       *[other] { " " }Quarter { $quarter } opens on { $day }.
    }
    If a closed quarter still has to be sent, type “ask to open”.
report-nothing-sent = There is no sent report that can be corrected now.
    After closing, type “ask to open”.
report-refused = { $reason ->
        [not_a_member] This account is not a reporter of this unit. Type “help” for the coordinator.
        [awaiting_approval] The registration for this unit awaits the coordinator's approval.
        [membership_ended] The duty of reporting for { $unit } ended on { $day }. Type “help” for the coordinator.
        [role_may_not] This role does not report.
        [unit_not_valid] This unit has no report in quarter { $quarter }.
        [not_assigned] This unit does not report this indicator in that year.
        [not_due_in_quarter] This indicator is not reported in quarter { $quarter }.
        [no_dates] The dates of quarter { $quarter } are not set yet.
        [not_open_yet] Quarter { $quarter } opens for reporting on { $day }.
        [accepted] This report has been accepted. If it has to change, type “ask to edit”.
       *[closed] Quarter { $quarter } closed for reporting on { $day }. If it still has to be sent, type “ask to open”.
    }

card-title = { $code } { $name } · { $unit }
card-alt = { $code } · { $unit } · fiscal year { $year }
card-of-target = { $result } of { $target }
card-not-reported-of = not reported · target { $target }
card-result = { $result }
card-yes-no = { $result }
card-not-reported = not reported
card-target-text = Target: { $target }
card-percent = { AMOUNT($percent) } percent of the target
card-quarter = Quarter { $number }
card-cell = { $answer ->
        [yes] done
        [in_progress] under way
       *[no] not done
    }
card-missed = Quarter { $quarter } has closed and was not reported
card-due = Quarter { $quarter } is due { $day } · { $days ->
        [0] today is the last day
        [one] 1 day left
       *[other] { $days } days left
    }
card-returned = Quarter { $quarters } was returned for correction
card-overdue = Quarter { $quarter } is overdue; it can be sent until { $day }
card-nothing-due = No quarter of this indicator is waiting

report-confirmed-right = confirmed as right
report-zero-free = Did “{ $text }” prevent it?
report-edit-result = edit result|change the number
report-edit-zero_reason = edit reason
report-edit-sub-measure = edit { $label }
report-edit-narrative = edit details|edit text
report-edit-explanation = edit explanation
report-edit-activity = edit activity
report-edit-activity_month = edit month
report-edit-told_by = edit informant
report-edit-reporter_name = edit name|edit reporter
