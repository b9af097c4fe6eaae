# Followers and mentions: who wants to know how a ticket goes on.
panel-mentions = Wzmianki i obserwowane
followers-title = Kto obserwuje
followers-follow = Obserwuj
followers-unfollow = Przestań obserwować
followers-unfollow-one = Przestań obserwować #{ $number }
followers-begun = Obserwujesz to zgłoszenie
followers-ended = Nie obserwujesz już tego zgłoszenia
followers-mentions = Wzmianki
followers-followed = Obserwowane
followers-no-mentions = Nikt jeszcze o Tobie nie wspomniał
followers-no-mentions-text = Tu pojawiają się notatki, w których ktoś pisze Twoje imię po znaku @.
followers-none = Niczego nie obserwujesz
followers-none-text = Obserwuj zgłoszenie, aby widzieć tutaj, kiedy ktoś w nim napisze.
followers-no-news = Nic nowego w obserwowanych i nikt o Tobie nie wspomniał.
followers-new = Nowe
followers-names = Osoby do wymienienia
