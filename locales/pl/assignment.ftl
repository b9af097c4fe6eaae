# Kto się kim opiekuje.
assignment-about = Nowy klient dostaje opiekuna z pierwszej reguły, która pasuje i znajdzie kogoś z miejscem.
assignment-owner = Opiekun
assignment-nobody = Nikt
assignment-none = Nikt nie opiekuje się tym klientem.
assignment-give = Zmień opiekuna
assignment-because-hand = Ustawione przez { $by }, { $day }.
assignment-because-rule = Według reguły „{ $rule }”, { $day } ({ $method }). Mieli wtedy: { $among }.
assignment-was-given = Teraz opiekuje się { $name }
assignment-was-taken = Teraz nikt się nie opiekuje tym klientem
assignment-least-loaded = najwięcej miejsca
assignment-round-robin = po kolei
assignment-every = Każdy klient
assignment-any = Dowolny
assignment-name = Reguła
assignment-if = Jeśli
assignment-then = To
assignment-target = Agent lub zespół
assignment-method = W zespole
assignment-mrr-from = MRR od, { $currency }
assignment-mrr-below = MRR poniżej, { $currency }
assignment-new = Nowa reguła
assignment-save = Zapisz
assignment-try = Wypróbuj
assignment-remove = Usuń regułę
assignment-empty = Nie ma jeszcze reguł
assignment-empty-text = Bez reguł nowi klienci nie mają opiekuna, dopóki ktoś go nie ustawi.
assignment-capacities = Kto ile ma
assignment-capacity = Pojemność
assignment-most-accounts = Do ilu klientów
assignment-most-mrr = Do ilu MRR, { $currency }
assignment-away-until = Nieobecność do
assignment-away = Nieobecność
assignment-accounts-count = { $n ->
    [one] { $n } klient
    [few] { $n } klientów
    [many] { $n } klientów
   *[other] { $n } klienta
}
assignment-unowned-count = { $n ->
    [one] { $n } klient bez opiekuna
    [few] { $n } klientów bez opiekuna
    [many] { $n } klientów bez opiekuna
   *[other] { $n } klienta bez opiekuna
}
assignment-unowned = Bez opiekuna
assignment-tried = Co zrobiłyby reguły
assignment-tried-text = Spośród { $all } klientów bez opiekuna { $found } dostałoby go. Nic nie zmieniono.
assignment-was-saved = Zapisano regułę „{ $name }”
assignment-was-removed = Usunięto regułę „{ $name }”
assignment-capacity-kept = Zapisano pojemność
assignment-book = Portfel klientów
assignment-my-book = Mój portfel
assignment-show = Pokaż
assignment-book-empty = Nie ma tu klientów
assignment-book-empty-text = Stoją tu otwarci klienci z opiekunem; wybierz inny portfel powyżej.
assignment-failure-agent = Wybierz agenta, który może się zalogować
assignment-failure-name = Nazwa reguły ma od 1 do 80 znaków
assignment-failure-target = Wybierz agenta lub zespół
assignment-failure-capacity = Wpisz liczby całkowite od zera, kwoty i dni tak, jak zwykle
