# Z których funkcji korzystają klienci.
nav-features = Użycie funkcji
adoption-title = Użycie funkcji
adoption-window = Oglądane dni
adoption-days = { $n ->
    [one] { $n } dzień
    [few] { $n } dni
    [many] { $n } dni
   *[other] { $n } dnia
}
adoption-active = Aktywni klienci
adoption-as-of = Policzono według stanu z { $at }.
adoption-not-yet = Nic jeszcze nie policzono. Pierwsze liczby pojawią się w ciągu kilku minut.
adoption-feature = Funkcja
adoption-accounts = Klienci
adoption-people = Osoby
adoption-events = Zdarzenia
adoption-before = Zdarzenia wcześniej
adoption-weeks = 13 tygodni
adoption-line = Klienci tygodniowo przez 13 tygodni, od { $from } do { $to }
adoption-course = Klienci, którzy z niej korzystają, według tygodni
adoption-first = Pierwszy raz
adoption-last = Ostatnio
adoption-share = Z aktywnych osób
adoption-call = Rodzaj
adoption-call-track = Zdarzenie
adoption-call-page = Strona
adoption-call-screen = Ekran
adoption-mark = Wyróżnia się
adoption-new = Nowa
adoption-dropped = Spadek
adoption-segment = Segment
adoption-all = Wszystkie funkcje
adoption-all-accounts = Wszyscy klienci
adoption-empty = Nie widać jeszcze żadnej funkcji
adoption-empty-text = Tu pojawi się każde zdarzenie, strona i ekran, które wysyła Wasz produkt, razem z klientami, którzy z nich korzystają.
adoption-connect = Podłącz źródło
adoption-none = Nie ma takiej funkcji
adoption-none-text = Pytaj o mniej albo obejrzyj wszystkie funkcje.
adoption-quiet = W tych dniach nic nie było używane.
adoption-who = Klienci według użycia
adoption-account = Klient
adoption-used = Korzystają
adoption-stopped = Przestali
adoption-never = Nigdy nie użyli
adoption-nobody = Nie ma tu klientów
adoption-nobody-used = W tych dniach nikt z niej nie korzystał.
adoption-nobody-stopped = Kto korzystał wcześniej, korzysta nadal.
adoption-nobody-never = Każdy aktywny klient już z niej korzystał.
usage-account-course = Zdarzenia tygodniowo przez 13 tygodni, od { $from } do { $to }
usage-account-seats = Używane stanowiska: { $used } z { $seats }
panel-contact-usage = Użycie produktu
usage-contact-ids = { $n ->
    [one] znana pod { $n } identyfikatorem
    [few] znana pod { $n } identyfikatorami
    [many] znana pod { $n } identyfikatorami
   *[other] znana pod { $n } identyfikatora
}
usage-contact-devices = { $n ->
    [one] { $n } urządzenie
    [few] { $n } urządzenia
    [many] { $n } urządzeń
   *[other] { $n } urządzenia
}
usage-contact-quiet = Przez ostatnie 30 dni nic nie było używane.
usage-contact-empty = Jeszcze niewidziana w produkcie
usage-contact-empty-text = To, co robi, pojawi się tu, gdy produkt nazwie tę osobę jej adresem albo jednym z jej identyfikatorów.
