accounts-title = Klienci
accounts-new = Nowy klient
accounts-edit = Edycja klienta
accounts-name = Nazwa
accounts-website = Strona internetowa
accounts-website-hint = Na przykład example.com; może pozostać puste
accounts-state = Stan
accounts-changed = Zmieniono
accounts-since = Klient od
accounts-is-open = Otwarty
accounts-is-closed = Zamknięty
accounts-open-count = { $n ->
    [one] { $n } otwarty klient
    [few] { $n } otwartych klientów
    [many] { $n } otwartych klientów
   *[other] { $n } otwartego klienta
}
accounts-empty = Nie ma jeszcze klientów
accounts-empty-text = Tu znajdą się firmy i osoby, którymi się opiekujecie, i wszystko, co się wokół nich dzieje.
accounts-save = Zapisz
accounts-cancel = Anuluj
accounts-close = Zamknij klienta
accounts-reopen = Otwórz ponownie
accounts-closed-notice = Ten klient jest zamknięty
accounts-event-added = Dodano klienta
accounts-event-imported = Przyszło z plikiem { $file }
accounts-event-changed = Zmieniono dane klienta
accounts-event-closed = Zamknięto klienta
accounts-event-reopened = Ponownie otwarto klienta
accounts-event-other = Wydarzyło się coś innego
accounts-failure-name = Nazwa ma od 1 do 200 znaków
accounts-failure-website = Strona wygląda jak example.com
accounts-failure-stale = Ktoś zmienił tego klienta, gdy pisałeś
accounts-stale-now = Teraz nazywa się „{ $name }”. Zapisz ponownie, aby wstawić swój tekst.
accounts-was-closed = Zamknięto „{ $name }”
accounts-was-reopened = Ponownie otwarto „{ $name }”
accounts-kind = Rodzaj
accounts-kind-company = Firma
accounts-kind-person = Osoba
accounts-family-none = Nad tym klientem ani pod nim nikogo nie ma.
accounts-family-mrr = Łączne MRR
accounts-family-open = Subskrypcje
accounts-family-subscriptions = { $n ->
    [one] { $n } subskrypcja
    [few] { $n } subskrypcje
    [many] { $n } subskrypcji
   *[other] { $n } subskrypcji
}
accounts-family-contacts = { $n ->
    [one] { $n } kontakt
    [few] { $n } kontakty
    [many] { $n } kontaktów
   *[other] { $n } kontaktu
}
accounts-parent = Klient nadrzędny
accounts-parent-hint = Nazwa lub jej początek
accounts-parent-set = Ustaw klienta nadrzędnego
accounts-parent-place = Umieść pod nim
accounts-parent-end = Wyjmij z grupy
accounts-was-moved = „{ $name }” ma inne miejsce w grupie
accounts-external-ids-none = Żaden inny system nie zna tego klienta.
accounts-external-id-new = Nowy identyfikator zewnętrzny
accounts-external-id-add = Dodaj
accounts-external-id-source = System
accounts-external-id-source-hint = Krótkie słowo, na przykład crm albo billing
accounts-external-id-value = Identyfikator w tym systemie
accounts-external-id-remove = Usuń { $value }
accounts-external-id-added = Klient jest znany jako { $value }
accounts-external-id-removed = Usunięto { $value }
accounts-event-moved = Inne miejsce w grupie
accounts-event-identified = Zmieniono identyfikatory zewnętrzne
accounts-failure-parent = Nie ma tu klienta o tej nazwie
accounts-failure-loop = Klient nie może stać nad samym sobą
accounts-failure-loop-way = Klient nie może stać nad samym sobą: { $way }
accounts-failure-family-size = Grupa ma do 6 poziomów i 200 klientów
accounts-failure-source = System to od 1 do 60 liter, cyfr, kropek, myślników lub podkreśleń
accounts-failure-external-id = Identyfikator zewnętrzny ma od 1 do 200 znaków
accounts-failure-external-id-taken = Inny klient ma ten identyfikator zewnętrzny
accounts-event-tagged = Zmieniono etykiety
accounts-event-described = Wypełniono pola
accounts-event-stage = Na innym etapie
accounts-event-tier = Na innym poziomie
accounts-event-worth = Zmienił się przychód lub odnowienie
accounts-renews = Najbliższe odnowienie
accounts-event-owner = Inny opiekun
accounts-all = Wszyscy klienci
accounts-none-found = Nic nie pasuje
accounts-none-found-text = Żaden klient nie spełnia wszystkich filtrów. Usuń któryś.
accounts-within-days = { $n ->
    [one] w ciągu { $n } dnia
    [few] w ciągu { $n } dni
    [many] w ciągu { $n } dni
   *[other] w ciągu { $n } dnia
}
