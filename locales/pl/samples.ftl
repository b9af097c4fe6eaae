samples-title = Dane przykładowe
samples-none = Brak danych przykładowych
samples-none-text = Wymyśleni klienci z historią, żeby się rozejrzeć. Znikną po jednym kliknięciu i nie naruszą Twoich danych.
samples-load = Wczytaj dane przykładowe
samples-asked = Na prośbę: { $name }
samples-coming = Dodawanie
samples-remove-text = Usunięcie obejmie tych klientów i wszystko, co się z nimi działo. Klienci dodani przez zespół zostaną.
samples-remove = Usuń dane przykładowe
samples-are-coming = Dodawanie danych przykładowych
samples-are-gone = Usunięto dane przykładowe
samples-count = { $n ->
    [one] { $n } przykładowy klient
    [few] { $n } przykładowi klienci
    [many] { $n } przykładowych klientów
   *[other] { $n } przykładowego klienta
}
