table-columns = Kolumny
table-keep = Zachowaj
table-usual = Domyślnie
table-kept-for-you = Zachowane dla Ciebie na każdym urządzeniu, z obecną kolejnością listy.
sheets-cut = { $n ->
    [one] W tym pliku jest tylko { $n } pierwszy wiersz: zawęź to, co pobierasz.
    [few] W tym pliku są tylko { $n } pierwsze wiersze: zawęź to, co pobierasz.
    [many] W tym pliku jest tylko { $n } pierwszych wierszy: zawęź to, co pobierasz.
   *[other] W tym pliku jest tylko { $n } pierwszego wiersza: zawęź to, co pobierasz.
}
