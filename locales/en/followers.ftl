# Followers and mentions: who wants to know how a ticket goes on.
panel-mentions = Mentioned and followed
followers-title = Who follows it
followers-follow = Follow
followers-unfollow = Stop following
followers-unfollow-one = Stop following #{ $number }
followers-begun = You follow this ticket
followers-ended = You do not follow this ticket any more
followers-mentions = Mentions
followers-followed = Followed
followers-no-mentions = Nobody has named you yet
followers-no-mentions-text = Notes in which a colleague writes your name after an @ appear here.
followers-none = You follow nothing
followers-none-text = Follow a ticket to see here when somebody writes in it.
followers-no-news = Nothing new in what you follow, and nobody named you.
followers-new = New
followers-names = People to name
