# What a person has not read yet.
unread-mark = Unread
unread-mark-it = Mark as unread
unread-marked = #{ $number } is marked as unread
unread-only = Unread only
unread-all = Show all
unread-new = New since you were here
unread-empty = Nothing is unread here
unread-empty-text = Tickets in which customers write, and those that colleagues give you or name you in, stand here until you open them.
