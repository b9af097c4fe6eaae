# Co dostają klienci na danym poziomie.
service-title = Obsługa
service-about = Jak opiekujemy się klientami na tym poziomie i o co mogą prosić. Kierują się tym przydział, listy, ostrzeżenia i strona główna. Dopóki nic nie ustalono, niczego nie obiecujemy i niczego nie zabraniamy.
service-model = Model kontaktu
service-unsaid = Nie ustalono
service-self = Samoobsługa
service-tech = Kontakt automatyczny
service-high = Kontakt osobisty
service-say = Ustal, co daje
service-channels = Kanały
service-lacks = Nie obejmuje: { $channels }
service-cadence = Osobiście co najmniej raz na tyle dni
service-cadence-hint = Od 1 do 730. Puste: bez obietnicy. Klienci bez kontaktu w terminie pojawiają się na stronie głównej i w ostrzeżeniach.
service-has-owner = Każdy klient ma własnego opiekuna
service-has-owner-hint = Bez tego reguły przydziału nie dają tych klientów nikomu.
service-most = Klienci tego poziomu na jedną osobę
service-most-hint = Reguły nie dadzą nikomu więcej. Puste: bez limitu.
service-person = Opiekun
service-owner-missing = Obiecano własnego opiekuna; jeszcze go nie ma
service-owner-beyond = { $owner }, choć poziom nikogo nie obiecuje
service-owner-none = Nikt osobiście
service-in-person = Osobiście
service-every = { $n ->
    [one] Codziennie
    [few] Co { $n } dni
    [many] Co { $n } dni
   *[other] Co { $n } dnia
}
service-never = Nigdy
service-next = Następny kontakt do
service-late = { $n ->
    [one] { $n } dzień po terminie
    [few] { $n } dni po terminie
    [many] { $n } dni po terminie
   *[other] { $n } dnia po terminie
}
service-today = Kontakt potrzebny dzisiaj
service-soon = { $n ->
    [one] Został { $n } dzień
    [few] Zostały { $n } dni
    [many] Zostało { $n } dni
   *[other] Zostało { $n } dnia
}
service-unknown = Nie ustalono, co daje ten poziom.
service-was-saved = Obsługa poziomu „{ $name }” jest zapisana
service-failure-model = Wybierz model kontaktu
service-failure-cadence = Liczba dni od 1 do 730
service-failure-most = Liczba od 1 do 100000
service-failure-channel = Wybierz spośród pokazanych kanałów
