# Segments: sets of accounts by conditions.
nav-segments = Segmenty
panel-segments = Segmenty
permission-segments-write = Tworzenie wspólnych segmentów
permission-segments-write-hint = Zbiory klientów, które widzą wszyscy i od których zaczynają się scenariusze
audit-act-segment-added = Dodano wspólny segment
audit-act-segment-changed = Zmieniono wspólny segment
audit-act-segment-removed = Usunięto wspólny segment
audit-act-segment-restored = Przywrócono wspólny segment
command-members = Pokaż klientów segmentu na liście
command-members-words = klienci segment lista
command-save-view = Zapisz ten widok klientów
command-save-view-words = segment filtr zachowaj widok
segments-title = Segmenty
segments-about = Segment zawiera każdego klienta, który spełnia jego warunki. Klienci wchodzą i wychodzą sami.
segments-new = Nowy segment
segments-edit = Edytuj
segments-none = Nie ma jeszcze segmentów
segments-none-text = Powiedz, co klientów łączy, a znajdą się na jednej liście, która sama się aktualizuje.
segments-name = Nazwa
segments-what-for = Do czego służy
segments-audience = Kto go widzi
segments-audience-own = Tylko ja
segments-audience-everyone = Wszyscy
segments-changed = Zmiana
segments-changed-by = Ostatnia zmiana: { $name }
segments-counting = sprawdzono { $percent } %
segments-counting-accounts = Trwa sprawdzanie klientów
segments-in-list = Pokaż na liście
segments-remove = Usuń
segments-restore = Przywróć
segments-is-removed = Ten segment jest usunięty
segments-is-removed-text = Nie ma w nim już żadnego klienta. Po przywróceniu sprawdzi wszystkich na nowo.
segments-definition = Którzy klienci do niego należą
segments-newest = Ostatnio dodani
segments-empty = Obecnie nie pasuje żaden klient.
segments-since = od
segments-all-accounts = { $n ->
    [one] { $n } klient
    [few] Wszyscy klienci ({ $n })
    [many] Wszyscy klienci ({ $n })
   *[other] Wszyscy klienci ({ $n })
}
segments-uses = Gdzie jest używany
segments-no-uses = Na razie nigdzie. Wspólne segmenty mogą uruchamiać scenariusze.
segments-history = Historia
segments-event-added = Dodano
segments-event-edited = Zmieniono
segments-event-removed = Usunięto
segments-event-restored = Przywrócono
segments-event-changed = Sprawdzono wszystkich klientów: doszło { $entered }, odeszło { $left }
segments-none-of-account = Ten klient nie należy do żadnego segmentu.
segments-views = Widoki klientów
segments-view-all = Wszyscy
segments-save-view = Zapisz jako widok
segments-save = Zapisz segment
segments-was-added = Dodano „{ $name }”. Trwa sprawdzanie klientów.
segments-was-changed = Zapisano „{ $name }”.
segments-was-removed = Usunięto „{ $name }”; klienci pozostają.
segments-was-restored = Przywrócono „{ $name }”. Trwa sprawdzanie klientów.
segments-join = Ile musi być spełnione
segments-join-all = Wszystkie poniższe są spełnione
segments-join-any = Co najmniej jedno z poniższych jest spełnione
segments-join-none = Żadne z poniższych nie jest spełnione
segments-add-condition = Dodaj warunek
segments-add-group = Dodaj grupę
segments-remove-condition = Usuń warunek
segments-remove-group = Usuń grupę
segments-condition = Warunek
segments-subject = Czego dotyczy
segments-test = Co musi zachodzić
segments-value = Wartość
segments-days = Dni
segments-day = Dzień
segments-unit-days = dni
segments-arrange = Odśwież
segments-arrange-hint = Pokazuje pola pasujące do wyboru i kto by należał.
segments-preview = Kto by należał
segments-preview-later = Uzupełnij warunki, aby zobaczyć, kto by należał.
segments-accounts-fit = { $n ->
    [0] Nie pasuje żaden klient
    [one] Pasuje { $n } klient
    [few] Pasuje { $n } klientów
    [many] Pasuje { $n } klientów
   *[other] Pasuje { $n } klienta
}
segments-looked-at = { $n ->
    [one] Policzono wśród pierwszego { $n } klienta.
    [few] Policzono wśród pierwszych { $n } klientów; po zapisaniu sprawdzeni zostaną wszyscy.
    [many] Policzono wśród pierwszych { $n } klientów; po zapisaniu sprawdzeni zostaną wszyscy.
   *[other] Policzono wśród pierwszych { $n } klienta; po zapisaniu sprawdzeni zostaną wszyscy.
}
segments-shelf-account = Klient
segments-shelf-fields = Własne pola
segments-shelf-metrics = Liczby i kondycja
segments-about-renews = Odnowienie
segments-about-parent = Klient nadrzędny
segments-about-created = Klient od
segments-about-changed = Ostatnia zmiana
segments-health-band = Kondycja
segments-yes = Tak
segments-no = Nie
segments-gone = (już nie istnieje)
segments-is-contains = zawiera
segments-is-lacks = nie zawiera
segments-is-equals = to dokładnie
segments-is-one-of = jest jednym z
segments-is-none-of = nie jest żadnym z
segments-is-above = więcej niż
segments-is-at-least = co najmniej
segments-is-below = mniej niż
segments-is-at-most = najwyżej
segments-is-equal-to = dokładnie
segments-is-rose-by = wzrost co najmniej o
segments-is-fell-by = spadek co najmniej o
segments-is-before = przed dniem
segments-is-after = po dniu
segments-is-next = w ciągu najbliższych
segments-is-last = w ciągu ostatnich
segments-is-past = już minęło
segments-is-known = jest znane
segments-is-unknown = nie jest znane
segments-says-contains = { $what } zawiera „{ $value }”
segments-says-lacks = { $what } nie zawiera „{ $value }”
segments-says-equals = { $what } to dokładnie „{ $value }”
segments-says-is = { $what }: { $value }
segments-says-one-of = { $what } – jedno z: { $value }
segments-says-is-not = { $what } inne niż { $value }
segments-says-none-of = { $what } – żadne z: { $value }
segments-says-above = { $what }: więcej niż { $value }
segments-says-at-least = { $what }: co najmniej { $value }
segments-says-below = { $what }: mniej niż { $value }
segments-says-at-most = { $what }: najwyżej { $value }
segments-says-equal-to = { $what }: dokładnie { $value }
segments-says-rose-by = { $what }: wzrost o { $value } lub więcej w { $days }
segments-says-fell-by = { $what }: spadek o { $value } lub więcej w { $days }
segments-says-before = { $what }: przed { $value }
segments-says-after = { $what }: po { $value }
segments-says-next = { $what }: za { $days } lub wcześniej
segments-says-last = { $what }: nie dawniej niż { $days } temu
segments-says-past = { $what }: już minęło
segments-says-known = { $what }: jest znane
segments-says-unknown = { $what }: nie jest znane
segments-wrong-subject = Wybierz coś, co jeszcze istnieje
segments-wrong-test = Wybierz, co musi zachodzić
segments-wrong-choice = Coś z wybranych już nie istnieje: usuń to
segments-wrong-words = Podaj lub wybierz co najmniej jedną wartość
segments-wrong-number = Liczba, na przykład 12 lub 0,5
segments-wrong-days = Liczba dni do 3660
segments-wrong-day = Dzień, na przykład 2026-11-22
segments-wrong-empty = Grupa potrzebuje co najmniej jednego warunku
segments-wrong-deep = Grupy mogą być zagnieżdżone do trzech poziomów
segments-wrong-many = Do 50 warunków i 50 grup
segments-failure-name = Nazwa ma od 1 do 80 znaków
segments-failure-about = Opis ma do 500 znaków
segments-failure-audience = Tylko pracownicy mają własne segmenty
segments-failure-condition = Tak nie można zapytać
segments-failure-not-yours = Widzą go wszyscy. Zmienia go, kto może tworzyć wspólne segmenty; zrób własny.
segments-failure-too-many = Obszar roboczy ma do 300 segmentów, a każda osoba do 30 własnych
segments-failure-stale = Ktoś zmienił ten segment w trakcie edycji. Zapisz ponownie, aby Twoja wersja go zastąpiła.
metric-health-trend = Kondycja, punkty na tydzień
