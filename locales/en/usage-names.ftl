panel-usage-names = Ids in the product
audit-act-usage-name-settled = Account of a usage id chosen
audit-act-usage-name-unsettled = Account of a usage id taken back
audit-act-usage-name-left = Usage id left without an account
audit-act-usage-name-minded = Usage id waits for its account again
audit-act-usage-link-ended = Link between usage ids ended
audit-act-usage-link-restored = Link between usage ids restored
usage-settling-what = Group or person
usage-settling-first = First seen
usage-settling-account = Account
usage-settling-find = Id, name or address
usage-settling-span = Over
usage-settling-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
usage-settling-all-days = All days
usage-settling-waiting = Waiting for an account
usage-settling-left = Left without an account
usage-settling-none-found = Nothing fits
usage-settling-none-found-text = Ask for other words or for more days.
usage-settling-all = All that wait
usage-settling-choose = Choose
usage-settling-leave = Leave it without an account
usage-settling-mind = Let it wait again
usage-settling-group = No account is called so
usage-settling-no-contact = This user is no contact
usage-settling-anonymous = Nobody signed in with this browser
usage-settling-shared = Several people signed in with this browser
usage-settling-nowhere = The contact is at no account
usage-settling-several = The person is at several accounts
usage-settling-other-days = The person was at no account on these days
usage-settling-by-place = The person is or was there
usage-settling-by-number = Another system calls it so
usage-settling-by-address = Its website has this address
usage-settling-by-name = It has this name
usage-settling-was-settled = The account was chosen; what was counted goes with it
usage-settling-was-unsettled = The choice was taken back
usage-settling-was-left = It is left without an account
usage-settling-was-minded = It waits for its account again
usage-settling-make-account = Make an account of it
usage-settling-make-contact = Make a contact of it
usage-settling-made-account = The account was made
usage-settling-made-contact = The contact was made
usage-settling-failure-account = There is no single account of this name
usage-settling-failure-unfit = Nothing can be made of an anonymous browser
usage-identity-kind = What it is
usage-identity-id = Id
usage-identity-root = Belongs to
usage-identity-to-root = The person behind it
usage-identity-contact = Contact
usage-identity-person = This person
usage-identity-ids = { $n ->
    [one] { $n } id
   *[other] { $n } ids
}
usage-identity-many-ids = { $n ->
    [one] { $n } id or more
   *[other] { $n } ids or more
}
usage-identity-chosen = Chosen by hand:
usage-identity-take-back = Take it back
usage-identity-find-account = Other accounts whose name begins with
usage-identity-find = Find
usage-identity-account-hint = A group is called so by its account from now on. Of a person the choice holds on the days on which nothing else tells the account.
usage-identity-links = What belongs together with it
usage-identity-links-about = A link that you end counts no more, also when later events say the same. What was counted is put down anew, and you can restore it.
usage-identity-no-links = Nothing belongs together with it yet.
usage-identity-heard = How it is known
usage-identity-actions = Actions
usage-identity-ended = Ended
usage-identity-ended-by = by { $name }
usage-identity-holds = Counts
usage-identity-end = End this link
usage-identity-restore = Restore
usage-identity-was-ended = The link is ended; what was counted is put down anew
usage-identity-was-restored = The link counts again
usage-identity-spread = Ids put down anew
usage-identity-unknown = The product does not know this contact by any id yet.
usage-identity-by-identify = The user signed in with this browser
usage-identity-by-alias = One id was said to be the other
usage-identity-by-group = The product says who is in the group
usage-identity-by-event = Both stood in one event
usage-identity-by-number = The contact has this id
usage-identity-by-address = The address is the contact’s
usage-identity-failure-link = There is no such link
