# Mails.
mails-all = All
mails-states = Mails by state
mails-empty = No mails here
mails-empty-text = What comes to your mailboxes is listed here, with what became of it.
mails-subject = Subject
mails-no-subject = (no subject)
mails-from = From
mails-state = State
mails-mailbox = Mailbox
mails-ticket = Ticket
mails-arrived = Arrived
mails-stored = Stored
mails-size = Size
mails-kilobytes = { $size } kB
mails-identity = Sender
mails-identity-authenticated = Confirmed
mails-identity-denied = Denied by its domain
mails-identity-unknown = Not confirmed
mails-nature = Written by
mails-nature-person = A person
mails-nature-auto-reply = A machine that answers
mails-nature-out-of-office = A machine, because somebody is away
mails-nature-bulk = A machine, to many at once
mails-nature-list = A mailing list
mails-nature-delivery-report = A mail server
mails-nature-read-receipt = A machine, because a mail was opened
mails-nature-calendar = A calendar
mails-nature-challenge = A machine that wants a proof
mails-nature-complaint = A provider, because somebody complained
mails-nature-machine = A machine
mails-last-success = Last read to the end
mails-backlog = Waiting to be read
mails-held = Held back
mails-failed = Could not be read
mails-health-good = Working
mails-health-trouble = Not working
mails-health-new = Not read yet
mails-health-handed = Ready
mails-health-none = Takes nothing
mails-state-stored = Waiting
mails-state-stored-why = It is kept and will be read in a moment.
mails-state-placed = In a ticket
mails-state-suspended = Held back
mails-state-suspended-why = It waits for somebody to decide.
mails-state-failed = Failed
mails-state-failed-why = It could not be read. It is kept as it came; others are not held up by it.
mails-state-repeated = Repeated
mails-state-repeated-why = The same mail had come before. It is one message.
mails-state-blocked = Put aside
mails-state-blocked-why = Somebody decided that it becomes no ticket.
mails-cause-spam = Spam
mails-cause-spam-why = The mail server that took it in holds it for spam.
mails-cause-blocked-sender = Blocked sender
mails-cause-blocked-sender-why = Somebody decided that mail of this sender is held back.
mails-cause-denied = Denied sender
mails-cause-denied-why = The domain of its sender says that it did not send this mail.
mails-cause-loop = Loop
mails-cause-loop-why = It is our own mail, or comes from an address of ours.
mails-cause-delivery-failure = Delivery failure
mails-cause-delivery-failure-why = It says that a mail could not be delivered.
mails-cause-complaint = Complaint
mails-cause-complaint-why = Somebody pressed “this is spam” on a mail of ours.
mails-cause-vacation = Away
mails-cause-vacation-why = Somebody is away, and it answers nothing that we know.
mails-cause-automatic = Automatic
mails-cause-automatic-why = A machine wrote it, and it answers nothing that we know.
mails-cause-bulk = To many
mails-cause-bulk-why = It was sent to many at once.
mails-cause-blank = Blank
mails-cause-blank-why = It has no subject, no text and no files.
mails-cause-too-many = Too many
mails-cause-too-many-why = Its sender has opened too many tickets within an hour.
mails-cause-too-large = Too large
mails-cause-too-large-why = It is larger than what is taken. It is still in its mailbox on the server.
mails-verdict-blocked = Blocked
mails-verdict-trusted = Trusted
mails-why-first = It answers nothing that we know, so it opened a ticket.
mails-clue-reply-address = It was sent to the reply address of this ticket.
mails-clue-own-in-reply-to = It answers a mail that we sent from this ticket.
mails-clue-own-reference = Its thread has a mail that we sent from this ticket.
mails-clue-known-in-reply-to = It answers a mail that is in this ticket.
mails-clue-known-reference = Its thread has a mail that is in this ticket.
mails-clue-subject-tag = Its subject has the signed mark of this ticket.
mails-stranger = Its sender had no part in this ticket before.
mails-release = Let through
mails-release-ever = Always let this sender through
mails-block = Put aside
mails-block-ever = Block this sender
mails-unblock = Take back
mails-reread = Read again
mails-look = As it was sent
mails-look-hint = Nothing runs in it, and nothing is fetched from other servers.
mails-raw = Download as it came
mails-was-released = The mail is let through
mails-was-blocked = The mail is put aside
mails-was-unblocked = The mail waits for a decision again
mails-is-reread = The mail is read again
mails-failure-decided = Nobody has to decide about this mail any more
mails-failure-not-kept = There are no bytes of this mail: it was too large to be kept
mails-identifier = Message-ID
panel-mailboxes = Mailboxes
mails-not-read = The mailbox “{ $name }” can't be read
mails-count-failed = { $count ->
    [one] { $count } mail could not be read
   *[other] { $count } mails could not be read
}
mails-count-held = { $count ->
    [one] { $count } mail is held back
   *[other] { $count } mails are held back
}
mails-state-told = Report
mails-state-told-why = It said what became of a mail of ours; that mail shows it.
mails-state-old = Old mail, waiting
mails-state-old-why = It is old mail; its import has not come to it yet.
mails-state-aside = Old mail, no ticket
mails-state-aside-why = It is old mail from a machine, or spam. It is kept and became no ticket.
mails-clue-sent = One of us sent it; it came with old mail.
mails-images-show = Show images
mails-images-hide = Hide images
mails-images-shown = This server has fetched the images; whoever owns them does not see who reads.
mails-images-waiting = { $n ->
    [one] { $n } image of another server is not loaded.
   *[other] { $n } images of other servers are not loaded.
}
mails-images-telling = { $n ->
    [one] { $n } image would only tell its sender that you read this. It is never loaded.
   *[other] { $n } images would only tell their sender that you read this. They are never loaded.
}
mails-images-ever = Always from this sender
mails-images-ever-end = Not always any more
mails-images-ever-on = Images of this sender are always shown
mails-images-ever-off = Images of this sender are shown when asked for
