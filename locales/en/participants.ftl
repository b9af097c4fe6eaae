# Participants: who else gets the answers of a ticket.
participants-title = Recipients
participants-nobody = This goes to nobody by mail: no address is known.
participants-to = To
participants-cc = Cc
participants-add = Send it to somebody else too
participants-add-to = Add to To
participants-add-cc = Add to Cc
participants-address = Address
participants-remove = Send nothing more to { $address }
participants-suggested = Was on the newest mail or asked in a merged ticket; press to add as a copy
participants-added = Answers go to { $address } too
participants-removed = Answers do not go to { $address } any more
participants-failure-address = An address such as anna@example.com, and none of our own mailboxes
participants-failure-many = An answer goes to at most 20 addresses
participants-withheld = The newest mail asks for answers to { $addresses }, but nothing confirms that it is really from its sender. Answers do not go there.
