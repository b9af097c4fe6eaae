# Numbers of accounts, and how they lie over all of them.
metrics-title = Metrics
metrics-about = Numbers of each account that Tandem finds by itself and health scores rest on. Each opens how it lies over all accounts.
metrics-metric = Metric
metrics-accounts = Accounts
metrics-quarter = A quarter is below
metrics-median = Median
metrics-three-quarters = Three quarters are below
metrics-lowest = Lowest
metrics-highest = Highest
metrics-none = No account has this number yet
metrics-none-text = It is found as soon as there is something to count.
metrics-spread = How it lies over the accounts
metrics-spread-says = Of { $accounts } accounts, half lie between { $low } and { $high }.
metrics-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
metric-people-experience = Experience index
metric-people-last-touch = Since the last contact
metric-people-contacts = Contacts
metric-people-champions = Champions
metric-people-champion-seen = Since a champion was last heard of
metric-people-active-90d = People heard of in 90 days
metric-tickets-open = Open tickets
metric-tickets-urgent = Urgent open tickets
metric-tickets-oldest-open = Oldest open ticket
metric-tickets-opened-30d = Tickets opened in 30 days
metric-tickets-reopened-90d = Reopened in 90 days
metric-money-mrr = Revenue in a month
metric-money-renewal = Until the renewal
metric-money-overdue-invoices = Overdue invoices
metric-money-overdue-since = Days since the oldest unpaid invoice was due
metric-usage-active-people-7d = Active people in 7 days
metric-usage-active-people-30d = Active people in 30 days
metric-usage-features-30d = Features used in 30 days
metric-usage-change-14d = Active people, change in 14 days
metric-usage-stickiness = Stickiness
metric-usage-last-used = Since the last use
metric-people-last-heard = Since they last turned to us
metric-people-reached-30d = Times we turned to them in 30 days
metric-stages-place = Stage, counted from the first
metric-stages-since = On its stage
metric-usage-seats-used = Seats used
metric-surveys-csat = Content with support (share of 4–5)
metric-surveys-effort = Effort to get help, 0–100
metric-surveys-answers-90d = Answers after solving, 90 days
metric-surveys-unhappy-90d = Low ratings, 90 days
