# Changing many tickets at once.
bulk-title = Zmiana wielu zgłoszeń
bulk-choose-ticket = Wybierz zgłoszenie { $number }
bulk-bar = Zmień wybrane zgłoszenia
bulk-chosen = Wybrane:
bulk-page = Wszystkie na tej stronie
bulk-all = Wszystkie w tym widoku, także na innych stronach
bulk-change = Zmień…
bulk-apply = Zmień je
bulk-take = Przydziel mnie
bulk-solve = Rozwiąż
bulk-clear = Odznacz wszystkie
bulk-macro = Makro
bulk-merge = Połącz ze zgłoszeniem
bulk-merge-hint = Jego numer. Wtedy nic innego się nie zmienia.
bulk-no-macro = Żadne
bulk-by = Kto
bulk-fields = Pola
bulk-gone-through = Przejrzano
bulk-changed = Zmieniono
bulk-refused = Niemożliwe
bulk-undo = Cofnij wszystko
bulk-back = Wróć do listy
bulk-troubles = Te zostały bez zmian
bulk-state-running = Trwa zmienianie zgłoszeń. Możesz wyjść; będzie trwało dalej.
bulk-state-done = Gotowe.
bulk-state-undoing = Trwa cofanie.
bulk-state-undone = Cofnięto.
bulk-failure-no-tickets = Wybierz co najmniej jedno zgłoszenie
bulk-failure-too-many = Naraz zmienia się do 5000 zgłoszeń. Wybierz węższy widok.
bulk-failure-no-changes = Wybierz, co zmienić
bulk-failure-changes = Każde pole raz, do 300 znaków
bulk-failure-macro = Tego makra już nie ma albo zawiera ono tekst. Wybierz inne
bulk-failure-not-now = Nie można teraz cofnąć: trwa albo już cofnięto.
command-bulk = Zmień wybrane
command-bulk-words = wiele masowo
command-list-range = Zaznacz do tego wiersza
command-list-range-words = zakres zaznacz
bulk-was-done = { $n ->
    [one] Zmieniono { $n } zgłoszenie.
    [few] Zmieniono { $n } zgłoszenia.
    [many] Zmieniono { $n } zgłoszeń.
   *[other] Zmieniono { $n } zgłoszenia.
}
bulk-was-undone = { $n ->
    [one] Cofnięto zmianę { $n } zgłoszenia.
    [few] Cofnięto zmiany { $n } zgłoszeń.
    [many] Cofnięto zmiany { $n } zgłoszeń.
   *[other] Cofnięto zmiany { $n } zgłoszenia.
}
bulk-answer = Odpowiedź na wiele zgłoszeń
bulk-answer-these = Odpowiedz…
bulk-answer-text = Każda wychodzi jak każda odpowiedź i przez chwilę można ją cofnąć. Zgłoszenie, w którym ktoś w tym czasie napisze, zostanie bez zmian i będzie wymienione.
bulk-answer-reply = Zapisana odpowiedź
bulk-answer-reply-hint = Jej treść, w języku każdego kontaktu, jeśli jest w nim zapisana
bulk-answer-own = Żadna: treść poniżej
bulk-answer-body-hint = Zmienne zapisanych odpowiedzi są wypełniane dla każdego zgłoszenia
bulk-answer-then = Status wraz z odpowiedzią
bulk-answer-look = Pokaż w pierwszym zgłoszeniu
bulk-answer-send = Wyślij do wszystkich
bulk-failure-answer = Napisz treść albo wybierz zapisaną odpowiedź, która nie jest notatką ani makrem
bulk-answer-to = { $n ->
    [one] Ta odpowiedź trafi do { $n } zgłoszenia.
    [few] Ta odpowiedź trafi do { $n } zgłoszeń.
    [many] Ta odpowiedź trafi do { $n } zgłoszeń.
   *[other] Ta odpowiedź trafi do { $n } zgłoszenia.
}
bulk-was-answered = { $n ->
    [one] Odpowiedziano na { $n } zgłoszenie.
    [few] Odpowiedziano na { $n } zgłoszenia.
    [many] Odpowiedziano na { $n } zgłoszeń.
   *[other] Odpowiedziano na { $n } zgłoszenia.
}
