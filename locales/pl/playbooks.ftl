# Scenariusze: spisane sposoby działania i ich przebiegi.
panel-playbooks = Scenariusze
playbooks-title = Scenariusze
playbooks-about = Spisane sposoby działania: co je uruchamia, dla kogo i co robi się krok po kroku. Część klientów można zostawić w spokoju, aby zmierzyć skutek.
playbooks-none = Nie ma jeszcze scenariusza
playbooks-none-text = Zacznij od dwóch, których większość firm potrzebuje najpierw, albo napisz własny.
playbooks-add-standard = Dodaj dwa zwykłe
playbooks-new = Nowy scenariusz
playbooks-name = Nazwa
playbooks-status = Stan
playbooks-status-draft = Szkic
playbooks-status-active = Obowiązuje
playbooks-status-paused = Wstrzymany
playbooks-status-removed = Usunięty
playbooks-trigger = Co go uruchamia
playbooks-trigger-hand = Ręcznie
playbooks-trigger-alert = Otwiera się alert
playbooks-trigger-band = Kondycja przechodzi do pasma
playbooks-trigger-stage = Osiągnięto etap
playbooks-trigger-renewal = Dni przed odnowieniem
playbooks-trigger-event = Dzieje się coś innego
playbooks-trigger-about = Z tych pól liczą się tylko te, które należą do wyboru.
playbooks-begins = Zaczyna się, gdy
playbooks-days-before = Dni przed odnowieniem
playbooks-rule = Reguła alertu
playbooks-severity = Waga alertu
playbooks-what-for = Do czego służy
playbooks-for-whom = Dla których klientów
playbooks-mrr-from = Przychód miesięczny od
playbooks-mrr-to = Przychód miesięczny do
playbooks-holdout = Zostawieni w spokoju, w %
playbooks-holdout-hint = Zawsze ci sami klienci, zapisani od pierwszego razu; od 0 do 50.
playbooks-cooldown = Dni między dwoma przebiegami
playbooks-cooldown-hint = Jak długo klient odpoczywa po rozpoczęciu przebiegu; 0 oznacza bez przerwy.
playbooks-any = Dowolny
playbooks-never = Nigdy
playbooks-steps = Kroki
playbooks-steps-about = W tytułach i tekstach wypełnia się to, co stoi w podwójnych klamrach. Rozgałęzienie prowadzi tylko naprzód.
playbooks-step-task = Zadanie
playbooks-step-wait = Czekanie
playbooks-step-await = Czekanie na zadanie
playbooks-step-branch = Rozgałęzienie
playbooks-step-tag = Etykieta
playbooks-step-note = Notatka na osi czasu
playbooks-step-signal = Powiadomienie webhooków
playbooks-step-kind = Rodzaj kroku
playbooks-step-add = Dodaj krok
playbooks-step-up = Przesuń krok { $n } w górę
playbooks-step-down = Przesuń krok { $n } w dół
playbooks-step-remove = Usuń krok { $n }
playbooks-due-in = Termin w dniach roboczych
playbooks-wait-days = Dni czekania
playbooks-await-days = Najwyżej dni czekania
playbooks-owner-account = Opiekun klienta
playbooks-test = Idzie dalej, gdy
playbooks-test-done = ostatnie zadanie zrobiono
playbooks-test-band = Kondycja jest w paśmie
playbooks-test-above = miara jest powyżej
playbooks-test-below = miara jest poniżej
playbooks-otherwise = W przeciwnym razie przejdź do kroku
playbooks-note-words = Tekst
playbooks-label = Nazwa
playbooks-ends = Co kończy go wcześniej
playbooks-until-band = Kondycja jest w paśmie
playbooks-until-closed = Alert się zamyka
playbooks-save = Zapisz
playbooks-cancel = Anuluj
playbooks-publish = Opublikuj
playbooks-pause = Wstrzymaj
playbooks-remove = Usuń
playbooks-restore = Przywróć
playbooks-ahead = To, co tu stoi, jest nowsze niż to, co obowiązuje.
playbooks-versions = Wersje
playbooks-version = Wersja { $n }
playbooks-in-force = Obowiązuje
playbooks-roll-back = Wróć do tej
playbooks-runs = Przebiegi
playbooks-run = Przebieg
playbooks-run-running = W toku
playbooks-run-finished = Zakończone
playbooks-run-stopped = Zatrzymane
playbooks-no-runs = Nie ma jeszcze przebiegów
playbooks-no-runs-text = Przebieg zaczyna się, gdy scenariusz jest opublikowany i zdarzy się to, co go uruchamia.
playbooks-held = Zostawieni w spokoju
playbooks-held-about = Ci klienci mieliby przebieg. Celowo zostawiono ich w spokoju, aby zobaczyć, co scenariusz zmienia.
playbooks-left-alone = Celowo zostawiony w spokoju
playbooks-cause-hand = Ręcznie
playbooks-cause-renewal = Zbliża się odnowienie
playbooks-cause-alert = Otworzył się alert
playbooks-cause-band = Kondycja przeszła do pasma
playbooks-cause-stage = Osiągnięto etap
playbooks-why-hand = Zatrzymany ręcznie
playbooks-why-band = Kondycja tam dotarła
playbooks-why-alert = Alert zamknięto
playbooks-why-closed = Konto klienta zamknięto
playbooks-began = Początek
playbooks-by-version = Wersja
playbooks-waits-until = Czeka do
playbooks-no-step-yet = Nie osiągnięto jeszcze kroku.
playbooks-show-task = Pokaż zadanie
playbooks-outcome-done = Zrobione
playbooks-outcome-waiting = Czeka
playbooks-outcome-waited = Odczekano
playbooks-outcome-yes = Tak
playbooks-outcome-no = Nie: poszło inną drogą
playbooks-outcome-failed = Nie dało się zrobić
playbooks-start = Uruchom
playbooks-stop = Zatrzymaj
playbooks-resume = Wznów
playbooks-none-of-account = Nie było tu scenariuszy.
playbooks-dry-run = Próba na sucho
playbooks-past-quarter = 90 dni
playbooks-past-year = Rok
playbooks-past-about = Dla kogo ta wersja by się zaczęła, bez żadnego działania. Poziom, etap i przychód są dzisiejsze; odnowienia według obecnych dni.
playbooks-past-hand = Uruchamiany ręcznie
playbooks-past-hand-text = Tego, co zaczynają ludzie, nie da się znaleźć w przeszłości.
playbooks-past-none = Nikt
playbooks-past-none-text = Nie zacząłby się dla żadnego klienta.
playbooks-past-times = Razy
playbooks-past-accounts = Klienci
playbooks-past-days = Dni
playbooks-was-saved = Scenariusz zapisany
playbooks-was-published = Scenariusz obowiązuje
playbooks-was-paused = Scenariusz wstrzymany; jego przebiegi stoją
playbooks-was-rolled-back = Obowiązuje wcześniejsza wersja
playbooks-was-removed = Scenariusz usunięty
playbooks-was-restored = Scenariusz przywrócony
playbooks-were-added = Scenariusze są gotowe jako szkice
playbooks-run-was-started = Scenariusz się zaczął
playbooks-run-was-stopped = Przebieg zatrzymany
playbooks-run-was-resumed = Przebieg idzie dalej
playbooks-failure-name = Podaj nazwę o długości od 1 do 80 znaków.
playbooks-failure-about = Najwyżej 1000 znaków.
playbooks-failure-trigger = Wybierz, co go uruchamia; dni przed odnowieniem to od 1 do 365, dni daty od 0 do 365.
playbooks-failure-range = Przychód od nie jest większy niż przychód do.
playbooks-failure-rung = Wybierz etap lub poziom tego obszaru roboczego.
playbooks-failure-holdout = Podaj od 0 do 50 %.
playbooks-failure-cooldown = Podaj od 0 do 730 dni.
playbooks-failure-steps = Scenariusz ma od 1 do 40 kroków.
playbooks-failure-step = Uzupełnij ten krok: tekst, dni od 1 (terminy od 0) do 365, późniejszy krok rozgałęzienia, webhook, wartość pasująca do pola.
playbooks-failure-account = Wybierz otwartego klienta tego obszaru roboczego.
playbooks-failure-not-active = Tylko opublikowany scenariusz rozpoczyna przebiegi.
playbooks-failure-running = Klient ma już przebieg tego scenariusza.
playbooks-failure-stale = Ktoś w międzyczasie zmienił ten scenariusz.
playbooks-n-left = { $n ->
    [one] Przed nim jeszcze { $n } krok.
    [few] Przed nim jeszcze { $n } kroki.
    [many] Przed nim jeszcze { $n } kroków.
   *[other] Przed nim jeszcze { $n } kroku.
}
playbooks-trigger-date = Data klienta
playbooks-trigger-segment = Klient wchodzi do segmentu
playbooks-date = Która data
playbooks-date-days = Dni przed nią lub po niej
playbooks-date-side = Przed czy po
playbooks-side-before = przed
playbooks-side-after = po
playbooks-date-renewal = Odnowienie
playbooks-date-start = Początek subskrypcji
playbooks-date-added = Dodanie klienta
playbooks-segment = Segment
playbooks-choose = Wybierz
playbooks-not-seen = Wybrane wcześniej
playbooks-nothing = Nic
playbooks-by-rule = Według reguły
playbooks-variables = Co można wypełnić
playbooks-variable-account-name = Nazwa klienta
playbooks-variable-account-website = Strona klienta
playbooks-variable-owner-name = Imię i nazwisko opiekuna
playbooks-variable-owner-first-name = Imię opiekuna
playbooks-variable-owner-email = Adres e-mail opiekuna
playbooks-variable-renewal-date = Dzień następnego odnowienia
playbooks-variable-renewal-days = Dni do odnowienia
playbooks-variable-workspace-name = Wasza nazwa
playbooks-variable-today = Dzisiaj
playbooks-variable-contact-name = W mailach: imię i nazwisko odbiorcy
playbooks-variable-contact-first-name = W mailach: imię odbiorcy
playbooks-step-mail = Mail
playbooks-step-webhook = Wywołaj webhook
playbooks-step-set = Ustaw pole
playbooks-mail-to = Do kogo
playbooks-mail-subject = Temat
playbooks-mail-words = Treść
playbooks-mail-hint = Skrzynka dodaje podpis. Gdy brakuje wartości potrzebnej w mailu, decyduje człowiek; | default("…") mówi, co ma tam stać zamiast niej.
playbooks-recipient-chosen = Kogo wybierze opiekun
playbooks-preview = Podgląd
playbooks-webhook = Webhook
playbooks-set-field = Pole
playbooks-set-value = Wartość własnego pola
playbooks-set-hint = Z etapu, poziomu i opiekuna liczy się tylko wybrane pole. Dzień pisze się 2026-11-30, tak lub nie jako yes lub no, kilka opcji po jednej w wierszu; nic czyści pole.
playbooks-until-left = Klient opuszcza segment
playbooks-goal = Czym się go mierzy
playbooks-goal-about = Wybierz przed pierwszym przebiegiem: co wybrano po obejrzeniu wyników, dowodzi mniej. Strona „Skutek” porównuje według tego rozpoczętych z pozostawionymi w spokoju.
playbooks-goal-aim = Osiągnięte, gdy
playbooks-goal-points = Punkty kondycji
playbooks-goal-rise = Wzrost wskaźnika w %
playbooks-goal-days = Dni po rozpoczęciu
playbooks-goal-score = Kondycja jest wyższa
playbooks-goal-eased = Alerty są zamknięte
playbooks-goal-renewed = Odnowił
playbooks-goal-metric = Wskaźnik jest wyższy
playbooks-goal-said-score = Kondycja jest o { $points } pkt wyższa { $days } dni po rozpoczęciu
playbooks-goal-said-eased = Otwarte alerty są zamknięte w ciągu { $days } dni
playbooks-goal-said-renewed = Odnowiono subskrypcję w ciągu { $days } dni
playbooks-goal-said-metric = { $metric }: o { $rise } % więcej { $days } dni po rozpoczęciu
playbooks-what-changed = Co się zmieniło
playbooks-what = Co
playbooks-same = Nic się nie zmieniło
playbooks-same-text = Obie wersje mówią to samo.
playbooks-step-came = Doszedł krok { $n }
playbooks-step-went = Odpadł krok { $n }
playbooks-step-changed = Zmieniono krok { $n }
playbooks-step-moved = Krok { $from } jest teraz krokiem { $to }
playbooks-trace-started = Rozpoczęto scenariusz
playbooks-trace-finished = Scenariusz dobiegł końca
playbooks-trace-stopped = Scenariusz zakończono wcześniej
playbooks-mail-why-chosen = Ktoś ma wybrać, do kogo pójdzie.
playbooks-mail-why-missing = Nie jest znana wartość: { $names }.
playbooks-mail-why-nobody = Nie ma nikogo, do kogo można by go wysłać.
playbooks-mail-task = Napisz do { $account }: { $subject }
playbooks-mail-task-words = Wybierz na stronie przebiegu, do kogo pójdzie; albo napisz samodzielnie i oznacz zadanie jako zrobione.
playbooks-tier-reason = Ustawione przez scenariusz
playbooks-hindrance-no-way = Żadna skrzynka nie wysyła
playbooks-hindrance-no-address = Brak adresu e-mail
playbooks-hindrance-suppressed = Adres nie przyjmuje poczty
playbooks-hindrance-too-many = Ta osoba dostała dziś już dość automatycznych wiadomości
playbooks-hindrance-missing = Brakuje wartości
playbooks-cause-date = Nadeszła data
playbooks-cause-segment = Wejście do segmentu
playbooks-why-segment = Klient opuścił segment
playbooks-outcome-left = Zrobił to człowiek
playbooks-outcome-undone = Cofnięte
playbooks-fate-waiting = W drodze
playbooks-fate-sent = Wysłano
playbooks-fate-failed = Odrzucono lub wróciło
playbooks-fate-unknown = Nie wiadomo, czy dotarło
playbooks-fate-withdrawn = Cofnięto na czas
playbooks-fate-answered = Odpowiedziano
playbooks-mail-somebody = Ktoś u klienta
playbooks-call-waiting = w drodze
playbooks-call-delivered = webhook to ma
playbooks-call-failed = webhook nie przyjął
playbooks-set-from-to = z „{ $before }” na „{ $after }”
playbooks-mail-waits = Mail czeka na Ciebie
playbooks-mail-waits-text = Wybierz, do kogo pójdzie; przebieg ruszy dalej. Albo napisz samodzielnie i oznacz zadanie jako zrobione.
playbooks-mail-send = Wyślij
playbooks-mail-was-written = Mail jest w drodze
playbooks-take-back = Cofnij
playbooks-was-taken-back = Pole jest jak przedtem
playbooks-preview-about = Mail tak, jak poszedłby do każdej z tych osób. Nic nie jest wysyłane.
playbooks-preview-show = Pokaż
playbooks-preview-no-account = Żaden klient się tak nie nazywa
playbooks-preview-no-account-text = Wpisz początek nazwy klienta.
playbooks-preview-nobody = Nikt tam nie ma tej roli
playbooks-preview-nobody-text = Przebieg czekałby w tym kroku, aż ktoś wybierze.
playbooks-preview-missing = Te wartości są nieznane, więc decydowałby człowiek:
playbooks-effect = Skutek
playbooks-effect-about = Rozpoczęci obok celowo pozostawionych w spokoju. O tym, kogo się zostawia, decyduje przypadek, więc różnica między nimi to dzieło scenariusza.
playbooks-effect-no-holdout = Nikogo nie zostawia się w spokoju
playbooks-effect-no-holdout-text = Ustaw w edytorze część klientów pozostawianą w spokoju i opublikuj: bez porównania nie da się nic powiedzieć.
playbooks-effect-nobody = Jeszcze nikogo
playbooks-effect-nobody-text = Dotąd nikogo nie rozpoczęto ani nie zostawiono w spokoju.
playbooks-effect-better = Wśród rozpoczętych osiąga to więcej: o { $by } pkt proc., od { $low } do { $high }
playbooks-effect-worse = Wśród rozpoczętych osiąga to mniej: o { $by } pkt proc., od { $low } do { $high }
playbooks-effect-unclear = Różnicy nie da się odróżnić od przypadku: od { $low } do { $high } pkt proc.
playbooks-effect-too-few = Za mało, by coś powiedzieć: n = { $n } pozostawionych, { $begun } rozpoczętych
playbooks-effect-needed = Aby zobaczyć różnicę 10 pkt proc., trzeba ocenić około { $needed } pozostawionych w spokoju; dotąd jest { $n }.
playbooks-effect-side = Klienci
playbooks-effect-begun = Rozpoczęci
playbooks-effect-left-alone = Pozostawieni w spokoju
playbooks-effect-judged = Ocenieni
playbooks-effect-reached = Osiągnęli
playbooks-effect-share = Udział
playbooks-effect-interval = Przedział (95 %)
playbooks-effect-remarks = Co trzeba przy tym wiedzieć
playbooks-effect-goal-later = Cel jest inny niż przy pierwszym przebiegu: co wybrano po obejrzeniu wyników, dowodzi mniej.
playbooks-effect-cut = Liczeni są tylko ci sprzed { $day }: jest ich zbyt wielu, by porównać wszystkich.
playbooks-effect-looks = Kto patrzy często, prędzej czy później znajdzie różnicę przez przypadek. Decyduj, gdy ocenionych jest dość, nie gdy wygląda dobrze.
playbooks-effect-how = Liczone tam, gdzie klienta umieścił przypadek, niezależnie od przebiegu (intention to treat), raz, od pierwszej okazji. Udziały z przedziałem Wilsona, różnica z przedziałem Newcombe’a; potrzebna liczba dla mocy 80 % przy 95 %.
playbooks-effect-early = { $n ->
    [one] { $n } klient nie jest jeszcze oceniony: jego czas nie minął.
    [few] { $n } klientów nie jest jeszcze ocenionych: ich czas nie minął.
    [many] { $n } klientów nie jest jeszcze ocenionych: ich czas nie minął.
   *[other] { $n } klienta nie jest jeszcze ocenione: ich czas nie minął.
}
playbooks-effect-unknown = { $n ->
    [one] { $n } klienta nie da się ocenić: nie było wiadomo, czym go mierzyć.
    [few] { $n } klientów nie da się ocenić: nie było wiadomo, czym ich mierzyć.
    [many] { $n } klientów nie da się ocenić: nie było wiadomo, czym ich mierzyć.
   *[other] { $n } klienta nie da się ocenić: nie było wiadomo, czym ich mierzyć.
}
playbooks-effect-crossed = { $n ->
    [one] { $n } z pozostawionych rozpoczęto ręcznie; liczy się jako pozostawiony.
    [few] { $n } z pozostawionych rozpoczęto ręcznie; liczą się jako pozostawieni.
    [many] { $n } z pozostawionych rozpoczęto ręcznie; liczą się jako pozostawieni.
   *[other] { $n } z pozostawionych rozpoczęto ręcznie; liczą się jako pozostawieni.
}
playbooks-effect-by-hand = { $n ->
    [one] { $n } klienta rozpoczęto tylko ręcznie; nie jest liczony.
    [few] { $n } klientów rozpoczęto tylko ręcznie; nie są liczeni.
    [many] { $n } klientów rozpoczęto tylko ręcznie; nie są liczeni.
   *[other] { $n } klienta rozpoczęto tylko ręcznie; nie są liczeni.
}
playbooks-effect-uncontrolled = { $n ->
    [one] { $n } klienta rozpoczęto, gdy nikogo nie zostawiano w spokoju; nie jest liczony.
    [few] { $n } klientów rozpoczęto, gdy nikogo nie zostawiano w spokoju; nie są liczeni.
    [many] { $n } klientów rozpoczęto, gdy nikogo nie zostawiano w spokoju; nie są liczeni.
   *[other] { $n } klienta rozpoczęto, gdy nikogo nie zostawiano w spokoju; nie są liczeni.
}
playbooks-failure-variable = Krok nazywa zmienną, której nie ma.
playbooks-failure-variable-named = Nie ma zmiennej „{ $name }”; otwórz listę nad krokami.
playbooks-failure-goal = Wybierz, czym się go mierzy: 1–100 punktów lub 1–1000 %, po 7–365 dniach.
playbooks-failure-contact = Wybierz kogoś, kto jest teraz u klienta.
playbooks-failure-missing = Nie są znane wartości potrzebne w mailu.
playbooks-failure-hindered = Nie można do nich napisać.
playbooks-failure-not-waiting = Przebieg nie czeka na mail.
playbooks-failure-changed-since = Stoi tam już coś innego.
