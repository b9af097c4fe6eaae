# Wczesne ostrzeganie: co reguły znajdują u klientów i co ludzie z tym robią.
nav-alerts = Wczesne ostrzeganie
panel-alerts = Alerty
panel-alerts-home = Wczesne ostrzeganie
settings-warnings = Reguły wczesnego ostrzegania
settings-warnings-hint = Co wykrywa się samo: ryzyka i szanse u klientów.
alerts-title = Wczesne ostrzeganie
alerts-trace = Otwarto alert
alerts-risk = Ryzyko
alerts-chance = Szansa
alerts-risks = Ryzyka
alerts-chances = Szanse
alerts-both = Wszystkie
alerts-low = Niska
alerts-medium = Średnia
alerts-high = Wysoka
alerts-critical = Krytyczna
alerts-open = Otwarte
alerts-snoozed = Odłożone
alerts-dismissed = Odrzucone
alerts-handled = Załatwione
alerts-eased = Minęło samo
alerts-reason-wrong = Dane są błędne
alerts-reason-expected = Znane i uzgodnione
alerts-reason-usual = U nich zawsze tak jest
alerts-reason-minor = Prawda, ale bez znaczenia
alerts-reason-other = Coś innego
alerts-outcome-saved = Uratowany
alerts-outcome-lost = Utracony
alerts-outcome-won = Zdobyte
alerts-outcome-nothing = Bez skutku
alerts-outcome-false = Fałszywy alarm
alerts-did-opened = Znalezione przez regułę
alerts-did-weighed = Znaczy więcej lub mniej niż przedtem
alerts-did-given = Przekazano
alerts-did-snoozed = Odłożono do
alerts-did-woke = Znów widoczny
alerts-did-dismissed = Odrzucono
alerts-did-handled = Załatwiono
alerts-did-eased = Zamknięto: przyczyna zniknęła
alerts-did-reopened = Otwarto ponownie
alerts-did-undone = Cofnięto
alerts-did-told = Przekazane przez człowieka
alerts-did-withdrawn = Cofnięte przez osobę, która to przekazała
alerts-test-at-least = wynosi co najmniej
alerts-test-at-most = wynosi najwyżej
alerts-test-falls = spada wobec własnej przeszłości o
alerts-test-rises = rośnie wobec własnej przeszłości o
alerts-test-shifts-down = przesuwa się w dół, ponad swój szum
alerts-test-shifts-up = przesuwa się w górę, ponad swój szum
alerts-test-still = nie zmienia się od dni
alerts-test-missing = od dni nie jest już znane
alerts-says-at-least = { $metric } co najmniej { $value }
alerts-says-at-most = { $metric } najwyżej { $value }
alerts-says-falls = { $metric }: mediana okresu { $days } leży o { $value } lub więcej poniżej mediany { $before } wcześniej
alerts-says-rises = { $metric }: mediana okresu { $days } leży o { $value } lub więcej powyżej mediany { $before } wcześniej
alerts-says-shifts-down = { $metric }: w okresie { $days } suma spadków sięga { $value } szumów z { $before } wcześniej
alerts-says-shifts-up = { $metric }: w okresie { $days } suma wzrostów sięga { $value } szumów z { $before } wcześniej
alerts-says-still = { $metric }: bez zmian przez { $days }
alerts-says-missing = { $metric }: nieznane przez { $days }
alerts-found-value = { $metric }: { $value }
alerts-found-compared = { $metric }: { $value }, wcześniej { $baseline }
alerts-found-shift = { $metric }: { $value }, zwykle { $baseline }, od { $since }
alerts-found-still = { $metric }: { $value }, bez zmian od { $since }
alerts-found-missing = { $metric }: nieznane od { $since }
alerts-not-known = nieznane
alerts-hidden = nie dla Twojej roli
alerts-at-risk = Przychód zagrożony, miesięcznie
alerts-at-risk-accounts = Zagrożeni klienci
alerts-state = Stan
alerts-show-state = Pokaż
alerts-show-all = Pokaż wszystkich
alerts-show-own = Pokaż tylko moje
alerts-show-feed = Pokaż wszystkie alerty
alerts-none = Brak alertów
alerts-none-text = Reguły patrzą na każdego klienta, gdy coś się u niego zmieni, i raz dziennie.
alerts-nothing = Nic nie znaleziono.
alerts-brings = { $money } miesięcznie
alerts-renews = odnowienie { $day }
alerts-nobody = Niczyj
alerts-show-nobodys = { $n ->
    [one] { $n } niczyj
    [few] { $n } niczyje
    [many] { $n } niczyich
   *[other] { $n } niczyjego
}
alerts-until = do { $day }
alerts-quiet = przyczyna zniknęła
alerts-quiet-since = Przyczyny nie ma od { $day }. Jeśli nie wróci, alert zamknie się sam.
alerts-unseen = już tego nie widać
alerts-unseen-text = To, na czym opiera się ten alert, nie jest już znane, więc nie wiadomo, czy przyczyna nadal istnieje. Alert zostaje, aż będzie to znów znane albo ktoś go zamknie.
alerts-account = Klient
alerts-acts = Co zrobić z alertem klienta { $name }
alerts-take = Weź
alerts-snooze = Odłóż
alerts-snooze-tomorrow = Odłóż do jutra
alerts-snooze-week = Odłóż na tydzień
alerts-snooze-until = Do kiedy
alerts-wake = Przywróć
alerts-dismiss = Odrzuć
alerts-dismiss-as = Odrzuć: { $reason }
alerts-dismiss-minor = Odrzuć jako nieważny
alerts-dismiss-words = Co to było?
alerts-handle = Powiedz, co z tego wyszło
alerts-handle-as = Wynik: { $outcome }
alerts-reopen = Otwórz ponownie
alerts-reason = Powód
alerts-outcome = Wynik
alerts-words = Słowami
alerts-give = Przekaż komuś
alerts-give-to = Komu
alerts-account-owner = Opiekun klienta
alerts-mrr = Przychód miesięczny
alerts-opened-on = Otwarty
alerts-why = Dlaczego
alerts-by-rule = { $name }, wersja { $version }: { $asks }
alerts-evidence = Dowody
alerts-as-of = Od
alerts-when-opened = Gdy go otwarto:
alerts-computed = Waga: { $mrr } × pewność { $confidence } ÷ { $usual }, ile zwykle przynosi klient, daje { $ratio }: { $severity }.
alerts-computed-without = Waga: przychód nie jest znany, więc decyduje sama pewność { $confidence }: { $severity }.
alerts-computed-hidden = Waga wynika z przychodu i pewności: { $severity }.
alerts-others = Także otwarte u tego klienta
alerts-history = Historia
alerts-was-given = Alert przekazano
alerts-was-snoozed = Alert odłożono
alerts-was-woken = Alert jest znów otwarty
alerts-was-dismissed = Alert odrzucono
alerts-was-handled = Wynik zapisano
alerts-was-reopened = Alert jest znów otwarty
alerts-was-undone = Cofnięto
alerts-rules = Reguły wczesnego ostrzegania
alerts-rules-about = Reguła otwiera alert tam, gdzie spełnione są wszystkie jej warunki. Czego o kliencie nie wiadomo, przed niczym nie ostrzega. Alerty widzi ten, kto może widzieć ich wskaźniki.
alerts-no-rule = Brak reguł
alerts-no-rule-text = Zwykłe reguły pojawią się z pierwszym klientem.
alerts-new-rule = Nowa reguła
alerts-rule-name = Nazwa
alerts-way = Ostrzega przed
alerts-asks = Warunki
alerts-all-so-far = Dotąd
alerts-acted = Z działaniem
alerts-wrong = Niesłuszne
alerts-off = Wyłączona
alerts-is-on = Patrzy na klientów
alerts-any = Dowolny
alerts-conditions = Warunki
alerts-conditions-about = Wszystkie muszą być spełnione. Próg ma wartość; spadek lub wzrost udział, np. 30%, ostatnie dni i dni wcześniej, z którymi się je porównuje; przesunięcie – ile szumów ma osiągnąć suma (zwykle 8). Puste wiersze się nie liczą.
alerts-condition-n = Warunek { $n }
alerts-metric = Wskaźnik
alerts-no-metric = Brak
alerts-test = Test
alerts-value = Wartość
alerts-days = Ostatnie dni
alerts-before = Dni wcześniej
alerts-least = Z nich znane
alerts-when = Kiedy
alerts-cooldown = Przerwa, dni
alerts-cooldown-hint = Tak długo po zamknięciu alertu reguła nie otwiera następnego u tego klienta.
alerts-easing = Wygaszanie, dni
alerts-easing-hint = Tak długo przyczyny musi nie być, zanim alert zamknie się sam.
alerts-save = Zapisz
alerts-cancel = Anuluj
alerts-remove-rule = Usuń
alerts-rule-was-removed = Reguła usunięta; jej otwarte alerty się zamkną
alerts-rule-was-saved = Reguła zapisana; klienci zostaną sprawdzeni ponownie
alerts-rule-usage-drop = Użycie spada
alerts-rule-usage-shift = Użycie przesunęło się w dół
alerts-rule-usage-gone = Nikt już nie używa
alerts-rule-champion-gone = Nie ma sprzymierzeńca
alerts-rule-champion-silent = Sprzymierzeniec milczy
alerts-rule-single-thread = Tylko jedna osoba
alerts-rule-seats-unused = Miejsca stoją puste
alerts-rule-onboarding-stalled = Wdrożenie utknęło
alerts-rule-support-urgent = Pilne kłopoty w zgłoszeniach
alerts-rule-support-reopened = Zgłoszenia wracają
alerts-rule-unhappy = Niezadowoleni z nas
alerts-rule-bad-ratings = Złe oceny
alerts-rule-payment-failing = Faktury niezapłacone
alerts-rule-renewal-poor-health = Odnowienie blisko, kondycja słaba
alerts-rule-renewal-unsure = Odnowienie blisko, mało wiadomo
alerts-rule-ghosting = Brak odpowiedzi na to, co piszemy
alerts-rule-touch-overdue = Nikt nie skontaktował się w terminie
alerts-rule-health-red = Kondycja jest czerwona
alerts-rule-health-falls = Kondycja spada
alerts-rule-expansion-seats = Miejsca się kończą
alerts-rule-expansion-usage = Użycie rośnie
alerts-rule-promoter = Zadowoleni i w dobrej kondycji
alerts-rule-reference = Mogą o nas mówić
alerts-failure-closed = Alert jest zamknięty. Najpierw otwórz go ponownie.
alerts-failure-superseded = Od tego czasu stało się coś innego albo otwarty jest inny alert tej reguły.
alerts-failure-agent = Wybierz kogoś, kto tu pracuje.
alerts-failure-until = Wybierz jutro lub późniejszy dzień, w ciągu roku.
alerts-failure-words = Powiedz, co to było, w najwyżej 500 znakach.
alerts-failure-word = Wybierz coś z listy.
alerts-failure-name = Podaj nazwę od 1 do 80 znaków.
alerts-failure-rung = Wybierz etap lub poziom z tej przestrzeni.
alerts-failure-days = Podaj od 0 do 365 dni przerwy i od 0 do 60 dni wygaszania.
alerts-failure-conditions = Reguła ma od 1 do 6 warunków.
alerts-failure-metric = Wybierz wskaźnik.
alerts-failure-value = Podaj sensowną wartość: udział od 1% do 100% dla spadku, od 1 do 50 szumów dla przesunięcia.
alerts-failure-span = Podaj od 1 do 90 ostatnich dni, od 7 do 180 dni wcześniej i co najmniej 3 z nich znane.
alerts-failure-stale = Ktoś tymczasem zmienił tę regułę.
metric-health-score = Ocena kondycji
metric-health-confidence = Pewność oceny kondycji
metric-health-band = Pasmo kondycji (1 czerwone, 2 żółte, 3 zielone)
alerts-n-accounts = { $n ->
    [one] { $n } klient
    [few] { $n } klientów
    [many] { $n } klientów
   *[other] { $n } klienta
}
alerts-quality = Czy miały rację?
quality-about = Za ostatni rok: co włączone reguły powiedziałyby każdego dnia z tego, co było wtedy wiadomo, i kto odszedł. Reguły dla etapu patrzą na klientów, gdy na nim byli; reguły dla poziomu na tych, którzy mają go dziś, bo wcześniejsze poziomy nie są przechowywane. Bez tego, co ludzie odrzucili.
quality-horizon = Horyzont, dni
quality-horizon-hint = Alert ma rację, gdy klient odejdzie w ciągu tylu dni.
quality-reach = Ilu klientów zespół obsłuży
quality-reach-hint = Naraz; liczą się pierwsi z każdego rankingu.
quality-ask = Oblicz
quality-was-asked = Trwa obliczanie
quality-waiting = Powstaje nowy raport. Pojawi się tu, gdy będzie gotowy.
quality-of = Od { $from } do { $until }; racja w ciągu { $horizon }.
quality-customers = Klienci
quality-lost = Utraceni
quality-whole = Wszystkie reguły razem
quality-base = Utraceni w takim okresie
quality-precision = Słuszne alerty
quality-recall = Straty z ostrzeżeniem
quality-lead = Wyprzedzenie
quality-lead-of = { $n ->
    [one] z { $n } straty
    [few] z { $n } strat
    [many] z { $n } strat
   *[other] z { $n } straty
}
quality-false = Fałszywe alarmy tygodniowo
quality-flips = Tygodnie ze zmianą koloru
quality-bad = Te reguły nie pomagają:
quality-by-rule = Według reguł
quality-judgement = Co z tego wynika
quality-better = Lepsza niż przypadek
quality-no-better = Nie lepsza niż przypadek
quality-never = Nigdy nie zadziałała
quality-too-few = Za mało, by ocenić
quality-alerts = Alerty
quality-hits = { $hits } z { $n }
quality-share = { $share } ({ $hits } z { $n })
quality-between = między { $low } a { $high }
quality-first = Pierwsi w rankingu: { $reach }
quality-first-about = Co cztery tygodnie klienci są szeregowani. Ile przychodu utraconego w horyzoncie było wśród pierwszych?
quality-first-precision = Straty wśród pierwszych
quality-ranking = Według
quality-revenue = Z utraconego przychodu
quality-losses = Ze strat
quality-by-alerts = Alerty, według przychodu i pewności
quality-by-health = Kondycja, według przychodu
quality-by-revenue = Sam przychód
quality-by-last-used = Najdłużej nieużywane
quality-by-last-touch = Najdłużej bez kontaktu
quality-by-anyone = Ktokolwiek, przypadkiem
quality-bands = Pasma kondycji
quality-band-lost = Utraceni w horyzoncie
quality-interval = Przedział, 95%
quality-none = Nic jeszcze nie obliczono
quality-none-text = Zapytaj o ostatni rok: pokaże, które reguły pomagają, a które nie.
quality-failure-horizon = Podaj od 14 do 180 dni.
quality-failure-reach = Podaj od 1 do 10 000 klientów.
settings-digest = Codzienny list o alertach
settings-digest-hint = Co nowego wśród Twoich alertów, każdego roboczego ranka.
alerts-digest-about = Raz w każdy dzień roboczy, gdy zaczynają się godziny pracy, list wymienia Twoje nowe alerty. Gdy nie ma nic nowego, nie ma listu.
alerts-digest-no-post = Ta instalacja nie ma serwera poczty, więc nie wychodzi z niej żaden list.
alerts-digest-on = Wysyłaj mi codzienny list
alerts-digest-was-on = Będziesz dostawać codzienny list
alerts-digest-was-off = Nie będziesz dostawać codziennego listu
alerts-letter-line = { $severity } – { $title }: { $name }
alerts-letter-off = Ten list wyłącza się tutaj: { $address }
alerts-letter-subject = { $n ->
    [one] { $n } nowy alert
    [few] { $n } nowe alerty
    [many] { $n } nowych alertów
   *[other] { $n } nowego alertu
}
alerts-letter-new = { $n ->
    [one] { $n } Twój alert jest nowy:
    [few] { $n } Twoje alerty są nowe:
    [many] { $n } Twoich alertów jest nowych:
   *[other] { $n } Twojego alertu jest nowe:
}
alerts-letter-open = { $n ->
    [one] Łącznie otwarty jest { $n }:
    [few] Łącznie otwarte są { $n }:
    [many] Łącznie otwartych jest { $n }:
   *[other] Łącznie otwarte jest { $n }:
}
