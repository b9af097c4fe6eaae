# Spam and trash: what lies apart from all other tickets.
audit-act-ticket-removed = Usunięto zgłoszenie z kosza na zawsze
bins-title = Spam lub kosz
bins-spam-text = Zgłoszenie znika ze wszystkich widoków i statystyk i czeka w spamie. Dalsze listy, które na nie odpowiadają, zostają przy nim.
bins-block = Wstrzymuj też dalsze listy od { $sender }
bins-mark = Oznacz jako spam
bins-trash-text = W koszu czeka trzydzieści dni, potem jest usuwane na zawsze razem z plikami i listami.
bins-throw-away = Przenieś do kosza
bins-was-marked = #{ $number } oznaczono jako spam
bins-was-thrown-away = #{ $number } jest w koszu
bins-was-restored = #{ $number } wróciło
bins-restore = Przywróć
bins-in-spam = To zgłoszenie jest spamem. Nigdzie się nie liczy i nic nie można w nim napisać, dopóki nie zostanie przywrócone.
bins-in-trash = To zgłoszenie jest w koszu. Trzydzieści dni po przeniesieniu zostanie usunięte na zawsze, chyba że ktoś je przywróci.
bins-failure-apart = Zgłoszenie jest w spamie lub w koszu; najpierw je przywróć
