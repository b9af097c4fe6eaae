# Changing many tickets at once.
bulk-title = Change of many tickets
bulk-choose-ticket = Choose ticket { $number }
bulk-bar = Change the chosen tickets
bulk-chosen = Chosen:
bulk-page = All on this page
bulk-all = All in this view, also on other pages
bulk-change = Change…
bulk-apply = Change them
bulk-take = Assign to me
bulk-solve = Solve
bulk-clear = Choose none
bulk-macro = Macro
bulk-merge = Merge into ticket
bulk-merge-hint = Its number. Then nothing else is changed.
bulk-no-macro = None
bulk-by = By
bulk-fields = Fields
bulk-gone-through = Gone through
bulk-changed = Changed
bulk-refused = Not possible
bulk-undo = Take all of it back
bulk-back = Back to the list
bulk-troubles = These stayed as they were
bulk-state-running = It is going through the tickets. You can leave; it goes on.
bulk-state-done = It is done.
bulk-state-undoing = It is being taken back.
bulk-state-undone = It was taken back.
bulk-failure-no-tickets = Choose at least one ticket
bulk-failure-too-many = Up to 5,000 tickets are changed at once. Choose a narrower view.
bulk-failure-no-changes = Choose what to change
bulk-failure-changes = Each field once, with up to 300 characters
bulk-failure-macro = That macro is gone or writes words. Choose another
bulk-failure-not-now = It can’t be taken back now: it is under way, or was taken back already.
command-bulk = Change what is chosen
command-bulk-words = many several batch bulk
command-list-range = Select up to this row
command-list-range-words = range mark shift
bulk-was-done = { $n ->
    [one] { $n } ticket was changed.
   *[other] { $n } tickets were changed.
}
bulk-was-undone = { $n ->
    [one] { $n } ticket is as it was.
   *[other] { $n } tickets are as they were.
}
bulk-answer = Answer many tickets
bulk-answer-these = Answer…
bulk-answer-text = Each goes out as every answer does and can be taken back for a moment. A ticket in which somebody writes in the meantime is left as it is and named.
bulk-answer-reply = Saved reply
bulk-answer-reply-hint = Its words, in the language of each contact where it has them
bulk-answer-own = None: the words below
bulk-answer-body-hint = Variables of saved replies are filled in for each ticket
bulk-answer-then = Status with the answer
bulk-answer-look = Show it in the first ticket
bulk-answer-send = Send to all of them
bulk-failure-answer = Write words, or choose a saved reply that is neither a note nor a macro
bulk-answer-to = { $n ->
    [one] This answer goes to { $n } ticket.
   *[other] This answer goes to { $n } tickets.
}
bulk-was-answered = { $n ->
    [one] { $n } ticket was answered.
   *[other] { $n } tickets were answered.
}
