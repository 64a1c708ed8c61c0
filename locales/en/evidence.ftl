# Pictures that could not be kept: their sender is told once, of all of them

evidence-lost-unsent = { $count ->
        [one] One picture was not kept: you took it back.
       *[other] { $count } pictures were not kept: you took them back.
    }
evidence-lost-expired = { $count ->
        [one] One picture was not kept: LINE no longer has it.
       *[other] { $count } pictures were not kept: LINE no longer has them.
    }
evidence-lost-too_large = { $count ->
        [one] One picture was not kept: it is larger than { $limit } MB.
       *[other] { $count } pictures were not kept: they are larger than { $limit } MB.
    }
evidence-lost-not_a_picture = { $count ->
        [one] One file was not kept: it cannot be opened as a picture.
       *[other] { $count } files were not kept: they cannot be opened as pictures.
    }
evidence-lost-send-again = The other answers are all kept. To attach it after all, please send the picture again.
