# Wyszukiwanie: strona i ustawienia indeksu.
search-title = Wyszukiwanie
search-label = Szukaj we wszystkim
search-placeholder = Szukaj lub zawęź, np. is:open
search-go = Szukaj
search-short = Szukaj
search-filters = Filtry
search-without = Usuń ten filtr
search-building = Indeks wyszukiwania jest tworzony
search-building-text = Za chwilę znów będzie można znaleźć wszystko. Nic nie zginęło, a tę stronę można w każdej chwili wczytać ponownie.
search-no-filter = Nie ma filtra „{ $name }:”, więc szukano tego jako słów.
search-no-value = Pominięto „{ $value }”: { $name }: zna { $known }.
search-no-date = „{ $value }” to nie data. Można napisać 2026-05-07, 2026-05, 2026, today, yesterday lub 30d.
search-meant = Czy chodziło o
search-count = { $n ->
    [one] { $n } wynik
    [few] { $n } wyniki
    [many] { $n } wyników
   *[other] { $n } wyniku
}
search-all-of-kind = { $n ->
    [one] Pokaż { $n } wynik
    [few] Pokaż wszystkie { $n } wyniki
    [many] Pokaż wszystkie { $n } wyników
   *[other] Pokaż { $n } wyniku
}
search-begin = Znajdź, co chcesz
search-begin-text = Nazwy, numery, adresy i słowa. Frazę ujmij w cudzysłów albo zawęź wyniki filtrem, także from:, account:, agent:, team:, status:, priority:, channel: i tag: ze słowem albo frazą w cudzysłowie:
search-keep = Zapisz jako widok
search-none = Niczego nie znaleziono
search-none-text = Sprawdź pisownię, użyj mniej słów albo usuń filtr.
search-without-filters = Szukaj bez pierwszego filtra
search-agents = Osoby
search-active = Aktywny dostęp
search-inactive = Brak dostępu
search-index = Indeks wyszukiwania
search-index-text = Indeks powstaje z bazy danych i sam się aktualizuje. Odbuduj go, gdy nie można znaleźć czegoś, co powinno się znaleźć; wyszukiwanie działa w tym czasie dalej.
search-rebuilding = Indeks jest odbudowywany
search-documents = Dokumenty
search-rebuild = Odbuduj indeks
search-rebuild-begun = Indeks jest odbudowywany
search-palette-open = Otwórz
search-palette-all = Szukaj „{ $text }” we wszystkim
