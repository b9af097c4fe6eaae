# Spam and trash: what lies apart from all other tickets.
audit-act-ticket-removed = Ticket removed from the trash for good
bins-title = Spam or trash
bins-spam-text = It leaves all views and numbers and waits among the spam. Further mail that answers it stays there with it.
bins-block = Also hold back further mail from { $sender }
bins-mark = Mark as spam
bins-trash-text = In the trash it waits for thirty days, then it is removed for good with its files and mails.
bins-throw-away = Move to trash
bins-was-marked = #{ $number } is marked as spam
bins-was-thrown-away = #{ $number } is in the trash
bins-was-restored = #{ $number } is back
bins-restore = Restore
bins-in-spam = This ticket is spam. It counts nowhere, and nothing can be written in it until it is restored.
bins-in-trash = This ticket is in the trash. Thirty days after it was put there it is removed for good, unless it is restored.
bins-failure-apart = It is in the spam or the trash; restore it first
