# Merging accounts, and taking it back.
merging-title = Merge
merging-text = Which other account is { $name }? Everything that the other has comes here, and its address leads here. You can take it back at any time, exactly.
merging-find = Name of the other account
merging-search = Search
merging-none-alike = No other account has the same name. Look for one.
merging-none-found = No account is called like that.
merging-compare = Compare
merging-preview-text = Everything of { $name } will belong to { $into }. Where they differ, choose what stays.
merging-no-choice = They do not differ in anything that has to be chosen.
merging-choices = Where they differ
merging-none = Nothing
merging-moves = What moves
merging-after = What comes after the merge stays with { $into }, also when the merge is taken back.
merging-do = Merge
merging-swap = The other way round
merging-unmerge = Separate
merging-was-merged = { $name } is now part of { $into }
merging-was-unmerged = { $name } stands alone again
merging-parts = { $n ->
    [one] { $n } account is merged into this one
   *[other] { $n } accounts are merged into this one
}
merging-event-merged = Merged with another account
merging-event-unmerged = Merge taken back
merging-failure = Choose another account of this workspace
merging-failure-merged-on = The account it was merged into is merged itself; take that back first
merging-touchpoints = { $n ->
    [one] { $n } touchpoint
   *[other] { $n } touchpoints
}
merging-contacts = { $n ->
    [one] { $n } contact
   *[other] { $n } contacts
}
merging-subscriptions = { $n ->
    [one] { $n } subscription
   *[other] { $n } subscriptions
}
merging-orders = { $n ->
    [one] { $n } order
   *[other] { $n } orders
}
merging-invoices = { $n ->
    [one] { $n } invoice
   *[other] { $n } invoices
}
merging-external-ids = { $n ->
    [one] { $n } external ID
   *[other] { $n } external IDs
}
merging-tags = { $n ->
    [one] { $n } tag
   *[other] { $n } tags
}
merging-tickets = { $n ->
    [one] { $n } ticket
   *[other] { $n } tickets
}
