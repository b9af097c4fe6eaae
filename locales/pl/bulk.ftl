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
