settings-sources = Źródła użycia
settings-sources-hint = Skąd przychodzą zdarzenia produktu i ich klucze zapisu
audit-act-usage-source-added = Dodano źródło użycia
audit-act-usage-source-changed = Zmieniono źródło użycia
audit-act-usage-key-rotated = Nowy klucz zapisu źródła użycia
audit-act-usage-source-stopped = Wyłączono źródło użycia
audit-act-usage-source-started = Włączono źródło użycia
usage-sources-title = Źródła użycia
usage-sources-about = Zdarzenia przychodzą protokołem Segment: SDK, które produkt już ma, wysyła tutaj po zmianie hosta.
usage-sources-empty = Nie ma jeszcze źródeł
usage-sources-empty-text = Dodaj po jednym na każde miejsce: aplikacja WWW, serwer, aplikacja mobilna.
usage-sources-add = Dodaj źródło
usage-sources-name = Nazwa
usage-sources-name-hint = Co wysyła: „Aplikacja WWW”, „Serwer”
usage-sources-state = Stan
usage-sources-since = Dodano
usage-sources-on = Włączone
usage-sources-off = Wyłączone
usage-sources-is-off = Źródło jest wyłączone: na jego zdarzenia odpowiadamy 403 i nie są zapisywane
usage-sources-point = Skieruj SDK tutaj
usage-sources-point-text = Zmień hosta i klucz zapisu; reszta zostaje bez zmian.
usage-sources-host = Host
usage-sources-key = Klucz zapisu
usage-sources-key-old = poprzedni klucz, ważny do
usage-sources-code = Kod
usage-sources-settings = Ustawienia
usage-sources-save = Zapisz
usage-sources-rotate = Nowy klucz zapisu
usage-sources-rotate-text = Obecny klucz działa jeszcze dobę, więc podczas wymiany nic nie ginie.
usage-sources-stop = Wyłącz
usage-sources-start = Włącz
usage-sources-was-added = Źródło dodane
usage-sources-was-changed = Źródło zapisane
usage-sources-was-rotated = Źródło ma nowy klucz zapisu
usage-sources-was-stopped = Źródło jest wyłączone
usage-sources-was-started = Źródło jest włączone
usage-sources-failure-name = Nazwa ma od 1 do 100 znaków
usage-sources-failure-too-many = Jest już tyle źródeł, ile może być
usage-sources-failure-stale = Ktoś w międzyczasie zmienił to źródło. Zapisz ponownie, aby wstawić swój tekst.
usage-reason-no-body = Treść nie jest obiektem JSON albo nie ma listy „batch”
usage-remedy-no-body = Wyślij obiekt JSON; do /v1/batch taki, który ma listę zdarzeń pod „batch”.
usage-reason-large-body = Żądanie ma więcej niż 500 KB
usage-remedy-large-body = Wysyłaj mniej zdarzeń naraz: większość SDK ma ustawienie w rodzaju „flushAt”.
usage-reason-many-items = Paczka ma ponad 5000 elementów
usage-remedy-many-items = Wyślij ją w kilku paczkach; SDK robią to same.
usage-reason-malformed = To nie jest czytelny obiekt JSON: { $about }
usage-remedy-malformed = Niech zdarzenie zapisuje biblioteka JSON zamiast sklejania tekstów.
usage-reason-no-call = Nie mówi, jakiego rodzaju jest to wywołanie
usage-remedy-no-call = Ustaw „type” na track, identify, group, page, screen lub alias.
usage-reason-wrong-type = Pole „{ $about }” zawiera coś, co tam nie pasuje
usage-remedy-wrong-type = Identyfikatory i nazwy to teksty; properties, traits i context to obiekty.
usage-reason-large = Zdarzenie ma { $about } KB; najwięcej to 32
usage-remedy-large = Pomiń długie teksty i listy w properties; wyślij to, po czym liczysz.
usage-reason-no-person = Nie wskazuje nikogo: brak userId i anonymousId jednej osoby
usage-remedy-no-person = Ustaw userId, gdy ktoś się zaloguje. Wartości „null”, „anonymous” czy same zera nie wskazują nikogo i nie są brane.
usage-reason-no-event = Wywołanie track bez nazwy zdarzenia
usage-remedy-no-event = Ustaw „event” na to, co zrobiono: „Report opened”.
usage-reason-no-group = Wywołanie group bez identyfikatora grupy
usage-remedy-no-group = Ustaw „groupId” na to, jak produkt nazywa klienta.
usage-reason-no-previous = Wywołanie alias bez obu identyfikatorów
usage-remedy-no-previous = Ustaw „previousId” na poprzedni identyfikator, a „userId” na obecny.
usage-reason-long-id = „{ $about }” ma więcej niż 200 znaków
usage-remedy-long-id = Wyślij identyfikator, a nie token czy cały rekord.
usage-reason-long-name = „{ $about }” ma więcej niż 200 znaków
usage-remedy-long-name = Nazwij zdarzenie krótko, a to, co się zmienia, umieść w properties.
usage-reason-many-properties = Ma { $about } właściwości; najwięcej to 500
usage-remedy-many-properties = Wyślij te nieliczne, po których liczysz; identyfikatory jako nazwy właściwości to częsty błąd.
usage-reason-nul = „{ $about }” zawiera znak NUL
usage-remedy-nul = Usuń znaki bez znaczenia z identyfikatorów i nazw przed wysłaniem.
usage-reason-bad-time = „{ $about }” nie jest czasem
usage-remedy-bad-time = Zapisuj czas jak 2026-03-02T09:00:00.000Z.
usage-reason-future = Dzieje się w przyszłości
usage-remedy-future = Wysyłaj „sentAt” z tego samego zegara co „timestamp”: zły zegar zostanie skorygowany.
usage-reason-ancient = Ma ponad dziesięć lat
usage-remedy-ancient = Zwykle to zegar, który zaczyna w 1970: wysyłaj „sentAt” z tego samego zegara.
panel-usage = Użycie produktu
usage-account-active-7 = Aktywni, 7 dni
usage-account-active-30 = Aktywni, 30 dni
usage-account-events-30 = Zdarzenia, 30 dni
usage-account-line = Aktywne osoby tygodniowo przez 13 tygodni, od { $from } do { $to }
usage-account-weeks = aktywne osoby tygodniowo, 13 tygodni
usage-account-last = ostatnio
usage-account-resting = Użycie tego konta jest właśnie zestawiane. Do tego czasu nic z niego nie widać.
usage-account-trend-up = Rośnie: co tydzień aktywnych osób więcej o { $slope } (95 %: od { $low } do { $high })
usage-account-trend-down = Spada: co tydzień aktywnych osób mniej o { $slope } (95 %: od { $low } do { $high })
usage-account-trend-flat = Bez wyraźnego kierunku: co tydzień aktywnych osób od { $low } mniej do { $high } więcej (95 %)
usage-account-features = Funkcja
usage-account-people = Osoby
usage-account-person = Osoba
usage-account-events = Zdarzenia
usage-account-nameless = (strona bez nazwy)
usage-account-quiet = Przez ostatnie 30 dni nikogo nie było.
usage-account-empty = Nie widać jeszcze użycia
usage-account-empty-text = Zdarzenia pojawią się, gdy ich grupa okaże się tym klientem: jego identyfikator zewnętrzny albo osoba stąd.
usage-debugger-title = Debugger zdarzeń
usage-debugger-came = Co przyszło
usage-debugger-rejected = Odrzucone
usage-debugger-rejected-one = Odrzucone
usage-debugger-unsettled = Bez klienta
usage-debugger-about = Najnowsze zdarzenia na bieżąco.
usage-debugger-empty = Nic jeszcze nie przyszło
usage-debugger-empty-text = Skieruj tu SDK z kluczem zapisu: pierwsze zdarzenie pojawi się w dwie sekundy.
usage-debugger-event = Zdarzenie
usage-debugger-who = Kto
usage-debugger-group = Grupa
usage-debugger-user = Osoba
usage-debugger-anonymous = Anonimowa przeglądarka
usage-debugger-source = Źródło
usage-debugger-at = Przyszło
usage-debugger-happened = zdarzyło się
usage-debugger-raw = Zdarzenie w oryginale
usage-debugger-none-rejected = Nic nie odrzucono
usage-debugger-none-rejected-text = To, czego nie da się przyjąć, jest tu przez 30 dni, z powodem i radą.
usage-debugger-why = Dlaczego
usage-debugger-sent-again = Wysłano ponownie
usage-debugger-send = Wyślij ponownie
usage-debugger-mend = Popraw i wyślij ponownie; czasy zostają.
usage-debugger-not-whole = Zachowano tylko początek, więc nie można go stąd wysłać ponownie.
usage-debugger-refused = Nadal nie da się tego przyjąć
usage-debugger-was-sent = Zdarzenie przyjęte
usage-debugger-was-known = Nic nie dodano: zdarzenie o tym identyfikatorze już jest
usage-debugger-was-part = Przyjęte: { $taken }. Czego nie dało się przyjąć, stoi osobno wśród odrzuconych: { $refused }
usage-debugger-was-settled = Wysłano je już ponownie
usage-debugger-settle = To ten klient
usage-debugger-all-settled = Każde zdarzenie ma klienta
usage-debugger-all-settled-text = Tu czekają zdarzenia, których klienta nie da się ustalić.
usage-debugger-unsettled-text = Te zdarzenia nie mają jeszcze klienta. Wskaż, którym klientem jest grupa, a wszystkie jej zdarzenia, także dawne, będą jego. U osoby wybór obowiązuje w dniach, w których nic innego nie wskazuje klienta.
usage-sources-unread = Części tego, co przyszło, nie da się odczytać
usage-sources-unread-events = Zdarzenia, które da się odczytać: { $found } z { $events }. Zostają w dzienniku i co dzień są sprawdzane ponownie; reszta jest przechowywana jak zwykle.
usage-sources-events = Debugger zdarzeń
usage-account-seen = Ostatnio
audit-act-usage-keeping-changed = Zmieniono czas przechowywania zdarzeń
settings-keeping = Przechowywanie zdarzeń
usage-keeping-title = Przechowywanie zdarzeń
settings-keeping-hint = Ile dni zdarzenia produktu są przechowywane tak, jak przyszły
usage-keeping-about = Zdarzenia są przechowywane tak, jak przyszły: do podglądu, nowych własnych wskaźników i usuwania osób. Liczby z nich, według osoby, funkcji i dnia, zostają na zawsze.
usage-keeping-now = { $n ->
    [one] Zdarzenia są przechowywane { $n } dzień.
    [few] Zdarzenia są przechowywane { $n } dni.
    [many] Zdarzenia są przechowywane { $n } dni.
   *[other] Zdarzenia są przechowywane { $n } dnia.
}
usage-keeping-days = Przechowuj zdarzenia przez (dni)
usage-keeping-days-hint = Od 7 do 3650 dni
usage-keeping-look = Pokaż, co zniknie
usage-keeping-what-goes = Co zniknie
usage-keeping-goes = { $n ->
    [0] Nic nie zniknie.
    [one] { $n } zdarzenie zniknie najbliższej nocy.
    [few] { $n } zdarzenia znikną najbliższej nocy.
    [many] { $n } zdarzeń zniknie najbliższej nocy.
   *[other] { $n } zdarzenia zniknie najbliższej nocy.
}
usage-keeping-stays = { $n ->
    [one] { $n } zdarzenie zostaje.
    [few] { $n } zdarzenia zostają.
    [many] { $n } zdarzeń zostaje.
   *[other] { $n } zdarzenia zostaje.
}
usage-keeping-before = Zniknie wszystko, co przyszło przed { $day }. Do tego czasu ustawienie można cofnąć; tego, co zniknie, nowy wskaźnik już nie policzy.
usage-keeping-save = Zapisz
usage-keeping-was-set = { $n ->
    [one] Zdarzenia są przechowywane { $n } dzień; starsze znikają w nocy
    [few] Zdarzenia są przechowywane { $n } dni; starsze znikają w nocy
    [many] Zdarzenia są przechowywane { $n } dni; starsze znikają w nocy
   *[other] Zdarzenia są przechowywane { $n } dnia; starsze znikają w nocy
}
usage-keeping-failure-days = Zdarzenia przechowuje się od 7 do 3650 dni
usage-sources-past = Wczytaj przeszłość
usage-reason-no-time = Nie mówi, kiedy to było
usage-remedy-no-time = Podaj przy każdym zdarzeniu „timestamp”, na przykład 2026-03-02T09:00:00Z.
usage-backfills-title = Pliki z przeszłości
usage-backfills-about = Zdarzenia sprzed podłączenia SDK, z pliku. Każde liczy się w swoim dniu, do dziesięciu lat wstecz; to samo zdarzenie nigdy nie liczy się dwa razy.
usage-backfills-empty = Nie ma jeszcze plików
usage-backfills-empty-text = Wczytaj historię użycia z poprzedniej usługi: jedno zdarzenie w wierszu (JSONL) albo tabelę (CSV).
usage-backfills-new = Wczytaj plik
usage-backfills-file = Plik
usage-backfills-state = Stan
usage-backfills-lines = Wiersze
usage-backfills-refused = Odrzucone
usage-backfills-by = Wczytał(a)
usage-backfills-when = Wczytano
usage-backfills-no-source = Żadne źródło nie przyjmuje zdarzeń
usage-backfills-no-source-text = Najpierw dodaj lub włącz źródło: każde zdarzenie do jakiegoś należy.
usage-backfills-source = Źródło
usage-backfills-source-hint = Miejsce w produkcie, z którego są te zdarzenia
usage-backfills-file-hint = JSONL w formie Segment albo CSV z nagłówkiem, także spakowane gzipem
usage-backfills-look = Obejrzyj
usage-backfills-cancel = Anuluj
usage-backfills-example = Jak wyglądają wiersze
usage-backfills-for-good = To, co wczytano, liczy się na stałe: obejrzyj niżej pierwsze wiersze.
usage-backfills-columns = Kolumny
usage-backfills-columns-text = Potrzebne są czas, osoba i to, co zrobiono. Kolumna bez miejsca staje się właściwością o swojej nazwie.
usage-backfills-column = Kolumna
usage-backfills-samples = Na przykład
usage-backfills-goes-to = Trafia do
usage-backfills-days = Jak zapisano dni
usage-backfills-choose = Wybierz
usage-backfills-day-first = Najpierw dzień: 31.12.2026
usage-backfills-month-first = Najpierw miesiąc: 12/31/2026
usage-backfills-until = Pomiń od tego dnia
usage-backfills-until-hint = Wybierz dzień, od którego SDK wysyła tutaj, żeby nic nie liczyło się dwa razy. Puste bierze wszystko.
usage-backfills-run = Wczytaj wiersze
usage-backfills-look-again = Obejrzyj ponownie
usage-backfills-preview = Pierwsze wiersze
usage-backfills-preview-text = Pasujące wśród pierwszych wierszy: { $fitting } z { $lines }.
usage-backfills-line = Wiersz
usage-backfills-discard = Wyrzuć
usage-backfills-taken = Wczytane
usage-backfills-known-lines = Już znane
usage-backfills-left-out = Pominięte
usage-backfills-refused-lines = Odrzucone wiersze
usage-backfills-refused-text = Plik do pobrania zawiera te wiersze z powodami: popraw je tam i wczytaj ponownie.
usage-backfills-file-gone = Plik nie jest już przechowywany, więc tych wierszy nie można pobrać.
usage-backfills-reason = Powód
usage-backfills-remedy = Co zrobić
usage-backfills-download = Odrzucone wiersze
usage-backfills-pause = Wstrzymaj
usage-backfills-resume = Wznów
usage-backfills-state-draft = Szkic
usage-backfills-state-running = W toku
usage-backfills-state-paused = Wstrzymany
usage-backfills-state-done = Gotowy
usage-backfills-state-failed = Zatrzymany
usage-backfills-slot-property = Właściwość
usage-backfills-slot-call = Rodzaj zdarzenia
usage-backfills-slot-event = Zdarzenie
usage-backfills-slot-user = Osoba
usage-backfills-slot-anonymous = Anonimowa przeglądarka
usage-backfills-slot-group = Grupa (klient)
usage-backfills-slot-time = Czas
usage-backfills-slot-message = Id wiadomości
usage-backfills-slot-previous = Poprzednie id
usage-backfills-slot-nothing = Pomiń
usage-backfills-problem-damaged = Plik jest spakowany, a jego końca brakuje lub jest uszkodzony. Spakuj go ponownie i wczytaj.
usage-backfills-problem-unreadable = Wiersza nie da się odczytać: najczęściej otwarto cudzysłów i go nie zamknięto.
usage-backfills-problem-source-off = Źródło jest wyłączone. Włącz je i wznów tutaj.
usage-backfills-problem-forbidden = Kto zaczął, nie może już ustawiać użycia. Wznów we własnym imieniu.
usage-backfills-problem-gone = Plik nie jest już przechowywany. Wczytaj go ponownie.
usage-backfills-known = To źródło ma już ten plik: oto, co się z nim stało
usage-backfills-begun = Wiersze są wczytywane
usage-backfills-was-paused = Plik czeka
usage-backfills-goes-on = Plik jest dalej wczytywany
usage-backfills-was-discarded = Plik wyrzucono
usage-backfills-failure-source = Wybierz jedno ze swoich źródeł
usage-backfills-failure-off = To źródło jest wyłączone: nic się dla niego nie wczytuje
usage-backfills-failure-empty = W tym pliku nie ma wierszy
usage-backfills-failure-damaged = Plik jest spakowany i uszkodzony
usage-backfills-failure-unreadable = Pliku nie da się odczytać: poszukaj niezamkniętego cudzysłowu
usage-backfills-failure-unmapped = Wybierz kolumny czasu, osoby i zdarzenia
usage-backfills-failure-twice = Dwie kolumny trafiają w to samo miejsce
usage-backfills-failure-unclear = Powiedz, jak kolumna czasu zapisuje dni
usage-backfills-failure-day = Dzień wygląda tak: 2026-11-22
usage-backfills-failure-past = Dla tego pliku jest już na to za późno
usage-backfills-failure-gone = Plik nie jest już przechowywany: wczytaj go ponownie
usage-backfills-lines-count = { $n ->
    [one] { $n } wiersz.
    [few] { $n } wiersze.
    [many] { $n } wierszy.
   *[other] { $n } wiersza.
}
usage-debugger-any = Wszystkie
usage-debugger-call = Wywołanie
usage-debugger-text = Zawiera
usage-debugger-filter = Pokaż
usage-debugger-none = Nic nie pasuje
usage-debugger-none-text = Nic z przejrzanych nie pasuje do tych filtrów.
usage-debugger-stamp-received = Przyszło (nasz zegar)
usage-debugger-stamp-happened = Zdarzyło się (poprawione)
usage-debugger-stamp-sent = Wysłano (zegar nadawcy)
usage-debugger-stamp-original = Zdarzyło się (zegar nadawcy)
usage-debugger-again = { $n ->
    [one] przyszło ponownie { $n } raz
    [few] przyszło ponownie { $n } razy
    [many] przyszło ponownie { $n } razy
   *[other] przyszło ponownie { $n } razy
}
usage-debugger-replay-all = Wyślij je wszystkie ponownie
usage-debugger-replay-begun = Trwa ponowne wysyłanie
usage-debugger-replay-runs = Ponowne wysyłanie: { $tried } z { $total }, przyjęte: { $taken }
usage-debugger-replay-over = Ostatnio wysłane ponownie: { $tried } z { $total }, przyjęte: { $taken }
