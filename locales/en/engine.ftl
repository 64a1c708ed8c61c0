# Words that all conversations share

# Confirms wherever it is asked whether somebody is sure
-confirms = confirm|ยืนยัน

engine-step = { $place }/{ $steps } · { $question }
engine-choices = Answer: { $choices }
engine-choices-or = Or type: { $choices }
engine-button-back = back
engine-button-skip = skip
engine-button-report = report
engine-button-status = status
engine-button-help = help
engine-button-edit-sent = edit
engine-button-my-data = my data
engine-button-keep = keep old answer
engine-button-held = use this message
engine-button-edit = edit { $place }
engine-button-cancel = yes, cancel
engine-button-continue = go on

engine-moved = Something changed in the meantime, so the last answer was not recorded.
engine-stale = That button belongs to an earlier step. Nothing was changed.
engine-tapped-twice = This answer had been received already.
engine-held = The message “{ $text }” was sent before this question, so it is not recorded yet.
engine-unsent = The answer from the unsent message was removed.
engine-editing = Please answer this one again.{ $old ->
        [none] { "" }
       *[other] { " " }(Before: { $old })
    }
engine-edit = Which answer is to be edited?
engine-nothing-to-edit = There is no answer to edit yet.
engine-nothing-to-read = There is no narrative yet.
engine-first-question = This is the first question.
engine-cannot-skip = This question cannot be skipped.
engine-not-yet = There is nothing to confirm yet. Please answer this question first.
engine-cancel = Cancel this?
engine-cancelled = Cancelled.
engine-left = Kept for later. Come back any time.

answer-received = Received: { $answer }
answer-several-choices = “{ $text }” fits several choices. Which one is meant?
answer-no-choice = “{ $text }” is none of the choices here.
answer-this-choice = Does “{ $text }” mean this one?
answer-button-unnarrowed = Show all
answer-not-words = Please answer in words.
answer-too-long-line = That is longer than { $limit } characters. Please shorten it.
answer-too-long = Together that is longer than { AMOUNT($limit) } characters, so the last message was not recorded. What came before is kept ({ $kept } messages).
answer-nothing-written = There is no text yet. Please write the details first.
answer-more-text = { $count ->
        [one] Received 1 message.
       *[other] Received { $count } messages.
    } Go on, or type “done” at the end, or “start over”.
answer-so-far = So far: “{ $text }”
answer-button-done = done
answer-button-rewrite = start over

number-unclear = { $reason ->
        [nothing] No number was found in “{ $seen }”. Please give a number, counted in { $measure }.
        [several] Several numbers were found: { $seen }. Which one is the result?
        [approximate] “{ $seen }” is approximate. Please give the exact number.
        [malformed] The number “{ $seen }” cannot be read. Please type it again, for example 1,250.
        [negative] “{ $seen }” is negative. A result is 0 or more.
        [other_unit] The unit in “{ $seen }” is not the one counted here: { $measure }.
        [laughter] Is “{ $seen }” a number or laughter? Please choose, or type the number again.
        [not_yet] “{ $seen }”: record 0, or do not report yet?
        [increment] “{ $seen }”: is that the total, or an increase?
        [increment_alone] “{ $seen }”: is that the total? If it is an increase, please type the whole total, in { $measure }.
        [same_as_before] “{ $seen }”: is it the following number?
        [no_before] There is no earlier number. Please type the number, counted in { $measure }.
        [too_large] “{ $seen }” is larger than can be recorded.
        [percent] “{ $seen }” is a percentage, but this is counted in { $measure }.
        [part] “{ $seen }” has a fraction, but this is counted in whole { $measure }.
       *[unclear] It is not clear which number “{ $seen }” means. Please type only the number, counted in { $measure }.
    }
number-button-zero = record 0
number-button-not-yet = not report yet
number-button-absent = leave it out
number-button-total = total { $value }
number-button-increased = now { $value }

quarter-name = Quarter { $quarter } ({ $months })
quarter-which = Which quarter? More than one fits.
quarter-not-open = Nothing is open for “{ $text }”. Please choose:

role-reporter = reporter
role-coordinator = coordinator
role-evaluator = evaluator
role-executive = executive
role-administrator = administrator
