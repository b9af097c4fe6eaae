panel-usage-names = Identyfikatory w produkcie
audit-act-usage-name-settled = Wybrano klienta identyfikatora użycia
audit-act-usage-name-unsettled = Cofnięto wybór klienta identyfikatora użycia
audit-act-usage-name-left = Identyfikator użycia pozostawiony bez klienta
audit-act-usage-name-minded = Identyfikator użycia znów czeka na klienta
audit-act-usage-link-ended = Zakończono powiązanie identyfikatorów użycia
audit-act-usage-link-restored = Przywrócono powiązanie identyfikatorów użycia
usage-settling-what = Grupa lub osoba
usage-settling-first = Pierwszy raz
usage-settling-account = Klient
usage-settling-find = Identyfikator, nazwa lub adres
usage-settling-span = Za okres
usage-settling-days = { $n ->
    [one] { $n } dzień
    [few] { $n } dni
    [many] { $n } dni
   *[other] { $n } dnia
}
usage-settling-all-days = Wszystkie dni
usage-settling-waiting = Czekają na klienta
usage-settling-left = Pozostawione bez klienta
usage-settling-none-found = Nic nie pasuje
usage-settling-none-found-text = Podaj inne słowa albo więcej dni.
usage-settling-all = Wszystkie czekające
usage-settling-choose = Wybierz
usage-settling-leave = Pozostaw bez klienta
usage-settling-mind = Niech znów czeka
usage-settling-group = Żaden klient tak się nie nazywa
usage-settling-no-contact = Ten użytkownik nie jest kontaktem
usage-settling-anonymous = Nikt nie zalogował się w tej przeglądarce
usage-settling-shared = W tej przeglądarce logowało się kilka osób
usage-settling-nowhere = Kontakt nie jest u żadnego klienta
usage-settling-several = Osoba jest u kilku klientów
usage-settling-other-days = W tych dniach osoba nie była u żadnego klienta
usage-settling-by-place = Osoba jest tam lub była
usage-settling-by-number = Tak nazywa go inny system
usage-settling-by-address = Jego strona ma ten adres
usage-settling-by-name = Ma tę nazwę
usage-settling-was-settled = Wybrano klienta; to, co policzono, przechodzi do niego
usage-settling-was-unsettled = Wybór cofnięto
usage-settling-was-left = Pozostaje bez klienta
usage-settling-was-minded = Znów czeka na klienta
usage-settling-make-account = Utwórz z tego klienta
usage-settling-make-contact = Utwórz z tego kontakt
usage-settling-made-account = Klient utworzony
usage-settling-made-contact = Kontakt utworzony
usage-settling-failure-account = Nie ma jednego klienta o tej nazwie
usage-settling-failure-unfit = Z anonimowej przeglądarki nie można nic utworzyć
usage-identity-kind = Co to jest
usage-identity-id = Identyfikator
usage-identity-root = Należy do
usage-identity-to-root = Osoba, która za tym stoi
usage-identity-contact = Kontakt
usage-identity-person = Ta osoba
usage-identity-ids = { $n ->
    [one] { $n } identyfikator
    [few] { $n } identyfikatory
    [many] { $n } identyfikatorów
   *[other] { $n } identyfikatora
}
usage-identity-many-ids = { $n ->
    [one] { $n } identyfikator lub więcej
    [few] { $n } identyfikatory lub więcej
    [many] { $n } identyfikatorów lub więcej
   *[other] { $n } identyfikatora lub więcej
}
usage-identity-chosen = Wybrano ręcznie:
usage-identity-take-back = Cofnij
usage-identity-find-account = Inni klienci o nazwie zaczynającej się od
usage-identity-find = Znajdź
usage-identity-account-hint = Grupa będzie odtąd tak nazywana u klienta. U osoby wybór obowiązuje w dniach, w których nic innego nie wskazuje klienta.
usage-identity-links = Co się z tym wiąże
usage-identity-links-about = Zakończone powiązanie już się nie liczy, także gdy późniejsze zdarzenia mówią to samo. To, co policzono, zostaje przypisane na nowo; powiązanie można przywrócić.
usage-identity-no-links = Na razie nic się z tym nie wiąże.
usage-identity-heard = Skąd to wiadomo
usage-identity-actions = Działania
usage-identity-ended = Zakończone
usage-identity-ended-by = przez: { $name }
usage-identity-holds = Liczy się
usage-identity-end = Zakończ powiązanie
usage-identity-restore = Przywróć
usage-identity-was-ended = Powiązanie zakończone; to, co policzono, zostaje przypisane na nowo
usage-identity-was-restored = Powiązanie znów się liczy
usage-identity-spread = Identyfikatory przypisane na nowo
usage-identity-unknown = Produkt nie zna jeszcze tego kontaktu pod żadnym identyfikatorem.
usage-identity-by-identify = Użytkownik zalogował się w tej przeglądarce
usage-identity-by-alias = Jeden identyfikator podano jako drugi
usage-identity-by-group = Produkt mówi, kto jest w grupie
usage-identity-by-event = Oba były w jednym zdarzeniu
usage-identity-by-number = Kontakt ma ten identyfikator
usage-identity-by-address = Adres należy do kontaktu
usage-identity-failure-link = Nie ma takiego powiązania
