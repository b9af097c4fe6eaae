# The bell, its page, and what one is told which way.
notices-title = Powiadomienia
notices-bell = { $n ->
    [0] Brak nieprzeczytanych powiadomień
    [one] { $n } nieprzeczytane powiadomienie
    [few] { $n } nieprzeczytane powiadomienia
    [many] { $n } nieprzeczytanych powiadomień
   *[other] { $n } nieprzeczytanego powiadomienia
}
notices-all = Wszystkie
notices-unread = Nieprzeczytane
notices-filters = Które powiadomienia
notices-choose = O czym mam wiedzieć
notices-read-all = Oznacz wszystkie jako przeczytane
notices-read = Oznacz jako przeczytane
notices-none = Brak powiadomień
notices-none-text = To, o czym dowiadujesz się ze zgłoszeń, stoi tu przez trzydzieści dni.
notices-were-read = { $n ->
    [one] { $n } powiadomienie przeczytane
    [few] { $n } powiadomienia przeczytane
    [many] { $n } powiadomień przeczytanych
   *[other] { $n } powiadomienia przeczytanego
}
notices-are-unread = { $n ->
    [one] { $n } powiadomienie znów nieprzeczytane
    [few] { $n } powiadomienia znów nieprzeczytane
    [many] { $n } powiadomień znów nieprzeczytanych
   *[other] { $n } powiadomienia znów nieprzeczytanego
}
notices-low = Kontakt wystawia niską ocenę
notices-failed = List do klienta nie wychodzi
notices-letter-low = Kontakt wystawił niską ocenę w zgłoszeniu #{ $number }.
notices-letter-failed = List ze zgłoszenia #{ $number } nie wyszedł.
notices-by-bell = W dzwonku
notices-by-bell-hint = Dzwonek u góry każdej strony liczy to, czego nie przeczytano.
notices-by-browser = W tej przeglądarce
notices-by-browser-hint = Pokazuje je przeglądarka, także gdy patrzysz na coś innego, dopóki Tandem jest w niej otwarty.
notices-browser-ask = Pozwól tej przeglądarce pokazywać powiadomienia
notices-browser-on = Ta przeglądarka je pokazuje.
notices-browser-denied = Ta przeglądarka na to nie pozwala. Można to zmienić w jej ustawieniach tej strony.
notices-by-mail = Pocztą
