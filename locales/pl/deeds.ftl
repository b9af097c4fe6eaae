# Zmiana wielu klientów naraz i to, co funkcje dodają do ich listy.
deeds-title = Zmiana wielu klientów
deeds-choose = Wybierz: { $name }
deeds-bar = Zmień wybranych klientów
deeds-all = Wszyscy, których znajduje lista, także na innych stronach
deeds-count-title = Ilu klientów znajduje lista
deeds-apply = Wykonaj
deeds-take = Zostań ich opiekunem
deeds-csv = Wybrani jako CSV
deeds-xlsx = Wybrani do Excela
deeds-me = Ja
deeds-by-rule = Znów według reguły
deeds-owner = Opiekun
deeds-tag = Dodaj etykietę
deeds-untag = Zdejmij etykietę
deeds-tier = Poziom
deeds-tier-detail = Powód poziomu
deeds-stage = Etap
deeds-state = Stan
deeds-playbook = Rozpocznij scenariusz
deeds-field = Własne pole
deeds-empty-field = Opróżnij pole
deeds-what = Co się robi
deeds-others = Pozostali
deeds-state-running = Trwa zmienianie klientów. Możesz wyjść; będzie trwało dalej.
deeds-state-done = Gotowe.
deeds-state-undoing = Trwa cofanie.
deeds-state-undone = Cofnięto.
deeds-fate-waiting = Jeszcze nie
deeds-fate-changed = Zmieniono
deeds-fate-same = Już tak było
deeds-fate-refused = Niemożliwe
deeds-fate-undone = Jak przedtem
deeds-fate-kept = Zostało
deeds-failure-no-accounts = Wybierz co najmniej jednego klienta
deeds-failure-too-many = Naraz zmienia się do 5000 klientów. Zawęź filtr.
deeds-failure-no-deeds = Wybierz, co zrobić
deeds-failure-deed = Tego nie można zrobić albo wybrano to dwa razy
deeds-failure-value = Wybierz coś, co istnieje
deeds-failure-not-now = Nie można teraz cofnąć: trwa albo już cofnięto.
deeds-failure-since = Ktoś to od tamtej pory zmienił
deeds-failure-reason = Podaj powód, od 1 do 500 znaków
deeds-failure-field = Nie ma takiego pola w użyciu
deeds-failure-field-value = Tak nie można wypełnić pola
deeds-failure-no-stage = Przedtem nie było żadnego etapu
deeds-column-touch = Ostatni kontakt
deeds-column-tickets = Otwarte zgłoszenia
deeds-all-count = { $n ->
    [one] { $n } klient, którego znajduje lista
    [few] Wszyscy { $n } klienci, których znajduje lista, także na innych stronach
    [many] Wszyscy ({ $n }), których znajduje lista, także na innych stronach
   *[other] Wszyscy ({ $n }), których znajduje lista, także na innych stronach
}
deeds-all-over = { $n ->
    [one] Więcej niż { $n }: najpierw zawęź filtr
    [few] Więcej niż { $n }: najpierw zawęź filtr
    [many] Więcej niż { $n }: najpierw zawęź filtr
   *[other] Więcej niż { $n }: najpierw zawęź filtr
}
deeds-was-done = { $n ->
    [one] Zmieniono { $n } klienta.
    [few] Zmieniono { $n } klientów.
    [many] Zmieniono { $n } klientów.
   *[other] Zmieniono { $n } klienta.
}
deeds-was-undone = { $n ->
    [one] Cofnięto zmianę { $n } klienta.
    [few] Cofnięto zmiany { $n } klientów.
    [many] Cofnięto zmiany { $n } klientów.
   *[other] Cofnięto zmiany { $n } klienta.
}
