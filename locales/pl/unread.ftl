# Czego ktoś jeszcze nie przeczytał.
unread-mark = Nieprzeczytane
unread-mark-it = Oznacz jako nieprzeczytane
unread-marked = #{ $number } oznaczono jako nieprzeczytane
unread-only = Tylko nieprzeczytane
unread-all = Pokaż wszystkie
unread-new = Nowe od Twojej ostatniej wizyty
unread-empty = Nie ma tu nic nieprzeczytanego
unread-empty-text = Zgłoszenia, w których piszą klienci, oraz te, które ktoś Ci przydzieli lub w których Cię wspomni, stoją tu, dopóki ich nie otworzysz.
