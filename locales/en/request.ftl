# Requests: what a coordinator has to grant

request-about = { $kind ->
        [unlock] Which quarter is to be opened again?
        [edit] Which accepted report is to be changed?
        [withdraw] Which accepted report is to be withdrawn?
       *[target] Which indicator's target is to change?
    }{ $only ->
        [none] { "" }
       *[other] { " " }({ $found } with “{ $only }”)
    }{ $more ->
        [0] { "" }
       *[other] { "" }
    There are { $more } more; a code, a unit's name or a quarter narrows the list.
    }
request-unit = { $unit } · quarter { $quarter }
request-target = { $title }
    What is the new target (in { $measure })?
request-document = Number of the document, if there is one, such as กท 1234/2570
request-reason = { $kind ->
        [unlock] Open for reporting:
        [edit] Change:
        [withdraw] Withdraw:
       *[target] Change the target:
    } { $title }
    Please type a short reason
request-done = Your request was sent: { $what }
    Reason: { $reason }
    The coordinator decides, and the answer comes in this chat.
request-not-yours = Only reporters can ask for this.
request-asked-already = You have asked already. The coordinator will decide.
request-nothing = { $kind ->
        [unlock] No closed quarter waits to be opened. Type “report”.
        [edit] There is no accepted report to be changed.
        [withdraw] There is no accepted report to be withdrawn.
       *[target] There is no indicator whose target could change.
    }
request-left = Nothing was asked for.
request-button-unlock = ask to open
request-button-edit = Ask to edit

moved-duty = Which duty has ended?
moved-row = { $role } · { $unit }
moved-sure = Has the duty { $duty } ended?
    The reports you sent stay. If you moved here or have a new LINE account, register with your unit's code.
moved-button-yes = It has ended
    .names = { -confirms }|yes
moved-button-no = I still do it
    .names = no
moved-done = Your request was sent: { $duty } ends once the coordinator confirms.
moved-nothing = You have no duty registered here.
moved-left = Nothing was changed.

requests-button = requests
requests-list = { $count ->
        [1] 1 request waits
       *[other] { $count } requests wait
    }
requests-row = { $what }{ $reason ->
        [none] { "" }
       *[other] { " " }· reason: { $reason }
    } · { $who } { $day }
requests-what = { $kind ->
        [unlock] Open for reporting · { $unit } · quarter { $quarter }
        [edit] Change the accepted report · { $title }
        [withdraw] Withdraw the accepted report · { $title }
        [activity] Change of activity · { $title }{ $activity ->
            [none] { "" }
           *[other] { " " }to { $activity }
        }{ $month ->
            [none] { "" }
           *[other] { " " }from { $month }
        }
        [target] Change of target · { $title } to { $target }{ $document ->
            [none] { "" }
           *[other] { " " }by { $document }
        }
       *[moved] End of duty · { $role } · { $unit }
    }
requests-button-grant = Grant { $place }
requests-button-refuse = Refuse { $place }
requests-more = { $count } more come next
requests-days-range = Between 1 and { $longest } days are possible.
requests-until = To be granted: { $what }
    For how many days? (or type a number up to { $longest })
requests-days = { $days } days, until { $day }
requests-days-short = { $days } days
requests-activity = To be granted: { $what }
    What is the new activity?
requests-answer = To be refused: { $what }
    Please say why: whoever asked will read it.
requests-answers = Already forwarded|Data are incomplete|Please call me
requests-done = { $granted ->
        [yes] Granted
       *[no] Refused
    }: { $what }{ $until ->
        [none] { "" }
       *[some] , until { $until }
    }{ $answer ->
        [none] { "" }
       *[other] { "" }
    The reason: { $answer }
    }
requests-not-told = { $who } cannot be reached in LINE. Please call them.
requests-nothing = No request waits.
requests-waiting = { $count ->
        [1] 1 request waits. Type “requests”.
       *[other] { $count } requests wait. Type “requests”.
    }
requests-not-yours = Deciding requests is the coordinator's duty.
requests-decided = This request was decided already.
requests-put-aside = Nothing was decided. Type “requests” when you are ready.
requests-told = { $granted ->
        [yes] Granted
       *[no] Refused
    }: { $what }
    { $granted ->
        [yes] { $kind ->
            [unlock] You can report until { $until }. Type “report”.
            [edit] You can change it until { $until }. Type “edit”.
            [withdraw] The report now counts as not reported.
            [moved] This duty has ended. Thank you for your work.
           *[other] The change is recorded.
        }
       *[no] Reason: { $answer }
    }
    Coordinator: { $coordinator }
