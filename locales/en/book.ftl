# One's book: who needs one, what renews, what changed.
panel-needs = Who needs me
panel-renewals = Renewals in the next 90 days
panel-changes = Changes since you last looked
book-and-alerts = { $n ->
    [one] and { $n } more
   *[other] and { $n } more
}
book-late = { $title }, due { $day }
book-untouched = Nobody turned to them by { $day }
book-nobody-needs = Nobody needs you right now.
book-open-book = See all your accounts
book-show-needs = { $n ->
    [one] Show { $n } account
   *[other] Show all { $n } accounts
}
book-no-renewals = Nothing renews in these days.
book-open-renewals = Open the calendar of renewals
book-renews = Renews
book-confidence = Confidence
book-sum = Together
book-everybodys = Show everybody's
book-mine = Show mine only
book-show-renewals = Show all
book-last-week = In the last 7 days
book-since = Since
book-nothing-changed = Nothing has changed at your accounts.
book-see = Mark as seen
book-show-changes = { $n ->
    [one] Show { $n } change
   *[other] Show all { $n } changes
}
book-banded = { $now } ({ $score }), was: { $then }
book-eased = { $title }: the cause is gone
book-reopened = A solved ticket came back
book-moved = Now on stage { $stage }
book-was-seen = Marked as seen
book-was-unseen = Shown as new again
book-failure-until = Say up to which moment, in microseconds since 1970
book-failure-superseded = Something else was marked as seen since
