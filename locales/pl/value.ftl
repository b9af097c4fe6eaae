value-title = Wartość
value-accounts = Klienci
value-models = Modele i sprawdziany
value-settings = Założenia
value-ask = Policz ponownie
value-was-asked = Powstaje nowe oszacowanie
value-was-changed = Założenia zmienione; powstaje nowe oszacowanie
value-is-asked = Powstaje nowe oszacowanie; ta strona pokaże je, gdy będzie gotowe.
value-made = Oszacowano
value-assumed = Na { $months } mies. naprzód, marża { $margin }, dyskonto { $discount } rocznie.
value-rates = w { $base } po kursach z { $day }
value-total = Wszyscy klienci razem
value-worth = Wartość
value-contract = Przyszłe odnowienia
value-repeat = Przyszłe zamówienia
value-empty = Nie ma jeszcze oszacowania
value-empty-text = Ile klienci jeszcze przyniosą, szacuje się z ich subskrypcji i zamówień, a założenia sprawdza się na waszych danych.
value-none = Żaden klient nie ma wartości
value-none-text = Za mało danych; modele mówią, czego brakuje.
value-not-here = Oszacowanie nic nie mówi o tym kliencie: nie ma on subskrypcji o zwykłym okresie ani zamówień albo danych jest za mało.
value-believe = Czy można temu wierzyć?
value-contract-says = { $worth } z odnowień: odnowień dotąd { $renewed }, szansa na odnowienie { $renews } wynosi { $chance }, oczekiwanych { $terms } zdyskontowanych okresów po { $revenue }.
value-repeat-says = { $worth } z zamówień: dni z zamówieniem { $orders }, ostatnio { $last }, szansa na kolejne { $alive }, oczekiwanych zamówień { $expected } po około { $spend }.
value-missing = Pominięto z braku kursu
value-contract-model = Przesunięty model beta-geometryczny (Fader i Hardie, 2007): każdy klient odnawia z własną, stałą szansą; ci, którzy odchodzą łatwo, odchodzą pierwsi.
value-repeat-model = BG/NBD (Fader, Hardie i Lee, 2005) – jak często, gamma-gamma (Fader i Hardie, 2013) – za ile: każdy klient zamawia we własnym tempie, aż po którymś zamówieniu przestaje na dobre.
value-refused = Brak modelu: za mało danych
value-too-few-accounts = Klientów z pełnym okresem lub zamówieniem jest { $given }; potrzeba { $needed }.
value-too-few-repeaters = Klientów, którzy zamówili ponownie, jest { $given }; potrzeba { $needed }.
value-too-few-losses = Odeszło { $given } klientów; trzeba { $needed }, by wiedzieć, kto odchodzi.
value-too-short = Przeszłość ma długość { $given } (okresy umów albo tygodnie zamówień); potrzeba { $needed }.
value-no-fit = Nie znaleziono parametrów pasujących do tych danych.
value-made-from = Zbudowano z
value-n-accounts = { $n ->
    [one] { $n } klient
    [few] { $n } klientów
    [many] { $n } klientów
   *[other] { $n } klienta
}
value-n-repeaters = { $n ->
    [one] { $n } zamówił ponownie
    [few] { $n } zamówiło ponownie
    [many] { $n } zamówiło ponownie
   *[other] { $n } zamówiło ponownie
}
value-parameters = Parametry
value-likelihood = Logarytm wiarygodności
value-how-often = Jak często
value-how-much = Za ile
value-error = Błąd na próbie kontrolnej
value-errors = średnio { $mean } zamówienia na klienta, średniokwadratowo { $root }
value-survival = Klienci obecni po każdym okresie
value-survival-says = Po { $terms } okresach jest jeszcze { $actual }; model oczekuje { $expected }.
value-cumulative = Ponowne zamówienia dotąd
value-cumulative-says = Model nic nie wiedział po { $day }: oczekiwał { $expected } ponownych zamówień, przyszło { $actual }.
value-actual = Co się stało
value-expected = Czego oczekuje model
value-checks = Sprawdziany
value-check = Co się zakłada
value-found = Wynik
value-verdict = Ocena
value-holds = Zgadza się
value-doubtful = Wątpliwe
value-fails = Nie zgadza się
value-found-of = { $found } z { $beside }
value-found-hold-out = oczekiwano { $found }, było { $beside }
value-found-independence = Korelacja rang { $found }, n = { $beside }
value-check-enough = Danych jest dość
value-check-enough-how = Ci, którzy odeszli albo zamówili ponownie, spośród wszystkich; gdy jest ich mało, liczby są zgrubne.
value-check-independence = Kwota nie zależy od częstości
value-check-independence-how = Wśród tych, którzy zamówili ponownie; 0 oznacza brak związku.
value-check-worthless = Zamówienia coś przynoszą
value-check-worthless-how = Klienci, których ponowne zamówienia dały zero, nie wchodzą do modelu kwot.
value-check-hold-out = Przewiduje to, czego nie widział
value-check-hold-out-how = Zbudowany z pierwszych dwóch trzecich czasu, porównany z ostatnią.
value-check-at-renewal = Klienci odchodzą przy odnowieniu
value-check-at-renewal-how = Zakończenia w ostatnim dniu okresu; te w środku liczą się jako następne odnowienie.
value-check-other-terms = Okresy są tej samej długości
value-check-other-terms-how = Klienci o innej długości okresu są pominięci.
value-margin = Marża, w procentach
value-margin-hint = Co zostaje z przychodu po kosztach
value-discount = Stopa dyskontowa, w procentach rocznie
value-discount-hint = O ile pieniądz za rok jest wart mniej niż dziś
value-horizon = Horyzont, w miesiącach
value-horizon-hint = Jak daleko naprzód liczą się odnowienia i zamówienia
value-failure-margin = Marża to od 0 do 100 procent
value-failure-discount = Stopa to od 0 do 100 procent rocznie
value-failure-horizon = Horyzont ma od 1 do 120 miesięcy
