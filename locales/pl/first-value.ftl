# Pierwsza wartość i ile to trwa.
nav-first-value = Czas do wartości
first-value-title = Czas do wartości
first-value-is = { $n ->
    [one] Pierwsza wartość: { $event }.
    [few] Pierwsza wartość: { $event }, { $n } razy u klienta.
    [many] Pierwsza wartość: { $event }, { $n } razy u klienta.
   *[other] Pierwsza wartość: { $event }, { $n } raza u klienta.
}
first-value-change = Zmień
first-value-how = Liczy się od pierwszego dnia pierwszej subskrypcji; bez niej od dnia, w którym klient został dodany albo pierwszy raz użył produktu. Klienci bez pierwszej wartości liczą się tak długo, jak byli obserwowani (Kaplan–Meier).
first-value-known-since = Użycie jest znane od { $day }.
first-value-unknown-since = Nie przyszły jeszcze żadne zdarzenia.
first-value-left-out = { $n ->
    [one] Pominięto { $n } klienta
    [few] Pominięto { $n } klientów
    [many] Pominięto { $n } klientów
   *[other] Pominięto { $n } klienta
}
first-value-left-out-text = Zaczęli, zanim użycie było znane, więc nikt nie widział, kiedy osiągnęli pierwszą wartość. Uzupełnienie starszych zdarzeń włączy ich.
first-value-none = Nikogo jeszcze nie obserwowano od początku
first-value-none-text = Pojawią się tu klienci, którzy zaczęli po pierwszym dniu znanego użycia.
first-value-median = Połowa ma ją do
first-value-interval = Przedział 95 %
first-value-accounts = Klienci
first-value-reached = Z pierwszą wartością
first-value-censored = Na razie bez niej
first-value-censored-text = ucięte
first-value-parts = Części klientów
first-value-part = Część
first-value-no-parts = Żaden z nich nie należy do takiej części.
first-value-by-quarter = Według kwartału początku
first-value-by-tier = Według poziomu
first-value-by-segment = Według segmentu
first-value-quarter = { $n }. kwartał { $year }
first-value-no-tier = Bez poziomu
first-value-between = dzień { $low }–{ $high }
first-value-from = od dnia { $low }
first-value-curve = Odsetek klientów z pierwszą wartością według dni od początku
first-value-curve-says = Połowa klientów ma pierwszą wartość w ciągu { $days }; w ciągu { $last } jest to { $share }.
first-value-curve-open = W ciągu { $last } pierwszą wartość ma { $share } klientów; do połowy jeszcze daleko.
first-value-share = Z pierwszą wartością
first-value-low = Dolny kraniec, 95 %
first-value-high = Górny kraniec, 95 %
first-value-waiting = Najdłużej czekają
first-value-waiting-of = { $n ->
    [one] { $n } klient czeka na pierwszą wartość.
    [few] { $n } klientów czeka na pierwszą wartość, najdłużej czekający najpierw.
    [many] { $n } klientów czeka na pierwszą wartość, najdłużej czekający najpierw.
   *[other] { $n } klienta czeka na pierwszą wartość, najdłużej czekający najpierw.
}
first-value-start = Początek
first-value-waits = Czeka
first-value-tier = Poziom
first-value-empty = Nikt nie określił, czym jest pierwsza wartość
first-value-empty-text = Wybierz zdarzenie, po którym klient pierwszy raz coś z produktu ma. Ile to trwa, zostanie policzone dla każdego klienta, także wstecz.
first-value-after = { $n ->
    [0] Pierwsza wartość od początku
    [one] Pierwsza wartość po { $n } dniu
    [few] Pierwsza wartość po { $n } dniach
    [many] Pierwsza wartość po { $n } dniach
   *[other] Pierwsza wartość po { $n } dnia
}
first-value-sometime = Pierwsza wartość osiągnięta, zanim ktokolwiek patrzył
first-value-still = { $n ->
    [one] Brak pierwszej wartości po { $n } dniu
    [few] Brak pierwszej wartości po { $n } dniach
    [many] Brak pierwszej wartości po { $n } dniach
   *[other] Brak pierwszej wartości po { $n } dnia
}
first-value-half = { $still } (połowa klientów ma ją do dnia { $by })
