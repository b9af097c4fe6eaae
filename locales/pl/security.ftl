# Hasła, drugi krok i strona, na której agenci o nie dbają.
doors-email = Adres e-mail
doors-password = Hasło
doors-need-help = Nie pamiętasz hasła albo nigdy go nie było?
doors-wrong = Ten adres i to hasło do siebie nie pasują
doors-too-many = { $n ->
    [one] Zbyt wiele prób. Odczekaj minutę i spróbuj ponownie.
    [few] Zbyt wiele prób. Odczekaj { $n } minuty i spróbuj ponownie.
    [many] Zbyt wiele prób. Odczekaj { $n } minut i spróbuj ponownie.
   *[other] Zbyt wiele prób. Odczekaj { $n } minuty i spróbuj ponownie.
}
doors-choose-workspace = Wybierz przestrzeń roboczą
doors-choose-workspace-why = Pracujesz w więcej niż jednej. Którą chcesz otworzyć?
doors-code-title = Jeszcze jeden krok
doors-code-why = Twoja aplikacja uwierzytelniająca pokazuje sześciocyfrowy kod.
doors-code = Kod
doors-code-hint = Nie masz przy sobie aplikacji? Wpisz jeden z kodów odzyskiwania.
doors-code-wrong = Ten kod jest błędny lub został już użyty
doors-go-on = Dalej
doors-start-again = Zacznij od nowa
security-title = Bezpieczeństwo
security-sessions = Gdzie jesteś zalogowany
security-device = { $browser } – { $system }
security-device-unknown = Nieznana przeglądarka
security-last-used = Ostatnio używana
security-began = Zalogowano
security-this-one = Ta przeglądarka
security-end-session = Wyloguj tam
security-end-others = Wyloguj wszędzie indziej
security-session-ended = Tamta przeglądarka została wylogowana
security-sessions-ended = Wszystkie inne przeglądarki zostały wylogowane
security-no-sessions = Nie jesteś zalogowany w żadnej przeglądarce.
security-password = Hasło
security-no-password = Nie masz jeszcze hasła; logujesz się przez odnośniki.
security-present = Obecne hasło
security-present-wrong = To nie jest Twoje obecne hasło
security-come-in-again = Od logowania minęło ponad pół godziny. Wyloguj się, zaloguj ponownie i wtedy zmień to ustawienie.
security-new-password = Nowe hasło
security-new-password-hint = Co najmniej { $shortest } znaków. Dobrze sprawdza się kilka słów, które do siebie nie pasują.
security-set-password = Ustaw hasło
security-change-password = Zmień hasło
security-password-changed = Hasło zostało zmienione, a wszystkie inne przeglądarki wylogowane
security-password-short = To za krótkie hasło; musi mieć co najmniej 12 znaków
security-password-long = To za długie hasło; może mieć najwyżej 200 znaków
security-password-common = To jedno z haseł, które zgaduje się najpierw
security-password-personal = To głównie Twoje nazwisko, adres lub nazwa przestrzeni roboczej
security-password-repeating = Powtarzające się znaki łatwo odgadnąć
security-second-step = Drugi krok
security-second-step-why = Aplikacja w telefonie co pół minuty pokazuje nowy kod. Dzięki niej samo skradzione hasło niczego nie otworzy.
security-authenticator-set-up = Skonfiguruj aplikację uwierzytelniającą
security-authenticator-on = Przy logowaniu potrzebny jest kod z aplikacji
security-authenticator-off = Kod z aplikacji nie jest już potrzebny
security-switch-on = Włącz
security-switch-off = Wyłącz
security-cancel = Anuluj
security-scan = Zeskanuj ten obrazek aplikacją uwierzytelniającą.
security-picture = Obrazek dla aplikacji uwierzytelniającej
security-scan-not = Nie masz aparatu? Wpisz w aplikacji ten klucz:
security-type-code = Wpisz kod, który aplikacja pokazuje teraz.
security-codes = Kody odzyskiwania
security-codes-why = Każdy z tych kodów raz otworzy drzwi, gdy nie masz aplikacji pod ręką. Wydrukuj je albo przechowuj tam, gdzie hasła.
security-codes-once = Pokazujemy je tylko ten jeden raz.
security-codes-kept = Zapisałem je
security-new-codes = Utwórz nowe kody odzyskiwania
security-codes-left = { $n ->
    [0] Nie został żaden kod odzyskiwania. Utwórz nowe.
    [one] Został { $n } kod odzyskiwania.
    [few] Zostały { $n } kody odzyskiwania.
    [many] Zostało { $n } kodów odzyskiwania.
   *[other] Zostało { $n } kodu odzyskiwania.
}
security-failure-nothing-to-confirm = Żadna aplikacja uwierzytelniająca nie czeka na potwierdzenie
doors-help = Inna droga do środka
doors-help-mail = Wpisz swój adres, a odnośnik przyjdzie pocztą.
doors-send-link = Wyślij odnośnik do logowania
doors-send-reset = Ustaw nowe hasło
doors-no-address = To nie jest adres e-mail
doors-mail-left = Zajrzyj do poczty
doors-mail-left-why = Jeśli ten adres należy do kogoś stąd, odnośnik jest już w drodze.
doors-mail-left-wait = Po kilku minutach nic nie przyszło? Sprawdź niechcianą pocztę albo poproś o odnośnik administratora swojej przestrzeni roboczej.
doors-back = Wróć do logowania
doors-new-password = Wybierz nowe hasło
doors-new-password-why = We wszystkich przeglądarkach, w których jesteś zalogowany, nastąpi wylogowanie.
# Letters of the program itself.
letter-greeting = Dzień dobry, { $name }!
letter-entry-subject = Twój odnośnik do logowania: { $workspace }
letter-entry = Ten odnośnik zaloguje Cię do przestrzeni { $workspace }. Działa raz, w ciągu jednego dnia.
letter-reset-subject = Wybierz nowe hasło: { $workspace }
letter-reset = Tym odnośnikiem wybierzesz nowe hasło do przestrzeni { $workspace }. Działa raz, w ciągu jednej godziny.
letter-not-you = Jeśli to nie Twoja prośba, nie musisz nic robić: bez tego odnośnika nikt nie wejdzie.
# Acts in the audit trail, and the entry in the settings.
audit-act-password-changed = Zmieniono hasło
audit-act-second-step-on = Włączono drugi krok logowania
audit-act-second-step-off = Wyłączono drugi krok logowania
audit-act-recovery-code-used = Użyto kodu odzyskiwania
settings-security = Bezpieczeństwo
settings-security-hint = Hasło, drugi krok i miejsca, w których jesteś zalogowany
# Passkeys.
doors-passkey = Zaloguj się kluczem dostępu
doors-passkey-refused = Ten klucz dostępu nie został przyjęty
doors-failure-too-many = Zbyt wiele prób; odczekaj chwilę
security-passkeys = Klucze dostępu
security-passkeys-why = Klucz dostępu jest w telefonie, komputerze lub kluczu sprzętowym i otwiera go palec, twarz albo PIN. Nie da się go odgadnąć ani podać na fałszywej stronie.
security-passkey-name = Nazwa
security-passkey-sample = Mój klucz
security-passkey-make = Dodaj klucz dostępu
security-passkey-added = Klucz dostępu został dodany
security-passkey-renamed = Klucz dostępu ma nową nazwę
security-passkey-removed = Klucz dostępu został usunięty
security-passkey-rename = Zapisz nazwę
security-passkey-remove = Usuń klucz dostępu
security-passkey-made = Dodano
security-failure-passkeys = Masz już ten klucz dostępu albo tyle kluczy, ile można mieć
audit-act-passkey-added = Dodano klucz dostępu
audit-act-passkey-removed = Usunięto klucz dostępu
security-providers = Logowanie jednokrotne
security-providers-why = System Twojej firmy może Cię tu wpuszczać. Połącz go raz; potem wystarczy jego słowo.
security-provider-since = Połączono
security-provider-unknown = Jeszcze nie połączono z Tobą
security-provider-link = Połącz
security-provider-unlink = Odłącz
security-provider-linked = { $provider } od teraz Cię wpuszcza
security-provider-unlinked = { $provider } już Cię nie wpuszcza
security-provider-taken = { $provider } zna pod tą tożsamością kogoś innego albo Ciebie pod inną. Nic nie połączono.
