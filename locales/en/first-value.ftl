# First value, and how long it takes.
nav-first-value = Time to value
first-value-title = Time to value
first-value-is = { $n ->
    [one] First value: { $event }.
   *[other] First value: { $event }, { $n } times within the account.
}
first-value-change = Change
first-value-how = Counted from the first day of the first subscription; without one, from the day on which the account was added or first used the product. Accounts without first value count for as long as they have been watched (Kaplan–Meier).
first-value-known-since = Usage is known since { $day }.
first-value-unknown-since = No usage has come yet.
first-value-left-out = { $n ->
    [one] { $n } account is left out
   *[other] { $n } accounts are left out
}
first-value-left-out-text = They began before usage is known, so nobody saw when they had first value. A back-fill of older events brings them in.
first-value-none = No account was watched from its start yet
first-value-none-text = Accounts appear here that began after the first day of known usage.
first-value-median = Half have it by
first-value-interval = 95 % interval
first-value-accounts = Accounts
first-value-reached = With first value
first-value-censored = Without it so far
first-value-censored-text = censored
first-value-parts = Parts of the accounts
first-value-part = Part
first-value-no-parts = None of them is in a part of this kind.
first-value-by-quarter = By quarter of start
first-value-by-tier = By tier
first-value-by-segment = By segment
first-value-quarter = Quarter { $n } of { $year }
first-value-no-tier = No tier
first-value-between = day { $low } to { $high }
first-value-from = from day { $low } on
first-value-curve = Share of accounts with first value, by days since the start
first-value-curve-says = Half of the accounts have first value within { $days }; within { $last } it is { $share }.
first-value-curve-open = Within { $last } { $share } of the accounts have first value; half are not there yet.
first-value-share = With first value
first-value-low = Lower end, 95 %
first-value-high = Upper end, 95 %
first-value-waiting = Waiting longest
first-value-waiting-of = { $n ->
    [one] { $n } account waits for its first value.
   *[other] { $n } accounts wait for their first value, the longest first.
}
first-value-start = Start
first-value-waits = Waits
first-value-tier = Tier
first-value-empty = Nobody has said what first value is
first-value-empty-text = Choose the event by which an account has something of the product for the first time. How long that takes is then counted for every account, past ones too.
first-value-after = { $n ->
    [0] First value from the start
    [one] First value after { $n } day
   *[other] First value after { $n } days
}
first-value-sometime = First value reached, before anybody watched
first-value-still = { $n ->
    [one] No first value after { $n } day
   *[other] No first value after { $n } days
}
first-value-half = { $still } (half of accounts have it by day { $by })
