# Greeting, help, privacy, and what belongs to no conversation

reception-welcome = Welcome to the libraries' indicator reports.
    Report quarterly results, see the status and correct reports in this chat.
    To begin, type the code from the coordinator.
reception-notice = What is kept
    1. Name, position and LINE account, to know who reported.
    2. The messages sent in this chat, to make the reports.
    3. See or erase them at any time: type “my data”.
    Answer: register / no code yet / noted
reception-button-noted = noted
reception-notice-noted = Your acknowledgement is recorded.
reception-noted = Noted.
reception-back = Hello { $name }.
    { $count ->
        [none] Type “status” to see what waits for you.
        [0] Nothing is waiting now.
        [one] 1 report is waiting.
       *[other] { $count } reports are waiting.
    }
reception-greeting = Hello. Ready to take reports.
reception-thanks = You are welcome.
reception-language = The language is English now.
reception-turned-away = The registration for { $unit } was not approved.
    Type “register” to ask again with the same code, or “help” for the coordinator.
reception-stranger = This account is not registered yet.
    Type “register” and the code from the coordinator.
    No code yet? Type “help”.
reception-not-understood = Which of these did you mean?
    { $choices }
wish-report = report
wish-status = status
wish-help = help
wish-edit = edit
wish-register = register
wish-my-data = my data
wish-forget-me = delete my data
wish-review = review
wish-missing = who is missing
wish-summary = summary
wish-requests = requests
wish-approve = approve
wish-remind-missing = remind
wish-group-notice = group notice
wish-report-for = report for
wish-combine = combine
wish-link-group = link group
wish-evaluate = evaluate
wish-evaluation = evaluation
wish-days-left = days left
wish-due-when = when is it due
wish-still-open = can i still send
wish-sent-yet = have i sent it
wish-what-to-do = what next
wish-correct = correct my report
wish-withdraw = withdraw
wish-moved = i have moved
wish-contact = contact
wish-target = what is the target
wish-last-result = last result
wish-what-is-counted = what is counted
wish-pictures = can i send pictures
wish-how-to = how to use
wish-finish-first = A report is under way. Type “later” first, then “edit” or “withdraw”.
wish-button-moved = Report my move
wish-moved-answer = After a move, ask for the new unit's code and type “register” and the code.
    If your duty for the former unit has ended, type “report my move”.
wish-pictures-answer = Pictures can be sent while a report is under way or at its preview. They are optional and seen by staff only.
reception-idle = You can type “report”, “status” or “help”.
reception-nothing-under-way = Nothing is under way now.
reception-media = { $kind ->
        [sticker] The sticker has arrived.
        [image] Pictures can be attached while a report is under way: type “report” and send it again. This one was not kept.
        [picture] Pictures belong to a report; this one was not kept.
        [audio] Voice messages cannot be read yet. Tap the keyboard's microphone and speak to send words.
        [video] Videos cannot be taken yet. Please answer in words.
        [file] Files cannot be taken yet. Please copy the text.
        [location] A location is not needed.
       *[other] This kind of message cannot be read yet. Please answer in words.
    }
reception-apology = Sorry, something failed. The last message was not recorded; it was put aside for the staff to look at.
    Everything recorded before is kept. Please send it again, or type “help”.
reception-unsent-draft = The unsent message was removed from the draft.
    { $title }
reception-unsent-sent = The unsent message was used in a report that was sent. The report stays as it is.
    { $title }
    To correct it, type “edit”.

help-head = What you can type
help-report = report – begin or go on with a report
    status – results, targets, what is waiting; e.g. status 2300-848 or status quarter 2
    edit – change an answer or a sent report
    back · skip · cancel · later – while reporting
    confirm or submit – send it after checking
    withdraw · ask to open · change target · report my move – asked of the coordinator
    remind me tomorrow · stop reminders · remind as usual
help-review = status · who is missing · summary · group notice – the round, e.g. status 2300-848
    review · requests · approve – what waits for your decision
    report for (a unit may follow) · combine · evaluation – e.g. combine 2300-848 Q1
    move due date Q1 to 15 Jan 2027 · link group · publish pictures
help-evaluate = status – what is waiting for a score
    evaluate · evaluation – e.g. evaluate 2300-848 Q3
help-read = status · summary · evaluation – e.g. status 2300-848 or summary quarter 2
help-everybody = register – add a unit · my data · ภาษาไทย
help-contacts = Coordinators
help-stranger = Please register first.
    Ask the coordinator for a 12-character code and type “register” and the code.
    For Thai, type ภาษาไทย.
help-contact = • { $unit }{ $name ->
        [none] { "" }
       *[other] : { $name }
    }{ $phone ->
        [none] { "" }
       *[other] , tel. { $phone }
    }
help-no-contact = • Not given yet. Please ask the group that looks after the libraries.

privacy-my-data = What is kept about you
    Name: { $name }
    Position: { $position }
    Units: { $units }
    LINE account: the user id; no profile picture, no telephone number
    Messages: { $messages } · reports sent: { $reports } · drafts: { $drafts }
    Reviews: { $reviews } · requests: { $requests } · to be told: { $notices } · reminders put off or stopped: { $pauses }
    Only for the work on indicators. Raw messages are erased automatically after their time.
privacy-button-forget = delete my data
person-former = a former reporter
privacy-forget = Delete my data
    Name, position, LINE account and stored messages will be erased, and the duty of reporting ends.
    Drafts that were not sent stay with the unit, without the name.
    Reminders put off or stopped, and what was to be told, are erased as well.
    Reports that were sent are the office's records and stay, with the reporter's name of that time.
    Requests and reviews are the office's records too and stay without the name.
    This cannot be undone.
privacy-button-erase = erase it
    .names = { -confirms }|erase|delete it
privacy-button-keep = keep it
    .names = no|cancel|keep|ไม่|ไม่ลบ
privacy-cancel = Keep everything?
privacy-kept = Nothing was erased.
privacy-forgotten = Everything was erased. To come back, register again with a code from the coordinator.
