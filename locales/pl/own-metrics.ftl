# Wskaźniki, które ludzie definiują sami.
audit-act-own-metrics-changed = Zmieniono własny wskaźnik
own-metrics-title = Własne wskaźniki
own-metrics-about = Liczby, które definiujesz z tego, co ludzie robią w twoim produkcie. Są wszędzie tam, gdzie wskaźniki: w ocenach kondycji, segmentach, regułach i playbookach.
own-metrics-none = Nie ma jeszcze własnych wskaźników
own-metrics-none-text = Wybierz zdarzenie, co się liczy i z ilu dni; przed zapisaniem zobacz wynik u trzech klientów.
own-metrics-new = Nowy wskaźnik
own-metrics-name = Nazwa
own-metrics-description = Do czego służy
own-metrics-counts = Liczy
own-metrics-exact-from = Dokładny od
own-metrics-exact = Liczba jest dokładna od { $day }.
own-metrics-counted-since = Wcześniej brakuje w niej zdarzeń, których już nie przechowywano; liczy to, co przyszło od { $day }.
own-metrics-state = Stan
own-metrics-state-counting = Liczenie dawnych zdarzeń
own-metrics-state-history = Zapisywanie historii
own-metrics-state-done = Aktualny
own-metrics-any-event = Dowolne zdarzenie
own-metrics-page = Strona: { $name }
own-metrics-screen = Ekran: { $name }
own-metrics-event = Zdarzenie
own-metrics-event-hint = Są tu też strony i ekrany. Zdarzenie pojawia się, gdy przyjdzie po raz pierwszy.
own-metrics-measure = Co się liczy
own-metrics-measure-count = Ile zdarzeń
own-metrics-measure-people = Ilu różnych ludzi
own-metrics-measure-sum = Suma właściwości
own-metrics-measure-days = W ilu dniach
own-metrics-property = Sumowana właściwość
own-metrics-property-hint = Tylko dla sumy: właściwość z liczbami, np. price. Kropki prowadzą w głąb obiektów.
own-metrics-window = Z ostatnich
own-metrics-filters = Warunki właściwości
own-metrics-filters-about = Wszystkie muszą być spełnione. Liczby z kropką lub przecinkiem, dni tak, jak zwykle je piszesz. Puste wiersze się nie liczą. Przy warunkach lub sumie dawne zdarzenia liczą się, o ile są jeszcze przechowywane.
own-metrics-filter-n = Warunek { $n }
own-metrics-filter-property = Właściwość
own-metrics-filter-test = Musi
own-metrics-filter-value = Wartość
own-metrics-test-is = jest równa
own-metrics-test-is-not = jest inna niż
own-metrics-test-contains = zawiera
own-metrics-test-equals = równa się (liczba)
own-metrics-test-at-least = co najmniej (liczba)
own-metrics-test-at-most = co najwyżej (liczba)
own-metrics-test-yes = jest prawdą
own-metrics-test-no = jest fałszem
own-metrics-test-since = od (dzień)
own-metrics-test-until = do (dzień)
own-metrics-test-present = istnieje
own-metrics-test-absent = nie istnieje
own-metrics-says-count = { $event }: ile w ciągu { $days }
own-metrics-says-people = { $event }: różni ludzie w ciągu { $days }
own-metrics-says-sum = { $event }: suma „{ $property }” w ciągu { $days }
own-metrics-says-days = { $event }: w ilu dniach z { $days }
own-metrics-says-where = { $said }, gdzie { $filters }
own-metrics-preview = Podgląd: klienci, którzy używają najwięcej
own-metrics-preview-days = Odczytano z tego, co przechowuje się z każdego dnia.
own-metrics-preview-events = { $n ->
    [one] Odczytano { $n } zdarzenie.
    [few] Odczytano { $n } zdarzenia.
    [many] Odczytano { $n } zdarzeń.
   *[other] Odczytano { $n } zdarzenia.
}
own-metrics-preview-part = { $n ->
    [one] Odczytano tylko { $n } najnowsze zdarzenie; w okresie jest ich więcej, więc liczba może być wyższa.
    [few] Odczytano tylko { $n } najnowsze zdarzenia; w okresie jest ich więcej, więc liczba może być wyższa.
    [many] Odczytano tylko { $n } najnowszych zdarzeń; w okresie jest ich więcej, więc liczba może być wyższa.
   *[other] Odczytano tylko { $n } najnowszego zdarzenia; w okresie jest ich więcej, więc liczba może być wyższa.
}
own-metrics-preview-none = W tym okresie żaden klient nie używał produktu.
own-metrics-save = Zapisz
own-metrics-look = Podgląd u trzech klientów
own-metrics-cancel = Anuluj
own-metrics-over-accounts = U wszystkich klientów
own-metrics-remove = Usuń
own-metrics-restore = Przywróć
own-metrics-uses = Używają go
own-metrics-versions = Wersje
own-metrics-version-by = Wersja { $n }, { $name }
own-metrics-was-saved = Zapisano „{ $name }”; historia powstaje w tle
own-metrics-was-removed = Wskaźnik usunięty
own-metrics-is-removed = Ten wskaźnik usunięto
own-metrics-is-removed-text = Nic go nie używa. Przywróć go, aby go zmienić.
own-metrics-in-use = Jest używany i zostaje. Najpierw usuń go z: { $names }
own-metrics-failure-name = Nazwa ma od 1 do 80 znaków
own-metrics-failure-about = Opis ma do 500 znaków
own-metrics-failure-event = Wybierz jedno ze zdarzeń
own-metrics-failure-window = Wybierz 7, 30 lub 90 dni
own-metrics-failure-property = Suma wymaga właściwości do 200 znaków; nic innego jej nie ma
own-metrics-failure-filters = Najwyżej sześć warunków
own-metrics-failure-filter = Warunek wymaga właściwości do 200 znaków
own-metrics-failure-value = Ta wartość nie jest tego rodzaju, którego wymaga warunek: tekst, liczba lub dzień
own-metrics-failure-too-many = Jest już 50 własnych wskaźników
own-metrics-failure-removed = Wskaźnik usunięto: najpierw go przywróć
own-metrics-failure-in-use = Coś używa tego wskaźnika
own-metrics-failure-stale = Ktoś w międzyczasie zmienił wskaźnik. Zapisz ponownie, aby wstawić swoją wersję.
