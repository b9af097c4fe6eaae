# Łączenie klientów i cofanie tego.
merging-title = Połącz
merging-text = Który inny klient to też { $name }? Wszystko od tamtego przejdzie tutaj, a jego adres będzie prowadził tutaj. Można to w każdej chwili dokładnie cofnąć.
merging-find = Nazwa drugiego klienta
merging-search = Szukaj
merging-none-alike = Żaden inny klient nie ma tej nazwy. Poszukaj innego.
merging-none-found = Żaden klient tak się nie nazywa.
merging-compare = Porównaj
merging-preview-text = Wszystko, co ma { $name }, będzie miał { $into }. Gdzie się różnią, wybierz, co zostaje.
merging-no-choice = Nie różnią się niczym, co trzeba by wybrać.
merging-choices = Czym się różnią
merging-none = Nic
merging-moves = Co przechodzi
merging-after = Co pojawi się po połączeniu, zostaje w { $into }, także po jego cofnięciu.
merging-do = Połącz
merging-swap = W drugą stronę
merging-unmerge = Rozdziel
merging-was-merged = { $name } jest teraz częścią { $into }
merging-was-unmerged = { $name } znów jest osobno
merging-parts = { $n ->
    [one] Z tym klientem połączono { $n } klienta
    [few] Z tym klientem połączono { $n } klientów
    [many] Z tym klientem połączono { $n } klientów
   *[other] Z tym klientem połączono { $n } klienta
}
merging-event-merged = Połączono z innym klientem
merging-event-unmerged = Cofnięto połączenie
merging-failure = Wybierz innego klienta z tego obszaru roboczego
merging-failure-merged-on = Klient, z którym go połączono, sam jest połączony z innym; najpierw cofnij tamto
merging-touchpoints = { $n ->
    [one] { $n } wpis na osi czasu
    [few] { $n } wpisy na osi czasu
    [many] { $n } wpisów na osi czasu
   *[other] { $n } wpisu na osi czasu
}
merging-contacts = { $n ->
    [one] { $n } kontakt
    [few] { $n } kontakty
    [many] { $n } kontaktów
   *[other] { $n } kontakty
}
merging-subscriptions = { $n ->
    [one] { $n } subskrypcja
    [few] { $n } subskrypcje
    [many] { $n } subskrypcji
   *[other] { $n } subskrypcji
}
merging-orders = { $n ->
    [one] { $n } zamówienie
    [few] { $n } zamówienia
    [many] { $n } zamówień
   *[other] { $n } zamówienia
}
merging-invoices = { $n ->
    [one] { $n } faktura
    [few] { $n } faktury
    [many] { $n } faktur
   *[other] { $n } faktury
}
merging-external-ids = { $n ->
    [one] { $n } identyfikator zewnętrzny
    [few] { $n } identyfikatory zewnętrzne
    [many] { $n } identyfikatorów zewnętrznych
   *[other] { $n } identyfikatora zewnętrznego
}
merging-tags = { $n ->
    [one] { $n } etykieta
    [few] { $n } etykiety
    [many] { $n } etykiet
   *[other] { $n } etykiety
}
merging-tickets = { $n ->
    [one] { $n } zgłoszenie
    [few] { $n } zgłoszenia
    [many] { $n } zgłoszeń
   *[other] { $n } zgłoszenia
}
