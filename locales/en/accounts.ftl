# Accounts: list, page, form, what happened to one.
accounts-title = Accounts
accounts-new = New account
accounts-edit = Edit account
accounts-name = Name
accounts-website = Website
accounts-website-hint = Like example.com; may stay empty
accounts-state = State
accounts-changed = Changed
accounts-since = Customer since
accounts-is-open = Open
accounts-is-closed = Closed
accounts-open-count = { $n ->
    [one] { $n } open account
   *[other] { $n } open accounts
}
accounts-empty = No accounts yet
accounts-empty-text = The companies and people you look after will be listed here, with all that happens around them.
accounts-save = Save
accounts-cancel = Cancel
accounts-close = Close account
accounts-reopen = Open again
accounts-closed-notice = This account is closed
accounts-event-added = Account added
accounts-event-imported = Came with the file { $file }
accounts-event-changed = Account changed
accounts-event-closed = Account closed
accounts-event-reopened = Account opened again
accounts-event-other = Something else happened
accounts-failure-name = A name has 1 to 200 characters
accounts-failure-website = A website looks like example.com
accounts-failure-stale = Someone changed this account while you were writing
accounts-stale-now = It is now called “{ $name }”. Save again to put your text in its place.
accounts-was-closed = “{ $name }” is closed
accounts-was-reopened = “{ $name }” is open again
accounts-kind = Kind
accounts-kind-company = Company
accounts-kind-person = Person
accounts-family-none = No account stands above or below this one.
accounts-family-mrr = MRR together
accounts-family-open = Subscriptions
accounts-family-subscriptions = { $n ->
    [one] { $n } subscription
   *[other] { $n } subscriptions
}
accounts-family-contacts = { $n ->
    [one] { $n } contact
   *[other] { $n } contacts
}
accounts-parent = Parent account
accounts-parent-hint = Its name, or how it begins
accounts-parent-set = Set the parent account
accounts-parent-place = Put below it
accounts-parent-end = Take out of the family
accounts-was-moved = “{ $name }” has another place in its family
accounts-external-ids-none = No other system is known to have this account.
accounts-external-id-new = New external ID
accounts-external-id-add = Add
accounts-external-id-source = System
accounts-external-id-source-hint = A short word like crm or billing
accounts-external-id-value = ID in that system
accounts-external-id-remove = Remove { $value }
accounts-external-id-added = The account is known as { $value }
accounts-external-id-removed = { $value } is removed
accounts-event-moved = Another place in its family
accounts-event-identified = External IDs changed
accounts-failure-parent = There is no account of this name here
accounts-failure-loop = An account can't stand above itself
accounts-failure-loop-way = An account can't stand above itself: { $way }
accounts-failure-family-size = A family has up to 6 levels and 200 accounts
accounts-failure-source = A system is 1 to 60 letters, digits, points, dashes or underscores
accounts-failure-external-id = An external ID has 1 to 200 characters
accounts-failure-external-id-taken = Another account has this external ID
accounts-event-tagged = Tags changed
accounts-event-described = Fields filled in
accounts-event-stage = On another stage
accounts-event-tier = On another tier
accounts-event-worth = Revenue or renewal changed
accounts-renews = Next renewal
accounts-event-owner = Another owner
accounts-all = All accounts
accounts-none-found = Nothing fits
accounts-none-found-text = No account fits all the filters. Take one away.
accounts-within-days = { $n ->
    [one] within { $n } day
   *[other] within { $n } days
}
