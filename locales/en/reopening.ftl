# Whether answers open solved tickets again.
audit-act-reopening-changed = When answers open tickets again was changed
reopening-text = An answer by mail opens a solved ticket again. After some time it is better a ticket of its own, which then stands beside the old one.
reopening-days = Days in which an answer opens the ticket again
reopening-days-hint = Empty: always. 0: never, each answer is a new ticket.
reopening-save = Save
reopening-was-changed = Saved: answers from now on follow it
reopening-failure-days = Write a number from 0 to 3,650, or nothing
reopening-failure-stale = Someone changed this while you were writing. Save again to put yours in its place.
