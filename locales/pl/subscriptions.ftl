subscriptions-new = Dodaj subskrypcję
subscriptions-change = Zmień
subscriptions-renew = Odnów
subscriptions-end = Zakończ subskrypcję
subscriptions-resume = Kontynuuj
subscriptions-save = Zapisz
subscriptions-cancel = Anuluj
subscriptions-account = Klient
subscriptions-product = Produkt
subscriptions-seats = Stanowiska
subscriptions-mrr = Przychód miesięczny
subscriptions-arr = Przychód roczny
subscriptions-goes-on = Dalszy ciąg
subscriptions-starts = Pierwszy dzień
subscriptions-term = Okres umowy
subscriptions-term-months = Okres umowy, w miesiącach
subscriptions-period = Cena obejmuje
subscriptions-months = { $n ->
    [one] { $n } miesiąc
    [few] { $n } miesiące
    [many] { $n } miesięcy
   *[other] { $n } miesiąca
}
subscriptions-days = { $n ->
    [one] { $n } dzień
    [few] { $n } dni
    [many] { $n } dni
   *[other] { $n } dnia
}
subscriptions-price = Cena stanowiska
subscriptions-price-in = Cena stanowiska, w { $currency }
subscriptions-price-hint = Przed rabatem, za czas wybrany poniżej
subscriptions-price-for = { $n ->
    [one] Stanowisko na miesiąc
    [few] Stanowisko na { $n } miesiące
    [many] Stanowisko na { $n } miesięcy
   *[other] Stanowisko na { $n } miesiąca
}
subscriptions-price-since = Cena od
subscriptions-price-since-hint = Wcześniejsze miesiące zachowują swoją cenę
subscriptions-prices = Ceny
subscriptions-since = Od
subscriptions-discount = Rabat
subscriptions-discount-hint = W procentach; może pozostać puste
subscriptions-notice = Wypowiedzenie
subscriptions-notice-days = Wypowiedzenie przed odnowieniem, w dniach
subscriptions-automatic = Odnawia się samo
subscriptions-automatic-hint = W przeciwnym razie kończy się z okresem, chyba że ktoś ją odnowi
subscriptions-by-itself = samo
subscriptions-by-hand = gdy ktoś odnowi
subscriptions-renews = Odnowienie
subscriptions-renews-hint = Kiedy kończy się obecny okres; puste oznacza liczenie od pierwszego dnia
subscriptions-ends = Koniec
subscriptions-ends-hint = Pierwszy dzień bez niej, jeśli jest już uzgodniony
subscriptions-ends-first = Pierwszy dzień bez niej
subscriptions-reason = Powód
subscriptions-reason-not-renewed = Nikt jej nie odnowił
subscriptions-reason-price = Za drogo
subscriptions-reason-missing = Czegoś brakowało
subscriptions-reason-service = Obsługa lub jakość
subscriptions-reason-competitor = Odejście do konkurencji
subscriptions-reason-no-need = Już niepotrzebna
subscriptions-reason-out-of-business = Zamknięcie firmy
subscriptions-reason-replaced = Zastępuje ją inna subskrypcja
subscriptions-reason-other = Coś innego
subscriptions-from-day = Od { $day }
subscriptions-until-day = Kończy się { $day }
subscriptions-ended-day = Zakończona { $day }
subscriptions-renews-day = Odnowienie { $day }
subscriptions-empty = Brak subskrypcji
subscriptions-empty-text = Tu znajdzie się to, za co ten klient płaci regularnie, z ceną i odnowieniem.
subscriptions-was-added = Dodano „{ $product }”
subscriptions-was-changed = Zmieniono „{ $product }”
subscriptions-was-ended = Zapisano koniec „{ $product }”
subscriptions-was-resumed = „{ $product }” trwa dalej
subscriptions-was-renewed = „{ $product }” trwa do { $renews }
subscriptions-was-unrenewed = „{ $product }” odnawia się znów { $renews }
subscriptions-failure-product = Wybierz produkt z listy
subscriptions-failure-seats = Stanowiska to liczba od 1 do 10 000 000
subscriptions-failure-price = Cena wynosi zero lub więcej i daje się policzyć
subscriptions-failure-discount = Rabat wynosi od 0 do 100 procent
subscriptions-failure-period = Cena obejmuje od 1 do 60 miesięcy
subscriptions-failure-term = Okres ma od 1 do 120 miesięcy
subscriptions-failure-notice = Wypowiedzenie to od 0 do 365 dni
subscriptions-failure-renews = Odnowienie przypada po pierwszym dniu
subscriptions-failure-ends = Koniec przypada po pierwszym dniu
subscriptions-failure-since = Cena obowiązuje od dnia między pierwszym dniem a końcem
subscriptions-failure-overlap = Klient ma już ten produkt w tym czasie
subscriptions-failure-over = Ma już koniec; najpierw kontynuuj
subscriptions-failure-reason = Wybierz powód z listy
subscriptions-failure-stale = Ktoś zmienił tę subskrypcję, gdy pisałeś
renewals-title = Odnowienia
renewals-earlier = Wcześniej
renewals-now = Ten miesiąc
renewals-later = Później
renewals-count = { $n ->
    [one] { $n } odnowienie
    [few] { $n } odnowienia
    [many] { $n } odnowień
   *[other] { $n } odnowienia
}
renewals-empty = W tych miesiącach nic się nie odnawia
renewals-empty-text = Subskrypcje, których okres się kończy, stoją tu miesiąc po miesiącu, z ostatnim dniem wypowiedzenia.
renewals-more = W tych miesiącach jest więcej odnowień, niż mieści się na jednej stronie; w pliku jest ich do 100 000.
renewals-no-notice = Brak
renewals-notice-by = Do { $day }
renewals-notice-over = Minęło { $day }
renewals-rates = Sumy w { $base } po kursach z { $day }.
subscriptions-is-ending = Kończy się lub zakończona
subscriptions-trace-added = Zaczęto subskrypcję
subscriptions-trace-changed = Zmieniono subskrypcję
subscriptions-trace-ended = Zakończono subskrypcję
subscriptions-trace-resumed = Subskrypcja trwa dalej
subscriptions-trace-renewed = Odnowiono subskrypcję
renewals-all = Wszyscy klienci
