# Drafts and presence: what somebody has begun to write, and who is in a ticket.
drafts-title = My drafts
drafts-empty = Nothing half written
drafts-empty-text = What you begin to write in a ticket is kept as you type. It waits here until you send or discard it.
drafts-discard = Discard draft
drafts-discard-of = Discard the draft in #{ $number }
drafts-discarded = The draft is discarded
drafts-restored = The draft is back
drafts-saved = Draft saved
drafts-failed = Not saved; trying again
drafts-kept = Draft, saved { $ago }
presence-viewing = { $name } is looking at this
presence-replying = { $name } is writing a reply, began { $ago }
presence-noting = { $name } is writing a note, began { $ago }
presence-begun-reply = { $name } has begun a reply, saved { $ago }
presence-begun-note = { $name } has begun a note, saved { $ago }
