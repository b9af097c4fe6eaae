# The bell, its page, and what one is told which way.
notices-title = Notices
notices-bell = { $n ->
    [0] No unread notices
    [one] { $n } unread notice
   *[other] { $n } unread notices
}
notices-all = All
notices-unread = Unread
notices-filters = Which notices
notices-choose = What I am told
notices-read-all = Mark all as read
notices-read = Mark as read
notices-none = No notices
notices-none-text = What you are told about tickets stands here for thirty days.
notices-were-read = { $n ->
    [one] { $n } notice is read
   *[other] { $n } notices are read
}
notices-are-unread = { $n ->
    [one] { $n } notice is unread again
   *[other] { $n } notices are unread again
}
notices-low = A contact gives a low rating
notices-failed = A mail to a customer does not go out
notices-letter-low = The contact gave a low rating in ticket #{ $number }.
notices-letter-failed = A mail of ticket #{ $number } did not go out.
notices-by-bell = In the bell
notices-by-bell-hint = The bell in the head of every page counts what you have not read.
notices-by-browser = By this browser
notices-by-browser-hint = Your browser shows it, also while you look at something else, as long as Tandem is open in it.
notices-browser-ask = Let this browser show notices
notices-browser-on = This browser shows them.
notices-browser-denied = This browser does not let us. You can change that in its settings for this site.
notices-by-mail = By mail
