# The menu under the chat: what a button says

menu-bar = Menu
menu-register = Register
menu-help = Help
menu-language = English
menu-report = Report
menu-status = Status
menu-edit = Edit
menu-missing = Who is missing
menu-summary = Summary
menu-review = Review
menu-requests = Requests
menu-approve = Approve
menu-evaluate = Evaluate
menu-evaluation = Evaluation
