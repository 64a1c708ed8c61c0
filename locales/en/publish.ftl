# Making a report's pictures public

publish-how = Type the report's number behind it, e.g. publish pictures 1/2570-07
publish-not-yours = Publishing pictures is for coordinators.
publish-unknown = There is no report no. { $number } among your units.
publish-none = { $title }
    This report has no pictures.
publish-done = { $title }
    { $count } published. To take it back, type “hide pictures” and the number.
publish-hidden = { $title }
    { $count } hidden; only staff see them now.
