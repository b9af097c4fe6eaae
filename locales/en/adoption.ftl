# Which features accounts use.
nav-features = Feature adoption
adoption-title = Feature adoption
adoption-window = Days looked at
adoption-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
adoption-active = Active accounts
adoption-as-of = Counted as of { $at }.
adoption-not-yet = Nothing is counted yet. The first numbers come within a few minutes.
adoption-feature = Feature
adoption-accounts = Accounts
adoption-people = People
adoption-events = Events
adoption-before = Events before
adoption-weeks = 13 weeks
adoption-line = Accounts a week over 13 weeks, from { $from } to { $to }
adoption-course = Accounts that use it, by week
adoption-first = First seen
adoption-last = Last seen
adoption-share = Of active people
adoption-call = Kind
adoption-call-track = Event
adoption-call-page = Page
adoption-call-screen = Screen
adoption-mark = Stands out
adoption-new = New
adoption-dropped = Dropped
adoption-segment = Segment
adoption-all = All features
adoption-all-accounts = All accounts
adoption-empty = No features seen yet
adoption-empty-text = Every event, page and screen that your product sends shows here, with the accounts that use it.
adoption-connect = Connect a source
adoption-none = No feature is like that
adoption-none-text = Ask for less, or look at all features.
adoption-quiet = Nothing was used in these days.
adoption-who = Accounts by their use
adoption-account = Account
adoption-used = Use it
adoption-stopped = Stopped
adoption-never = Never did
adoption-nobody = No account here
adoption-nobody-used = Nobody used it in these days.
adoption-nobody-stopped = Whoever used it before still does.
adoption-nobody-never = Every active account has used it.
usage-account-course = Events a week over 13 weeks, from { $from } to { $to }
usage-account-seats = { $used } of { $seats } seats used
panel-contact-usage = Usage
usage-contact-ids = { $n ->
    [one] known by { $n } id
   *[other] known by { $n } ids
}
usage-contact-devices = { $n ->
    [one] { $n } device
   *[other] { $n } devices
}
usage-contact-quiet = Nothing was used in the last 30 days.
usage-contact-empty = Not seen in the product yet
usage-contact-empty-text = What they do shows here as soon as the product calls them by their address or one of their ids.
