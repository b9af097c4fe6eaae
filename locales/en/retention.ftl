# The ledger of revenue and the retention page.
ledger-new = New
ledger-reactivation = Came back
ledger-expansion = Expansion
ledger-contraction = Contraction
ledger-churn = Churn
retention-title = Retention
retention-from = First month
retention-last = Last month
retention-show = Show
retention-empty = No revenue yet
retention-empty-text = Once accounts have subscriptions, this page says who stays and what they bring.
retention-missing = Left out, because there is no rate: { $missing }
retention-behind-start = Accounts at the start
retention-behind-lost = Accounts lost
retention-behind-end = Accounts at the end
retention-behind-came = Accounts that first came in { $month }
retention-behind-stayed = { $n ->
    [0] Accounts of { $month } that were left at its end
    [one] Accounts of { $month } that were left { $n } month later
   *[other] Accounts of { $month } that were left { $n } months later
}
retention-then = A month then
retention-now = A month now
retention-kept = Of that kept
retention-cut = { $n ->
    [one] Only the first row is in this file: choose fewer months.
   *[other] Only the first { $n } rows are in this file: choose fewer months.
}
retention-cohorts-csv = Cohorts as CSV
retention-cohorts-xlsx = Cohorts as Excel
retention-logo-churn = Account churn
retention-lost = { $n ->
    [one] { $n } account lost
   *[other] { $n } accounts lost
}
retention-yearly-churn = Account churn, as a year
retention-monthly-churn = { $share } a month
retention-grr = Gross revenue retention
retention-nrr = Net revenue retention
retention-of-accounts = of the accounts at the start
retention-of-ledger = from all movements
retention-waterfall = Revenue a month
retention-waterfall-says = Revenue a month went from { $opening } to { $closing }.
retention-opening = At the start
retention-closing = At the end
retention-months = Month by month
retention-month = Month
retention-cohorts = Cohorts
retention-cohorts-say = { $n ->
    [one] What is left of { $n } month’s new accounts at the end of each month since.
   *[other] What is left of { $n } months’ new accounts at the end of each month since.
}
retention-accounts = Accounts
retention-revenue = Revenue
retention-how = How it is counted
retention-how-bases = At the start means at the end of the day before. New accounts never enter retention. “Of the accounts at the start” compares what those accounts bring at the end with what they brought, an account that has gone with nothing; gross counts no more than at the start. “From all movements” takes each month’s share from the ledger, movements of newer accounts too, and multiplies the months. Of an account at the start all currencies are taken together; the ledger’s movements count in each by itself.
retention-how-rates = Sums in { $base }, all at the rates of { $day }: what rates did is no retention.
retention-csv = CSV
retention-xlsx = Excel
retention-none = No accounts
retention-none-text = Nothing of this kind happened in these months.
retention-moved = Moved
retention-kind = Movement
retention-amount = By
retention-from-then = From then on
retention-ordering = Accounts that ordered
retention-repeat-rate = Repeat orders
retention-repeat-n = { $n ->
    [one] of { $n } account that ordered, { $low } to { $high }
   *[other] of { $n } accounts that ordered, { $low } to { $high }
}
retention-repeat-how = Repeat orders are counted of the accounts that ordered in these months: the share that had also ordered on an earlier day. The two numbers beside it are Wilson’s 95 % interval.
retention-ordered-again = Accounts that ordered again
retention-first-order = First order
retention-last-order = Last order
retention-lost-n = { $n ->
    [one] { $n } of { $all } accounts lost, { $low } to { $high }
   *[other] { $n } of { $all } accounts lost, { $low } to { $high }
}
retention-behind-lessened = Contraction and churn
retention-behind-changed = Expansion, contraction and churn
retention-how-churn = The two shares beside account churn are Wilson’s 95 % interval: with few accounts, chance alone moves it that far.
revenue-title = Revenue of a day
revenue-day = As of the end of
revenue-text = What all accounts bring at the end of { $day }.
revenue-movements = Movements of revenue
revenue-movements-text = They follow from subscriptions and can’t be typed in; together they are what the account brings.
revenue-movements-none = No movements yet
