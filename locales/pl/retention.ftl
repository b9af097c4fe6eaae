ledger-new = Nowi
ledger-reactivation = Powrót
ledger-expansion = Wzrost
ledger-contraction = Spadek
ledger-churn = Odejście
retention-title = Utrzymanie klientów
retention-from = Pierwszy miesiąc
retention-last = Ostatni miesiąc
retention-show = Pokaż
retention-empty = Nie ma jeszcze przychodów
retention-empty-text = Gdy klienci będą mieli subskrypcje, ta strona powie, kto zostaje i ile przynosi.
retention-missing = Pominięto z braku kursu: { $missing }
retention-behind-start = Klienci na początku
retention-behind-lost = Klienci utraceni
retention-behind-end = Klienci na końcu
retention-behind-came = Klienci, którzy przyszli po raz pierwszy: { $month }
retention-behind-stayed = { $n ->
    [0] Klienci, którzy przyszli ({ $month }) i zostali do końca tego miesiąca
    [one] Klienci, którzy przyszli ({ $month }) i zostali { $n } miesiąc później
    [few] Klienci, którzy przyszli ({ $month }) i zostali { $n } miesiące później
    [many] Klienci, którzy przyszli ({ $month }) i zostali { $n } miesięcy później
   *[other] Klienci, którzy przyszli ({ $month }) i zostali { $n } miesiąca później
}
retention-then = Miesięcznie wtedy
retention-now = Miesięcznie teraz
retention-kept = Z tego utrzymane
retention-cut = { $n ->
    [one] W tym pliku jest tylko { $n } pierwszy wiersz: wybierz mniej miesięcy.
    [few] W tym pliku są tylko { $n } pierwsze wiersze: wybierz mniej miesięcy.
    [many] W tym pliku jest tylko { $n } pierwszych wierszy: wybierz mniej miesięcy.
   *[other] W tym pliku jest tylko { $n } pierwszego wiersza: wybierz mniej miesięcy.
}
retention-cohorts-csv = Kohorty jako CSV
retention-cohorts-xlsx = Kohorty jako Excel
retention-logo-churn = Odejścia klientów
retention-lost = { $n ->
    [one] { $n } utracony klient
    [few] { $n } utraconych klientów
    [many] { $n } utraconych klientów
   *[other] { $n } utraconego klienta
}
retention-yearly-churn = Odejścia klientów w skali roku
retention-monthly-churn = { $share } miesięcznie
retention-grr = Utrzymanie przychodu brutto
retention-nrr = Utrzymanie przychodu netto
retention-of-accounts = klientów z początku
retention-of-ledger = ze wszystkich ruchów
retention-waterfall = Przychód miesięczny
retention-waterfall-says = Przychód miesięczny zmienił się z { $opening } na { $closing }.
retention-opening = Na początku
retention-closing = Na końcu
retention-months = Miesiąc po miesiącu
retention-month = Miesiąc
retention-cohorts = Kohorty
retention-cohorts-say = { $n ->
    [one] Ile zostało z nowych klientów { $n } miesiąca na koniec każdego następnego.
    [few] Ile zostało z nowych klientów { $n } miesięcy na koniec każdego następnego.
    [many] Ile zostało z nowych klientów { $n } miesięcy na koniec każdego następnego.
   *[other] Ile zostało z nowych klientów { $n } miesiąca na koniec każdego następnego.
}
retention-accounts = Klienci
retention-revenue = Przychód
retention-how = Jak to jest liczone
retention-how-bases = Na początku znaczy: na koniec poprzedniego dnia. Nowi klienci nigdy nie wchodzą do utrzymania. „Klientów z początku” porównuje, ile ci klienci przynoszą na końcu i ile przynosili na początku; kto odszedł, przynosi zero, a brutto nie liczy więcej niż na początku. „Ze wszystkich ruchów” bierze z księgi udział każdego miesiąca, także z ruchów nowszych klientów, i mnoży miesiące. U klienta z początku wszystkie waluty liczą się razem; ruchy w księdze liczą się w każdej osobno.
retention-how-rates = Sumy w { $base }, wszystkie po kursach z { $day }: to, co zrobiły kursy, nie jest utrzymaniem.
retention-csv = CSV
retention-xlsx = Excel
retention-none = Brak klientów
retention-none-text = Nic takiego nie zdarzyło się w tych miesiącach.
retention-moved = Kiedy
retention-kind = Ruch
retention-amount = O ile
retention-from-then = Od tej pory
retention-ordering = Klienci z zamówieniem
retention-repeat-rate = Zamówienia ponowne
retention-repeat-n = { $n ->
    [one] z { $n } klienta z zamówieniem, od { $low } do { $high }
    [few] z { $n } klientów z zamówieniem, od { $low } do { $high }
    [many] z { $n } klientów z zamówieniem, od { $low } do { $high }
   *[other] z { $n } klienta z zamówieniem, od { $low } do { $high }
}
retention-repeat-how = Zamówienia ponowne liczy się wśród klientów, którzy zamówili w tych miesiącach: udział tych, którzy zamówili też wcześniejszego dnia. Dwie liczby obok to 95-procentowy przedział Wilsona.
retention-ordered-again = Klienci, którzy zamówili ponownie
retention-first-order = Pierwsze zamówienie
retention-last-order = Ostatnie zamówienie
retention-lost-n = { $n ->
    [one] Utracono { $n } klienta z { $all }, od { $low } do { $high }
    [few] Utracono { $n } klientów z { $all }, od { $low } do { $high }
    [many] Utracono { $n } klientów z { $all }, od { $low } do { $high }
   *[other] Utracono { $n } klienta z { $all }, od { $low } do { $high }
}
retention-behind-lessened = Spadki i odejścia
retention-behind-changed = Wzrosty, spadki i odejścia
retention-how-churn = Dwa udziały przy odejściach klientów to 95-procentowy przedział Wilsona: przy niewielu klientach o tyle przesuwa je sam przypadek.
revenue-title = Przychód na dzień
revenue-day = Na koniec dnia
revenue-text = Tyle przynoszą wszyscy klienci na koniec { $day }.
revenue-movements = Ruchy przychodu
revenue-movements-text = Wynikają z subskrypcji i nie można ich wpisać; razem dają to, co klient przynosi.
revenue-movements-none = Nie ma jeszcze ruchów
