# Evaluating, and reading evaluations

evaluate-indicator = { $count ->
        [0] Which indicator is to be evaluated? Its code can be typed.
        [one] 1 evaluation is waiting. Choose it, or type another indicator's code.
       *[other] { $count } evaluations are waiting. Choose one, or type another indicator's code.
    }
evaluate-waiting = { $code } Q{ $quarter }
evaluate-waiting-short = { $code } { $quarter }
evaluate-status = { $count ->
        [0] Nothing is waiting to be evaluated.
        [one] 1 evaluation is waiting
       *[other] { $count } evaluations are waiting
    }
evaluate-row = • { $code } { $name }: Q{ $quarters }
evaluate-row-quarter = { $quarter }{ $begun ->
        [yes] { " " }(no overall score yet)
       *[no] { "" }
    }
evaluate-how = Type “evaluate”, or which one: evaluate { $code } Q{ $quarter }
evaluate-button = evaluate
evaluate-quarter-typed = Q{ $quarter }
evaluate-quarter = Which quarter of { $code } is to be evaluated?
evaluate-not-reported = There is no result for this quarter yet.
evaluate-result = Result { $result }{ $reason ->
        [none] { "" }
       *[other] { " " }({ $reason })
    }{ $target ->
        [none] { "" }
       *[other] { " " }of { $target }
    }{ $units ->
        [0] { "" }
       *[other] { " " }· combined from { $units } of { $all } { $all ->
            [1] unit
           *[other] units
        }
    }{ $unreviewed ->
        [0] { "" }
        [1] { " " }· 1 report not accepted yet
       *[other] { " " }· { $unreviewed } reports not accepted yet
    }
evaluate-read-all = (This is the beginning; type “read all”.)
evaluate-before = Version { $version } was entered on { $day }; this becomes a new version.
evaluate-score = Criterion { $criterion }: how many points (of { AMOUNT($maximum) })?
evaluate-overall = What is the overall score for the quarter? (Entered separately, not calculated.)
evaluate-keep = Keep { AMOUNT($score) }
evaluate-points = points|point|คะแนน
evaluate-said = { AMOUNT($score) } points
evaluate-above = { AMOUNT($value) } is above the maximum of { AMOUNT($most) }.
evaluate-absent = not evaluated|no score|not scored|n/a|ไม่ประเมิน|ยังไม่ประเมิน|ไม่ให้คะแนน|ยังไม่ให้คะแนน|ไม่มีคะแนน|ยังไม่มีคะแนน
evaluate-left-out = Left out: not evaluated.
evaluate-no-comment = none|no comment|no|ไม่มี|ไม่มีความเห็น|ไม่มีความเห็นเพิ่มเติม
evaluate-comment = A comment (optional, in one message)
evaluate-comment-before = Before: { $text }
evaluate-preview = Please check before saving
    { $code } · { $quarter }
evaluate-preview-score = { $place } { $criterion }: { $score ->
        [none] – not evaluated
       *[other] { $score } of { AMOUNT($maximum) }
    }
evaluate-preview-overall = { $place } Overall score: { $score ->
        [none] – not evaluated
       *[other] { $score }
    }
evaluate-preview-comment = { $place } Comment: { $text }
evaluate-preview-how = Answer: { $save ->
        [yes] Save evaluation / edit { $places }
       *[no] edit { $places }
    }
evaluate-overall-high = The overall score is above every criterion's maximum ({ AMOUNT($most) }). Please check it again.
evaluate-nothing = There is no score and no comment, so there is nothing to store yet.
evaluate-same = It is the same as the stored version, so there is nothing to store.
evaluate-button-save = Save evaluation
    .names = { -confirms }|store|save|send|yes
evaluate-not-yours = Evaluating is for evaluators.
    To read evaluations, type “evaluation” and a code.
evaluate-other-unit = Indicator { $code } is not in your units.
evaluate-to-come = Quarter { $quarter } has not begun, so it cannot be evaluated yet.
evaluate-not-accepted = What { $code } reported for quarter { $quarter } is not accepted yet and the round closes on { $day }, so it cannot be evaluated yet.
evaluate-nothing-there = { $code } has nothing to evaluate in quarter { $quarter }. If you mean another year, type it too, such as Q1/2570.
evaluate-without-overall = It has no overall score yet, so it still waits to be evaluated.
evaluate-nothing-assigned = There is no indicator in your units yet.
evaluate-newer = Somebody else stored an evaluation of this meanwhile.
evaluate-stored = The evaluation is saved.
evaluate-left = { $count ->
        [0] Nothing else is waiting to be evaluated.
        [one] 1 more is waiting; type “evaluate”.
       *[other] { $count } more are waiting; type “evaluate”.
    }
evaluate-cancel = Stop this evaluation? The scores you gave will not be stored.
evaluate-edit = An evaluation is corrected by a further version.
    Type “evaluate” with a code and a quarter, such as evaluate 2300-848 Q3
evaluate-left-off = This evaluation is not stored.{ $scored ->
        [yes] { " " }The scores that were given are not kept; it can be begun again.
       *[no] { "" }
    }

evaluation-head = { $code } · { $quarter }
evaluation-overall = Overall score { $score }
evaluation-score = • { $criterion }: { $score ->
        [none] – not evaluated
       *[other] { $score } of { AMOUNT($maximum) }
    }
evaluation-comment = Comment: { $text }
evaluation-read-all = (This is the beginning; type “evaluation { $code } Q{ $quarter }”.)
evaluation-at = Evaluated on { $day }, version { $version }
evaluation-narrow = There are { $count } more. Type “evaluation” with a code or a quarter.
evaluation-none = There is no evaluation yet{ $code ->
        [none] { "" }
       *[other] { " " }of { $code }
    }{ $quarter ->
        [none] { "" }
       *[other] , quarter { $quarter }
    }{ $year ->
        [none] { "" }
       *[other] { " " }in fiscal year { $year }
    }.
