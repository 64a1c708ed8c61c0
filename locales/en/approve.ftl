# Approving registrations

approve-button = approve
approve-row = { $name }{ $position ->
        [none] { "" }
       *[other] { " " }({ $position })
    } · { $role } · { $unit }
approve-row-instead = { $name }{ $position ->
        [none] { "" }
       *[other] { " " }({ $position })
    } · { $role } · { $unit } · in place of the same name's LINE account
approve-member = { $count ->
        [one] 1 registration is waiting. Who is to be approved?
       *[other] { $count } registrations are waiting. Who is to be approved?
    }{ $more ->
        [0] { "" }
       *[other] { " " }({ $more } more follow.)
    }
approve-done = Approved: { $name } · { $unit }
approve-told = You have been let in · { $role } · { $unit }
    Type “{ $word }” to begin
approve-button-refuse = refuse
    .names = decline|no
approve-refused = Who is not to be let in?
approve-reason = { $name } · { $unit } is not to be let in
    Please say why: they will read it.
approve-reasons = Not known in this unit|The wrong unit was chosen|Please call us
approve-refused-done = Refused: { $name } · { $unit }. They are told why.
approve-told-no = Your registration was not approved · { $role } · { $unit }
    Reason: { $reason }
    Coordinator: { $coordinator }
    Once it is put right you can register again with the same code.
approve-nobody = No registration is waiting.
approve-not-yours = Approving is for coordinators.
approve-waiting = { $count ->
        [one] 1 registration is waiting: type “approve”.
       *[other] { $count } registrations are waiting: type “approve”.
    }
