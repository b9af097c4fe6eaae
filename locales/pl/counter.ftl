# Okienko: miejsca, numery, okienka, tablica oczekujących.
nav-counter = Okienko
counter-places = Miejsca
counter-empty = Nie ma jeszcze miejsc
counter-empty-text = Miejsce to oddział albo stanowisko, do którego ludzie przychodzą osobiście. Dostają numer i zgłoszenie i są wzywani do okienka.
counter-place-new = Nowe miejsce
counter-choose = Gdzie dziś pracujesz?
counter-waiting-count = { $n ->
    [one] Czeka { $n } osoba
    [few] Czekają { $n } osoby
    [many] Czeka { $n } osób
   *[other] Czeka { $n } osoby
 }
counter-new = Przyjmij osobę
counter-next = Wezwij następną osobę
counter-archived = W archiwum
counter-archived-notice = To miejsce jest w archiwum: nikt już tu nie przychodzi, a tablica jest zamknięta.
counter-serving = Przy Twoim okienku
counter-somebody = Ktoś
counter-called-times = { $n ->
    [one] wezwano { $n } raz
    [few] wezwano { $n } razy
    [many] wezwano { $n } razy
   *[other] wezwano { $n } razy
 }
counter-act-call = Wezwij
counter-act-call-again = Wezwij ponownie
counter-act-solve = Gotowe i rozwiązane
counter-act-done = Gotowe, zgłoszenie zostaje otwarte
counter-act-no-show = Nikt nie przyszedł
counter-act-hand-on = Przekaż
counter-act-put-back = Z powrotem do kolejki
counter-hand-on-to = Do innej kolejki
counter-leave = Opuść okienko
counter-left = Opuszczono okienko
counter-window-choose = Wybierz okienko
counter-window = Okienko
counter-window-hint = To, co ludzie widzą na tablicy, na przykład 3. Obowiązuje dziś.
counter-serves = Kolejki, które obsługujesz
counter-serves-hint = Bez wyboru: wszystkie.
counter-sit = Zajmij okienko
counter-at-window = Jesteś przy okienku { $window }
counter-nobody-waits = Nikt nie czeka
counter-nobody-waits-text = Kto przyjdzie, od razu pojawi się tutaj z numerem ze swojego biletu.
counter-waiting = Kto czeka
counter-number = Numer
counter-who = Kto
counter-what = Po co
counter-queue = Kolejka
counter-waits-since = Przyszli
counter-acts = Działania
counter-call-one = Wezwij { $number }
counter-slip = Bilet
counter-windows = Okienka
counter-window-free = Wolne
counter-today = Dziś
counter-day-link = Liczby dnia
counter-day-title = Liczby dnia
counter-day = Dzień
counter-show-day = Pokaż
counter-day-before = Dzień wcześniej
counter-day-after = Dzień później
counter-day-empty = Tego dnia nikt nie przyszedł
counter-day-empty-text = Wybierz inny dzień albo przyjmij osobę.
counter-came = Przyszło
counter-served = Obsłużono
counter-no-shows = Nie przyszli na wezwanie
counter-waited-median = Czekanie, mediana
counter-waited-p90 = Czekanie, 90. percentyl
counter-served-median = Przy okienku, mediana
counter-never-called = Nigdy niewezwani
counter-how = Czekanie liczy się u tych, którzy podeszli do okienka: kiedy odszedł ktoś, kto nie przyszedł, nie wie nikt.
counter-queues = Kolejki
counter-visits = Wizyty
counter-state = Stan
counter-state-waiting = Czeka
counter-state-called = Przy okienku
counter-state-done = Obsłużono
counter-state-no-show = Nie przyszedł
counter-came-at = Przyjście
counter-waited = Czekanie
counter-served-for = Przy okienku
counter-agent = Agent
counter-who-hint = Imię i nazwisko, adres albo numer telefonu. Kogo jeszcze nie znamy, zostanie dodany.
counter-who-new = Nowa osoba
counter-who-choose = Kto to jest?
counter-who-add = Ktoś nowy: { $name }
counter-who-which = Wybierz, kto to jest, albo kogoś nowego.
counter-give-number = Wydaj numer
counter-ahead = { $n ->
    [one] { $n } osoba przed Tobą
    [few] { $n } osoby przed Tobą
    [many] { $n } osób przed Tobą
   *[other] { $n } osoby przed Tobą
 }
counter-slip-text = Prosimy poczekać, aż Twój numer pojawi się na tablicy.
counter-back = Do okienka
counter-print = Drukuj
counter-was-given = Wydano { $number }
counter-was-called = Wezwano { $number } do okienka { $window }
counter-was-called-again = Ponownie wezwano { $number }
counter-was-done = Obsłużono { $number }; zgłoszenie zostaje otwarte
counter-was-solved = Obsłużono { $number } i rozwiązano zgłoszenie
counter-was-missed = { $number } nie przyszedł
counter-was-handed-on = { $number } czeka w innej kolejce
counter-was-put-back = { $number } znów czeka
counter-about = Gdzie ludzie przychodzą osobiście, po co ustawiają się w kolejce i tablica na ścianie.
counter-place-name = Nazwa
counter-place-name-hint = Stoi na biletach i na tablicy.
counter-queues-hint = Każda kolejka ma literę, od której zaczynają się jej numery: A001. Niepotrzebną kolejkę zostaw bez nazwy.
counter-queue-of = Kolejka { $letter }
counter-queue-name = Nazwa kolejki
counter-no-team = Bez zespołu
counter-save = Zapisz miejsce
counter-archive = Przenieś do archiwum
counter-restore = Przywróć
counter-place-added = Dodano miejsce „{ $name }”
counter-place-changed = Zapisano miejsce „{ $name }”
counter-place-archived = Miejsce „{ $name }” jest w archiwum
counter-place-restored = Przywrócono miejsce „{ $name }”
counter-board = Tablica oczekujących
counter-board-on = Otwarta
counter-board-text = Strona na ekran na ścianie. Kto ma jej adres, widzi numery i okienka, bez nazwisk; nikt nie musi się logować.
counter-board-open = Otwórz tablicę
counter-board-renew = Nadaj nowy adres
counter-board-end = Zamknij tablicę
counter-board-was-closed = Tablica jest zamknięta
counter-board-link = Adres tablicy
counter-board-link-text = Otwórz ten adres na ekranie na ścianie.
counter-board-link-once = Jest pokazywany raz. Wcześniejszy adres już niczego nie otwiera.
counter-board-look = Zobacz tablicę
counter-back-place = Do miejsca
counter-board-now = Teraz
counter-board-next = Następni
counter-board-nobody = Nikogo jeszcze nie wezwano.
counter-board-empty = Nikt nie czeka.
counter-board-more = { $n ->
    [one] i jeszcze { $n }
    [few] i jeszcze { $n }
    [many] i jeszcze { $n }
   *[other] i jeszcze { $n }
 }
counter-board-closed = Tej tablicy już nie ma
counter-board-closed-text = Jej adres zmieniono albo została zamknięta. Poproś o nowy adres.
counter-board-lost = Brak połączenia. Prosimy słuchać, kiedy padnie Twój numer.
counter-trace-visit = Wizyta przy okienku
counter-failure-name = Nazwa miejsca ma od 1 do 60 znaków
counter-failure-name-taken = Inne miejsce ma tę nazwę
counter-failure-queues = Miejsce ma od jednej do sześciu kolejek, każda z własną literą od A do F i nazwą do 60 znaków
counter-failure-team = Wybierz zespół swojego obszaru roboczego
counter-failure-stale = Ktoś zmienił to miejsce w trakcie Twojego pisania. Zapisz ponownie, aby wstawić swój tekst.
counter-failure-too-many = Obszar roboczy ma do 100 miejsc
counter-failure-archived = Miejsce jest w archiwum
counter-failure-queue = Wybierz kolejkę tego miejsca
counter-failure-who = Podaj, kto to jest: imię i nazwisko, adres albo numer telefonu
counter-failure-contact = Wybierz kontakt swojego obszaru roboczego
counter-failure-what = Napisz, po co przyszli, od 1 do 2000 znaków
counter-failure-window = Nazwa okienka ma od 1 do 8 znaków
counter-failure-window-taken = Przy tym okienku ktoś inny obsługuje
counter-failure-no-seat = Najpierw wybierz okienko
counter-failure-busy = Przy Twoim okienku ktoś jeszcze jest
counter-failure-nobody = W Twoich kolejkach nikt nie czeka
counter-failure-deed = Z tą wizytą nie można już tego zrobić: ktoś był szybszy
counter-failure-act = Wybierz, co zrobić
counter-failure-another-day = Dzień tej wizyty już minął
