accounts-title = Klienci
accounts-new = Nowy klient
accounts-edit = Edycja klienta
accounts-name = Nazwa
accounts-website = Strona internetowa
accounts-website-hint = Na przykład example.com; może pozostać puste
accounts-state = Stan
accounts-changed = Zmieniono
accounts-since = Klient od
accounts-is-open = Otwarty
accounts-is-closed = Zamknięty
accounts-open-count = { $n ->
    [one] { $n } otwarty klient
    [few] { $n } otwartych klientów
    [many] { $n } otwartych klientów
   *[other] { $n } otwartego klienta
}
accounts-empty = Nie ma jeszcze klientów
accounts-empty-text = Tu znajdą się firmy i osoby, którymi się opiekujecie, i wszystko, co się wokół nich dzieje.
accounts-save = Zapisz
accounts-cancel = Anuluj
accounts-close = Zamknij klienta
accounts-reopen = Otwórz ponownie
accounts-closed-notice = Ten klient jest zamknięty
accounts-event-added = Dodano klienta
accounts-event-changed = Zmieniono dane klienta
accounts-event-closed = Zamknięto klienta
accounts-event-reopened = Ponownie otwarto klienta
accounts-event-other = Wydarzyło się coś innego
accounts-failure-name = Nazwa ma od 1 do 200 znaków
accounts-failure-website = Strona wygląda jak example.com
accounts-failure-stale = Ktoś zmienił tego klienta, gdy pisałeś
accounts-stale-now = Teraz nazywa się „{ $name }”. Zapisz ponownie, aby wstawić swój tekst.
accounts-was-closed = Zamknięto „{ $name }”
accounts-was-reopened = Ponownie otwarto „{ $name }”
