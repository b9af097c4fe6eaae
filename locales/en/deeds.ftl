# Changing many accounts at once, and what features add to their list.
deeds-title = Change of many accounts
deeds-choose = Choose { $name }
deeds-bar = Change the chosen accounts
deeds-all = All that the list finds, also on other pages
deeds-count-title = How many accounts the list finds
deeds-apply = Do it
deeds-take = Make me their owner
deeds-csv = Chosen as CSV
deeds-xlsx = Chosen for Excel
deeds-me = Me
deeds-by-rule = By the rule again
deeds-owner = Owner
deeds-tag = Put a tag on
deeds-untag = Take a tag off
deeds-tier = Tier
deeds-tier-detail = Reason for the tier
deeds-stage = Stage
deeds-state = State
deeds-playbook = Start a playbook
deeds-field = Own field
deeds-empty-field = Empty the field
deeds-what = What is done
deeds-others = The others
deeds-state-running = It is going through the accounts. You can leave; it goes on.
deeds-state-done = It is done.
deeds-state-undoing = It is being taken back.
deeds-state-undone = It was taken back.
deeds-fate-waiting = Not yet
deeds-fate-changed = Changed
deeds-fate-same = Was so already
deeds-fate-refused = Not possible
deeds-fate-undone = As it was
deeds-fate-kept = Stayed
deeds-failure-no-accounts = Choose at least one account
deeds-failure-too-many = Up to 5,000 accounts are changed at once. Choose a narrower filter.
deeds-failure-no-deeds = Choose what to do
deeds-failure-deed = This can’t be done, or was chosen twice
deeds-failure-value = Choose something that is there
deeds-failure-not-now = It can’t be taken back now: it is under way, or was taken back already.
deeds-failure-since = Somebody changed it since
deeds-failure-reason = Give a reason of 1 to 500 characters
deeds-failure-field = There is no such field in use
deeds-failure-field-value = A field can’t be filled in like that
deeds-failure-no-stage = It was on no stage before
deeds-column-touch = Last touch
deeds-column-tickets = Open tickets
deeds-all-count = { $n ->
    [one] The { $n } that the list finds
   *[other] All { $n } that the list finds, also on other pages
}
deeds-all-over = { $n ->
    [one] More than { $n }: choose a narrower filter first
   *[other] More than { $n }: choose a narrower filter first
}
deeds-was-done = { $n ->
    [one] { $n } account was changed.
   *[other] { $n } accounts were changed.
}
deeds-was-undone = { $n ->
    [one] { $n } account is as it was.
   *[other] { $n } accounts are as they were.
}
