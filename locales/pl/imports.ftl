imports-title = Importy
imports-new = Importuj plik
imports-empty = Nic jeszcze nie zaimportowano
imports-empty-text = Wczytaj listę, którą już masz: plik CSV z arkusza lub innego programu. Zanim cokolwiek się stanie, zobaczysz, co się stanie.
imports-target = Co jest w pliku?
imports-file = Plik
imports-file-hint = CSV z dowolnym separatorem i kodowaniem; nic nie zostanie zaimportowane, zanim tego nie zobaczysz
imports-look = Obejrzyj
imports-cancel = Anuluj
imports-state = Stan
imports-rows = Wiersze
imports-by = Kto
imports-when = Kiedy
imports-external-id = Identyfikator zewnętrzny
imports-state-draft = Szkic
imports-state-running = W toku
imports-state-paused = Wstrzymany
imports-state-done = Gotowy
imports-state-failed = Nieudany
imports-state-undoing = Cofanie
imports-state-undone = Cofnięty
imports-columns = Kolumny
imports-columns-text = Wskaż, co oznacza każda kolumna. Pominięte nie zostaną zaimportowane. Dokąd: { $target }.
imports-rows-count = { $n ->
    [one] Plik ma { $n } wiersz.
    [few] Plik ma { $n } wiersze.
    [many] Plik ma { $n } wierszy.
   *[other] Plik ma { $n } wiersza.
}
imports-column = Kolumna
imports-samples = Na przykład
imports-field = Pole
imports-leave-out = Pomiń
imports-dialect = Tekst wygląda źle?
imports-charset = Kodowanie
imports-separator = Separator
imports-separator-comma = Przecinek
imports-separator-semicolon = Średnik
imports-separator-tab = Tabulator
imports-separator-bar = Kreska pionowa
imports-header = Pierwszy wiersz
imports-header-yes = Nazywa kolumny
imports-header-no = To już dane
imports-run = Importuj
imports-look-again = Obejrzyj ponownie
imports-discard = Odrzuć ten plik
imports-preview = Co się stanie
imports-preview-text = { $n ->
    [one] Pierwszy wiersz, na próbę. Nic jeszcze nie zapisano.
    [few] Pierwsze { $n } wiersze, na próbę. Nic jeszcze nie zapisano.
    [many] Pierwsze { $n } wierszy, na próbę. Nic jeszcze nie zapisano.
   *[other] Pierwsze { $n } wiersza, na próbę. Nic jeszcze nie zapisano.
}
imports-preview-added = Nowe: { $n }
imports-preview-changed = Zmienione: { $n }
imports-preview-unchanged = Bez zmian: { $n }
imports-preview-refused = Odrzucone: { $n }
imports-row = Wiersz
imports-outcome = Wynik
imports-row-added = Nowe
imports-row-changed = Zmienione
imports-row-unchanged = Bez zmian
imports-row-refused = Odrzucone
imports-head-reason = Powód
imports-head-remedy = Wskazówka
imports-pause = Wstrzymaj
imports-resume = Wznów
imports-undo = Cofnij import
imports-download = Pobierz odrzucone wiersze
imports-begun = Import się rozpoczął
imports-was-paused = Import jest wstrzymany
imports-goes-on = Import trwa dalej
imports-is-undone = Import jest cofany
imports-was-discarded = Plik odrzucono
imports-taken-back = Cofnięte
imports-left-alone = Pozostawione
imports-refused-rows = Odrzucone wiersze
imports-refused-text = Pobierz je, popraw w pliku i zaimportuj ten plik: to, co już weszło, nie zostanie powielone.
imports-left-rows = Pozostawione
imports-left-text = Ktoś je zmienił po imporcie albo są potrzebne czemuś innemu.
imports-left-row = Wiersz { $row }
imports-problem-forbidden = Osoba, która go rozpoczęła, nie może już importować.
imports-failure-empty = Plik nie zawiera wierszy
imports-failure-target = Wybierz, co jest w pliku
imports-failure-cell = Komórka pliku jest dłuższa niż 1 MiB; poszukaj niezamkniętego cudzysłowu
imports-failure-columns = Wiersz pliku ma ponad 1000 kolumn; sprawdź, czy to plik CSV
imports-failure-unmapped = Wymagane pole nie ma kolumny; wybierz ją
imports-failure-twice = Dwie kolumny prowadzą do tego samego pola; pomiń jedną
imports-failure-past = Na to już za późno: import jest dalej
imports-perhaps = Może { $value }
imports-reason-missing = Pole „{ $field }” jest puste
imports-remedy-missing = Uzupełnij je
imports-reason-too-long = Pole „{ $field }” ma więcej znaków niż { $about }
imports-remedy-too-long = Skróć je
imports-reason-ambiguous = Może chodzić o kilka rekordów: { $about }
imports-remedy-ambiguous = Dodaj stronę lub identyfikator zewnętrzny, który je odróżni
imports-reason-same-key = Wiersz { $about } mówi o tym samym coś innego
imports-remedy-same-key = Zostaw jeden z dwóch wierszy
imports-reason-many-cells = Wiersz ma więcej komórek niż kolumn ({ $about })
imports-remedy-many-cells = Ujmij w cudzysłów wartość zawierającą separator
imports-reason-unreadable = Pole „{ $field }” zawiera nieczytelne znaki
imports-remedy-unreadable = Zaimportuj plik z innym kodowaniem
imports-reason-bad-website = Pole „{ $field }” nie zawiera adresu strony
imports-remedy-bad-website = Wpisz ją jak example.com albo zostaw puste
imports-reason-other = Wiersz nie pasuje
imports-remedy-other = Dodaj go ręcznie
