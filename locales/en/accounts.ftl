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
