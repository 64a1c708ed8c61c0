# In groups, and linking them

group-offer = Code to link a group of { $unit }
    { $code }
    It works once, within 24 hours.
    1. Invite the bot into the group.
    2. Let anybody type this code there.
    In a group the bot answers only when called, names no persons, and sends nothing by itself.
group-button-copy = Copy the code
group-not-yours = Linking a group is for coordinators.
group-code = The bot works only in groups that a coordinator linked. Please type the group's code here.
    A coordinator gets one by typing “link group” in the private chat with the bot.
group-wrong-code = This is not a group's code, or it was used or has expired.
    A registration code belongs only into the private chat with the bot.
group-leave = This group is not linked, so the bot leaves.
    A coordinator gets a code by typing “link group” in the private chat, and may then invite the bot again.
group-linked = This group is linked with { $unit }.
    Call the bot by name, or type “status”, “summary” or “who is missing”, to see the round.
    Reports and registration belong into the private chat with the bot.
group-private = This belongs into the private chat with the bot, so that nothing personal stands in the group.
    Tap the bot's name, add it as a friend, and type there.
group-help = In this group the round can be seen: type “status”, “summary” or “who is missing”, with a code or a quarter if you like.
    Reports, registration and everything personal belong into the private chat with the bot.
    Type “unlink group” to send the bot away.
group-unlinked = This group is no longer linked, and the bot leaves.
    A coordinator may link it again by typing “link group” in the private chat.
