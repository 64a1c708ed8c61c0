# Moving a date

move-sure = Move the dates of quarter { $quarter }
move-row = • { $which }: { $before } → { $after }{ $works ->
        [no] { " " }(no working day)
       *[yes] { "" }
    }
move-dates = The dates of quarter { $quarter }
move-date = • { $which }: { $day }
move-button-yes = Move
    .names = { -confirms }|yes|ok
move-button-no = Do not move
    .names = no|cancel
move-done = The dates of quarter { $quarter } were moved. { $urgent ->
        [yes] It is earlier now, so those it concerns are told in working hours.
       *[no] Those it concerns hear when they write.
    }
move-left = No date was moved
move-cancel = Leave the dates as they are?
move-not-yours = The dates of a round are everybody's, so they are moved by a coordinator or administrator who looks after all its units{ $who ->
        [none] { "" }
       *[some] : { $who }
    }
move-no-day = There is no day “{ $day }” in the calendar.
move-how = Type, for instance, “move { $which ->
        [opens] opening day
        [closes] closing day
        [review] review day
        [evaluation] evaluation day
       *[due] due day
    } { $quarter } to { $day }” or “move due day by 7 days”
    (also opening, closing, review, evaluation)
move-no-round = There is no round whose dates could be moved
move-same = It is that day already
move-past = That day has passed; choose today or later
move-out-of-order = The dates have to follow one another as below; choose another day, or move the one in the way first
