# Subscriptions of accounts, and the renewals calendar.
subscriptions-new = Add subscription
subscriptions-change = Change
subscriptions-renew = Renew
subscriptions-end = End subscription
subscriptions-resume = Let it go on
subscriptions-save = Save
subscriptions-cancel = Cancel
subscriptions-account = Account
subscriptions-product = Product
subscriptions-seats = Seats
subscriptions-mrr = Revenue a month
subscriptions-arr = Revenue a year
subscriptions-goes-on = Goes on
subscriptions-starts = First day
subscriptions-term = Term
subscriptions-term-months = Term, in months
subscriptions-period = The price pays for
subscriptions-months = { $n ->
    [one] { $n } month
   *[other] { $n } months
}
subscriptions-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
subscriptions-price = Price of a seat
subscriptions-price-in = Price of a seat, in { $currency }
subscriptions-price-hint = Before the discount, for the time chosen below
subscriptions-price-for = { $n ->
    [one] A seat for a month
   *[other] A seat for { $n } months
}
subscriptions-price-since = Price from
subscriptions-price-since-hint = Earlier months keep their price
subscriptions-prices = Prices
subscriptions-since = From
subscriptions-discount = Discount
subscriptions-discount-hint = In percent; may stay empty
subscriptions-notice = Notice
subscriptions-notice-days = Notice before the renewal, in days
subscriptions-automatic = Renews by itself
subscriptions-automatic-hint = Otherwise it ends with its term unless somebody renews it
subscriptions-by-itself = by itself
subscriptions-by-hand = when somebody renews it
subscriptions-renews = Renews
subscriptions-renews-hint = When the present term is over; left empty, it is counted from the first day
subscriptions-ends = Ends
subscriptions-ends-hint = The first day without it, if that is agreed already
subscriptions-ends-first = The first day without it
subscriptions-reason = Reason
subscriptions-reason-not-renewed = Nobody renewed it
subscriptions-reason-price = Too expensive
subscriptions-reason-missing = Something was missing
subscriptions-reason-service = Service or quality
subscriptions-reason-competitor = Went to a competitor
subscriptions-reason-no-need = No need any more
subscriptions-reason-out-of-business = Closed down
subscriptions-reason-replaced = Another subscription takes its place
subscriptions-reason-other = Something else
subscriptions-from-day = From { $day }
subscriptions-until-day = Ends { $day }
subscriptions-ended-day = Ended { $day }
subscriptions-renews-day = Renews { $day }
subscriptions-empty = No subscriptions
subscriptions-empty-text = What this account pays for again and again will be listed here, with its price and renewal.
subscriptions-was-added = “{ $product }” is added
subscriptions-was-changed = “{ $product }” is changed
subscriptions-was-ended = The end of “{ $product }” is noted
subscriptions-was-resumed = “{ $product }” goes on
subscriptions-was-renewed = “{ $product }” goes on until { $renews }
subscriptions-was-unrenewed = “{ $product }” renews on { $renews } again
subscriptions-failure-product = Choose a product of the list
subscriptions-failure-seats = Seats are a number from 1 to 10,000,000
subscriptions-failure-price = A price is zero or more, and not beyond counting
subscriptions-failure-discount = A discount is 0 to 100 percent
subscriptions-failure-period = A price pays for 1 to 60 months
subscriptions-failure-term = A term has 1 to 120 months
subscriptions-failure-notice = Notice is 0 to 365 days
subscriptions-failure-renews = The renewal lies after the first day
subscriptions-failure-ends = The end lies after the first day
subscriptions-failure-since = A price holds from a day between the first day and the end
subscriptions-failure-overlap = The account has this product in that time already
subscriptions-failure-over = It has an end; let it go on first
subscriptions-failure-reason = Choose a reason of the list
subscriptions-failure-stale = Someone changed this subscription while you were writing
renewals-title = Renewals
renewals-earlier = Earlier
renewals-now = This month
renewals-later = Later
renewals-count = { $n ->
    [one] { $n } renewal
   *[other] { $n } renewals
}
renewals-empty = Nothing renews in these months
renewals-empty-text = Subscriptions whose term ends stand here month by month, with the last day for notice.
renewals-more = There are more renewals in these months than fit on one page; the file has up to 100,000 of them.
renewals-no-notice = None
renewals-notice-by = By { $day }
renewals-notice-over = Over since { $day }
renewals-rates = Sums in { $base } at the rates of { $day }.
subscriptions-is-ending = Ending or ended
subscriptions-trace-added = Subscribed
subscriptions-trace-changed = Subscription changed
subscriptions-trace-ended = Subscription ended
subscriptions-trace-resumed = Subscription goes on
subscriptions-trace-renewed = Subscription renewed
renewals-all = All accounts
