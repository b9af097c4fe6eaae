# Who looks after whom.
assignment-about = A new account gets its owner from the first rule that fits and finds somebody with room.
assignment-owner = Owner
assignment-nobody = Nobody
assignment-none = Nobody looks after this account.
assignment-give = Change owner
assignment-because-hand = Given by { $by } on { $day }.
assignment-because-rule = By the rule “{ $rule }” on { $day } ({ $method }). They had then: { $among }.
assignment-was-given = { $name } looks after this account now
assignment-was-taken = Nobody looks after this account now
assignment-least-loaded = most room
assignment-round-robin = one after the other
assignment-every = Every account
assignment-any = Any
assignment-name = Rule
assignment-if = If
assignment-then = Then
assignment-target = Agent or team
assignment-method = In a team
assignment-mrr-from = MRR from, { $currency }
assignment-mrr-below = MRR below, { $currency }
assignment-new = New rule
assignment-save = Save
assignment-try = Try it out
assignment-remove = Remove rule
assignment-empty = No rules yet
assignment-empty-text = Without rules new accounts have no owner until somebody gives them one.
assignment-capacities = Who has how much
assignment-capacity = Capacity
assignment-most-accounts = Up to how many accounts
assignment-most-mrr = Up to how much MRR, { $currency }
assignment-away-until = Away until
assignment-away = Away
assignment-accounts-count = { $n ->
    [one] { $n } account
   *[other] { $n } accounts
}
assignment-unowned-count = { $n ->
    [one] { $n } account without owner
   *[other] { $n } accounts without owner
}
assignment-unowned = Without owner
assignment-tried = What the rules would do
assignment-tried-text = Of { $all } accounts without owner { $found } would get one. Nothing was changed.
assignment-was-saved = The rule “{ $name }” is saved
assignment-was-removed = The rule “{ $name }” is removed
assignment-capacity-kept = The capacity is saved
assignment-book = Book of business
assignment-my-book = My book
assignment-show = Show
assignment-book-empty = No accounts here
assignment-book-empty-text = Open accounts stand here when somebody looks after them; choose another book above.
assignment-failure-agent = Choose an agent who may sign in
assignment-failure-name = A rule's name has 1 to 80 characters
assignment-failure-target = Choose an agent or a team
assignment-failure-capacity = Write whole numbers from zero on, amounts and days as you usually do
