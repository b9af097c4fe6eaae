settings-sources = Usage sources
settings-sources-hint = Where events of your product come from, and their write keys
audit-act-usage-source-added = Usage source set up
audit-act-usage-source-changed = Usage source changed
audit-act-usage-key-rotated = New write key of a usage source
audit-act-usage-source-stopped = Usage source switched off
audit-act-usage-source-started = Usage source switched on
usage-sources-title = Usage sources
usage-sources-about = Events come in by Segment’s protocol: the SDK that your product has already sends here once its host is changed.
usage-sources-empty = No sources yet
usage-sources-empty-text = Add one for each place that sends: web app, back end, mobile app.
usage-sources-add = Add a source
usage-sources-name = Name
usage-sources-name-hint = What sends: “Web app”, “Back end”
usage-sources-state = State
usage-sources-since = Set up
usage-sources-on = On
usage-sources-off = Off
usage-sources-is-off = This source is switched off: its events are answered 403 and are not kept
usage-sources-point = Point your SDK here
usage-sources-point-text = Change the host and the write key; everything else stays as it is.
usage-sources-host = Host
usage-sources-key = Write key
usage-sources-key-old = the key before, taken until
usage-sources-code = Code
usage-sources-settings = Settings
usage-sources-save = Save
usage-sources-rotate = New write key
usage-sources-rotate-text = The key of now is taken for a day more, so that nothing is lost while you exchange it.
usage-sources-stop = Switch off
usage-sources-start = Switch on
usage-sources-was-added = The source is there
usage-sources-was-changed = The source is saved
usage-sources-was-rotated = The source has a new write key
usage-sources-was-stopped = The source is off
usage-sources-was-started = The source is on
usage-sources-failure-name = A name has 1 to 100 characters
usage-sources-failure-too-many = There are as many sources as there may be
usage-sources-failure-stale = Someone changed this source meanwhile. Save again to put your text in its place.
usage-reason-no-body = The body is no JSON object, or has no list “batch”
usage-remedy-no-body = Send a JSON object; for /v1/batch one with a list of events under “batch”.
usage-reason-large-body = The request is larger than 500 KB
usage-remedy-large-body = Send fewer events at once: most SDKs have a setting like “flushAt”.
usage-reason-many-items = The batch has more than 5,000 items
usage-remedy-many-items = Send it in several batches; SDKs do so by themselves.
usage-reason-malformed = It is no JSON object that can be read: { $about }
usage-remedy-malformed = Let a JSON library write the event instead of putting texts together.
usage-reason-no-call = It doesn’t say what kind of call it is
usage-remedy-no-call = Set “type” to track, identify, group, page, screen or alias.
usage-reason-wrong-type = The field “{ $about }” holds something that doesn’t belong there
usage-remedy-wrong-type = Ids and names are texts; properties, traits and context are objects.
usage-reason-large = The event has { $about } KB; 32 is the most
usage-remedy-large = Leave long texts and lists out of the properties; send what you count by.
usage-reason-no-person = It names nobody: no userId and no anonymousId that is one person’s
usage-remedy-no-person = Set userId once somebody has signed in. Ids like “null”, “anonymous” or zeros are of nobody and are not taken.
usage-reason-no-event = A track call without the name of its event
usage-remedy-no-event = Set “event” to what was done: “Report opened”.
usage-reason-no-group = A group call without the id of the group
usage-remedy-no-group = Set “groupId” to what your product calls the customer.
usage-reason-no-previous = An alias call without both ids
usage-remedy-no-previous = Set “previousId” to the id before and “userId” to the one from now on.
usage-reason-long-id = “{ $about }” is longer than 200 characters
usage-remedy-long-id = Send the id, not a token or a whole record.
usage-reason-long-name = “{ $about }” is longer than 200 characters
usage-remedy-long-name = Name the event shortly and put what differs into properties.
usage-reason-many-properties = It has { $about } properties; 500 are the most
usage-remedy-many-properties = Send the few that you count by; ids as names of properties are a common mistake.
usage-reason-nul = “{ $about }” has a NUL character in it
usage-remedy-nul = Take characters without meaning out of ids and names before sending.
usage-reason-bad-time = “{ $about }” is no time
usage-remedy-bad-time = Write times like 2026-03-02T09:00:00.000Z.
usage-reason-future = It happens in the future
usage-remedy-future = Send “sentAt” by the same clock as “timestamp”: a wrong clock is then corrected.
usage-reason-ancient = It is more than ten years old
usage-remedy-ancient = Mostly a clock that starts in 1970: send “sentAt” by the same clock.
panel-usage = Usage
usage-account-active-7 = Active, 7 days
usage-account-active-30 = Active, 30 days
usage-account-events-30 = Events, 30 days
usage-account-line = Active people a week over 13 weeks, from { $from } to { $to }
usage-account-weeks = active people a week, 13 weeks
usage-account-last = last seen
usage-account-features = Feature
usage-account-people = People
usage-account-person = Person
usage-account-events = Events
usage-account-nameless = (page without a name)
usage-account-quiet = Nobody was there in the last 30 days.
usage-account-empty = No usage seen yet
usage-account-empty-text = Events show here as soon as their group is known to be this account: one of its external ids, or a person who is here.
usage-debugger-title = Event debugger
usage-debugger-came = What came
usage-debugger-rejected = Rejected
usage-debugger-rejected-one = Rejected
usage-debugger-unsettled = Without an account
usage-debugger-about = The newest events as they come in.
usage-debugger-empty = Nothing came yet
usage-debugger-empty-text = Point an SDK here with a write key: its first event shows within two seconds.
usage-debugger-event = Event
usage-debugger-who = Who
usage-debugger-group = Group
usage-debugger-user = Person
usage-debugger-anonymous = Anonymous browser
usage-debugger-source = Source
usage-debugger-at = Came
usage-debugger-happened = happened
usage-debugger-raw = The event as it came
usage-debugger-none-rejected = Nothing was rejected
usage-debugger-none-rejected-text = What can’t be taken stands here for 30 days, with the reason and what to do.
usage-debugger-why = Why
usage-debugger-sent-again = Sent again
usage-debugger-send = Send again
usage-debugger-mend = Mend it here and send it again; it keeps its times.
usage-debugger-not-whole = Only its beginning was kept, so it can’t be sent again from here.
usage-debugger-refused = It still can’t be taken
usage-debugger-was-sent = The event was taken
usage-debugger-was-settled = It was sent again already
usage-debugger-was-settled-group = The group is this account from now on
usage-debugger-no-account = No single account is called so
usage-debugger-account = Account, name or id
usage-debugger-settle = It is this account
usage-debugger-contact = To the contact
usage-debugger-all-settled = Every event has its account
usage-debugger-all-settled-text = Events whose account nobody can tell wait here.
usage-debugger-unsettled-text = These events belong to no account yet. Say which account a group is, and all of its events, past ones too, are that account’s. A person needs a place at one account.
usage-debugger-events = { $n ->
    [one] { $n } event
   *[other] { $n } events
}
usage-sources-events = Event debugger
usage-account-seen = Last seen
audit-act-usage-keeping-changed = Events are kept for another time
settings-keeping = Keeping events
usage-keeping-title = Keeping events
settings-keeping-hint = For how many days events of the product are kept as they came
usage-keeping-about = Events are kept as they came, for the debugger, for new metrics of your own and for erasing persons. The numbers made of them, by person, feature and day, are kept for ever.
usage-keeping-now = { $n ->
    [one] Events are kept for { $n } day.
   *[other] Events are kept for { $n } days.
}
usage-keeping-days = Keep events for (days)
usage-keeping-days-hint = 7 to 3650 days
usage-keeping-look = Show what would go
usage-keeping-what-goes = What would go
usage-keeping-goes = { $n ->
    [0] Nothing goes.
    [one] One event goes next night.
   *[other] { $n } events go next night.
}
usage-keeping-stays = { $n ->
    [one] One event stays.
   *[other] { $n } events stay.
}
usage-keeping-before = Everything that came before { $day } goes. Until then the setting can be set back; what is gone can not be counted by a new metric.
usage-keeping-save = Save
usage-keeping-was-set = { $n ->
    [one] Events are kept for { $n } day; what is older goes at night
   *[other] Events are kept for { $n } days; what is older goes at night
}
usage-keeping-failure-days = Events are kept for 7 to 3650 days
