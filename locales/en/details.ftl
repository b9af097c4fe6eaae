# What the workspace's own fields say of tickets.
details-taken-back = The fields have their old values again
details-rule = Which tickets have this field
details-kinds = Kinds of ticket
details-kinds-hint = Choose none to have it on every ticket. What a ticket does not have any more keeps what stands in it.
details-when = Shown
details-when-hint = Always, or only where another field has this value
details-is-before-solving = Filled in before solving
details-is-before-solving-hint = Whoever solves a ticket is asked for it. What is solved by itself is not stopped.
details-save-rule = Save
details-rule-was-set = It is said which tickets have “{ $name }”
details-before-solving = Before it is solved
details-before-solving-text = Fill this in, and what you sent is done with it.
details-fill-and-go = Fill in and go on
details-missing = Fill this in before it is solved
details-missing-names = Before it is solved, fill in: { $names }
details-failure-condition = A field depends on a choice of another field that does not depend on it
details-failure-stale = Someone changed this while you were writing. Save again to put yours in its place.
