# Własni klienci: kto mnie potrzebuje, co się odnawia, co się zmieniło.
panel-needs = Kto mnie potrzebuje
panel-renewals = Odnowienia w ciągu 90 dni
panel-changes = Zmiany od ostatniego przejrzenia
book-and-alerts = { $n ->
    [one] i { $n } inny
    [few] i { $n } inne
    [many] i { $n } innych
   *[other] i { $n } innego
}
book-late = { $title }, termin { $day }
book-untouched = Nikt nie skontaktował się do { $day }
book-nobody-needs = Nikt cię teraz nie potrzebuje.
book-open-book = Zobacz wszystkich swoich klientów
book-show-needs = { $n ->
    [one] Pokaż { $n } klienta
    [few] Pokaż wszystkich { $n } klientów
    [many] Pokaż wszystkich { $n } klientów
   *[other] Pokaż wszystkich { $n } klienta
}
book-no-renewals = W tych dniach nic się nie odnawia.
book-open-renewals = Otwórz kalendarz odnowień
book-renews = Odnowienie
book-confidence = Pewność
book-sum = Razem
book-everybodys = Pokaż wszystkich
book-mine = Pokaż tylko moje
book-show-renewals = Pokaż wszystkie
book-last-week = W ostatnich 7 dniach
book-since = Od
book-nothing-changed = U twoich klientów nic się nie zmieniło.
book-see = Oznacz jako przejrzane
book-show-changes = { $n ->
    [one] Pokaż { $n } zmianę
    [few] Pokaż wszystkie { $n } zmiany
    [many] Pokaż wszystkie { $n } zmian
   *[other] Pokaż wszystkie { $n } zmiany
}
book-banded = { $now } ({ $score }), wcześniej: { $then }
book-eased = { $title }: przyczyna ustała
book-reopened = Rozwiązane zgłoszenie wróciło
book-moved = Teraz na etapie { $stage }
book-was-seen = Oznaczono jako przejrzane
book-was-unseen = Znów pokazane jako nowe
book-failure-until = Podaj, do której chwili, w mikrosekundach od 1970
book-failure-superseded = Od tego czasu oznaczono coś innego
