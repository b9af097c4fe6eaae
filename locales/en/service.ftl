# What accounts on a tier get.
service-title = Service
service-about = How accounts on this tier are looked after, and what they may ask for. Assignment, lists, warnings and home go by it. While nothing is said, nothing is promised and nothing is forbidden.
service-model = Touch model
service-unsaid = Not said
service-self = Self-service
service-tech = Tech touch
service-high = High touch
service-say = Say what it gives
service-channels = Channels
service-lacks = Not included: { $channels }
service-cadence = In person at least every so many days
service-cadence-hint = From 1 to 730. Empty: no promise. Whoever was not touched in time shows on home and warns.
service-has-owner = Each account has a person of its own
service-has-owner-hint = Without it, the rules of assignment give these accounts to nobody.
service-most = Accounts on this tier for one person
service-most-hint = The rules give nobody more than this. Empty: no limit.
service-person = Looked after by
service-owner-missing = Somebody of its own is promised; nobody has it yet
service-owner-beyond = { $owner }, though the tier promises nobody
service-owner-none = Nobody in person
service-in-person = In person
service-every = { $n ->
    [one] Every day
   *[other] Every { $n } days
}
service-never = Never
service-next = Next touch until
service-late = { $n ->
    [one] { $n } day late
   *[other] { $n } days late
}
service-today = To be touched today
service-soon = { $n ->
    [one] { $n } day left
   *[other] { $n } days left
}
service-unknown = Nothing is said of what this tier gives.
service-was-saved = The service of “{ $name }” is saved
service-failure-model = Choose a touch model
service-failure-cadence = A number of days from 1 to 730
service-failure-most = A number from 1 to 100000
service-failure-channel = Choose among the channels that are shown
