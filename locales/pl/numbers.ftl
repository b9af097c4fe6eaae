# The numbers of support: the page, its charts, and the tickets behind each number.
numbers-title = Wsparcie
numbers-filters = Czas i filtry
numbers-period = Okres
numbers-custom = Od dnia do dnia
numbers-from = Od
numbers-last = Do
numbers-hours = Godziny
numbers-calendar = Każda godzina
numbers-working = Tylko godziny pracy
numbers-compare = Porównaj z okresem wcześniej
numbers-show = Pokaż
numbers-show-all = Wszystkie zgłoszenia
numbers-by = Według
numbers-by-agent = Agent
numbers-by-team = Zespół
numbers-by-channel = Kanał
numbers-by-mailbox = Skrzynka
numbers-by-tier = Poziom
numbers-by-tag = Etykieta
numbers-by-kind = Rodzaj
numbers-by-priority = Priorytet
numbers-by-hour = Godzina otwarcia
numbers-none = Brak
numbers-all = Wszystkie
numbers-gone = Już nie istnieje
numbers-created = Otwarte
numbers-responded = Z odpowiedzią
numbers-solved = Rozwiązane
numbers-reopened = Wróciły
numbers-rated = Ocenione
numbers-backlog = W toku
numbers-now = Teraz
numbers-first-response = Pierwsza odpowiedź
numbers-first-response-p50 = Pierwsza odpowiedź, p50
numbers-first-response-p90 = Pierwsza odpowiedź, p90
numbers-resolution = Rozwiązanie
numbers-resolution-p50 = Rozwiązanie, p50
numbers-first-resolution = Pierwsze rozwiązanie
numbers-reopen-share = Wróciły (udział)
numbers-one-touch = Jedna odpowiedź
numbers-spread = p90 { $p90 } · średnia { $mean } · n = { $n }
numbers-before = Wcześniej: { $value }
numbers-of-solved = { $hits } z { $n } rozwiązanych
numbers-flow = Przepływ
numbers-flow-summary = Otwarto { $created }, rozwiązano { $solved }; teraz w toku { $open }.
numbers-speed-summary = Połowa trwała do { $p50 }, dziewięć na dziesięć do { $p90 } (n = { $n }).
numbers-speed-nothing = W tym czasie nie ma czego mierzyć.
numbers-p50 = Połowa (p50)
numbers-p90 = Dziewięć na dziesięć (p90)
numbers-trend-csat = Zadowolenie w czasie
numbers-trend-ces = Wysiłek w czasie
numbers-rating-summary = Razem { $value }.
numbers-ages = Jak długo czekają zgłoszenia w toku
numbers-age-day = Poniżej dnia
numbers-age-week = Poniżej tygodnia
numbers-age-month = Poniżej 30 dni
numbers-age-quarter = Poniżej 90 dni
numbers-age-older = Starsze
numbers-heat = Kiedy otwierane są zgłoszenia
numbers-heat-summary = Każda godzina każdego dnia tygodnia, w czasie przestrzeni.
numbers-empty = W tym czasie nic się nie działo
numbers-empty-text = Gdy zgłoszenia będą otwierane i rozwiązywane, ich liczby pojawią się tutaj.
numbers-how-opened = Pierwsza odpowiedź dotyczy zgłoszeń otwartych w okresie: od otwarcia do pierwszej publicznej wiadomości agenta; jeśli otworzył je ktoś od nas taką wiadomością, do drugiej. Bez odpowiedzi nie liczymy.
numbers-how-solved = Pozostałe liczby dotyczą zgłoszeń, których ostatnie rozwiązanie przypada w okresie: rozwiązanie do tej chwili, pierwsze rozwiązanie do pierwszej; udział tych, które choć raz wróciły; jedna odpowiedź to mniej niż dwie. Scalone zgłoszenie nie liczy się nigdzie, a to, z którym je scalono, raz.
numbers-how-hours = Godziny pracy to te z kalendarza w ustawieniach. Stan na koniec dnia liczy zgłoszenie od otwarcia do ostatniego rozwiązania.
numbers-back = Wróć do liczb
numbers-no-rows = Nie ma takich zgłoszeń
numbers-no-rows-text = W tym czasie nic nie kryje się za tą liczbą.
numbers-opened-at = Otwarto
numbers-solved-at = Ostatnio rozwiązano
numbers-replies = Odpowiedzi
numbers-failure-period = Wybierz od 1 do 3660 kolejnych dni, pierwszy przed ostatnim.
numbers-failure-word = Nie ma nic o takiej nazwie. Wybierz z listy.
numbers-ages-summary = { $n ->
    [one] { $n } zgłoszenie w toku.
    [few] { $n } zgłoszenia w toku.
    [many] { $n } zgłoszeń w toku.
   *[other] { $n } zgłoszenia w toku.
 }
