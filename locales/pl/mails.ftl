# Listy.
mails-all = Wszystkie
mails-states = Listy według stanu
mails-empty = Nie ma tu listów
mails-empty-text = Co przychodzi do skrzynek, jest tutaj wraz z tym, co się z tym stało.
mails-subject = Temat
mails-no-subject = (bez tematu)
mails-from = Od
mails-state = Stan
mails-mailbox = Skrzynka
mails-ticket = Zgłoszenie
mails-arrived = Nadszedł
mails-stored = Zapisany
mails-size = Rozmiar
mails-kilobytes = { $size } kB
mails-identity = Nadawca
mails-identity-authenticated = Potwierdzony
mails-identity-denied = Jego domena zaprzecza
mails-identity-unknown = Niepotwierdzony
mails-nature = Napisany przez
mails-nature-person = Człowieka
mails-nature-auto-reply = Automat, który odpowiada
mails-nature-out-of-office = Automat, bo ktoś jest nieobecny
mails-nature-bulk = Automat, do wielu naraz
mails-nature-list = Listę dyskusyjną
mails-nature-delivery-report = Serwer poczty
mails-nature-read-receipt = Automat, bo list otwarto
mails-nature-calendar = Kalendarz
mails-nature-challenge = Automat, który żąda dowodu
mails-nature-complaint = Dostawcę, bo ktoś się poskarżył
mails-nature-machine = Automat
mails-last-success = Ostatnio przeczytana do końca
mails-backlog = Czeka na przeczytanie
mails-held = Wstrzymane
mails-failed = Nie dało się przeczytać
mails-health-good = Działa
mails-health-trouble = Nie działa
mails-health-new = Jeszcze nieczytana
mails-health-handed = Gotowa
mails-health-none = Nic nie przyjmuje
mails-state-stored = Czeka
mails-state-stored-why = Jest zachowany i zaraz zostanie przeczytany.
mails-state-placed = W zgłoszeniu
mails-state-suspended = Wstrzymany
mails-state-suspended-why = Czeka, aż ktoś zdecyduje.
mails-state-failed = Nieudany
mails-state-failed-why = Nie dało się go przeczytać. Jest zachowany tak, jak przyszedł; innych nie wstrzymuje.
mails-state-repeated = Powtórzony
mails-state-repeated-why = Ten sam list już przyszedł. Jest jedną wiadomością.
mails-state-blocked = Odłożony
mails-state-blocked-why = Ktoś zdecydował, że nie będzie z niego zgłoszenia.
mails-cause-spam = Spam
mails-cause-spam-why = Serwer, który go przyjął, uważa go za spam.
mails-cause-blocked-sender = Zablokowany nadawca
mails-cause-blocked-sender-why = Ktoś zdecydował, że listy tego nadawcy są wstrzymywane.
mails-cause-denied = Zaprzeczony nadawca
mails-cause-denied-why = Domena nadawcy mówi, że nie wysłała tego listu.
mails-cause-loop = Pętla
mails-cause-loop-why = To nasz własny list albo list z naszego adresu.
mails-cause-delivery-failure = Niedoręczenie
mails-cause-delivery-failure-why = Mówi, że listu nie dało się doręczyć.
mails-cause-complaint = Skarga
mails-cause-complaint-why = Ktoś oznaczył nasz list jako spam.
mails-cause-vacation = Nieobecność
mails-cause-vacation-why = Ktoś jest nieobecny, a list nie odpowiada na nic, co znamy.
mails-cause-automatic = Automatyczny
mails-cause-automatic-why = Napisał go automat i nie odpowiada na nic, co znamy.
mails-cause-bulk = Masowy
mails-cause-bulk-why = Wysłano go do wielu naraz.
mails-cause-blank = Pusty
mails-cause-blank-why = Nie ma tematu, tekstu ani plików.
mails-cause-too-many = Za dużo
mails-cause-too-many-why = Jego nadawca otworzył zbyt wiele zgłoszeń w ciągu godziny.
mails-cause-too-large = Za duży
mails-cause-too-large-why = Jest większy niż to, co przyjmujemy. Wciąż leży w skrzynce na serwerze.
mails-verdict-blocked = Zablokowany
mails-verdict-trusted = Zaufany
mails-why-first = Nie odpowiada na nic, co znamy, więc otworzył zgłoszenie.
mails-clue-reply-address = Wysłano go na adres odpowiedzi tego zgłoszenia.
mails-clue-own-in-reply-to = Odpowiada na list, który wysłaliśmy z tego zgłoszenia.
mails-clue-own-reference = W jego wątku jest list, który wysłaliśmy z tego zgłoszenia.
mails-clue-known-in-reply-to = Odpowiada na list, który jest w tym zgłoszeniu.
mails-clue-known-reference = W jego wątku jest list z tego zgłoszenia.
mails-clue-subject-tag = W jego temacie jest podpisany znak tego zgłoszenia.
mails-stranger = Jego nadawca nie brał wcześniej udziału w tym zgłoszeniu.
mails-release = Przepuść
mails-release-ever = Zawsze przepuszczaj tego nadawcę
mails-block = Odłóż
mails-block-ever = Zablokuj tego nadawcę
mails-unblock = Cofnij
mails-reread = Przeczytaj ponownie
mails-look = Tak jak go wysłano
mails-look-hint = Nic się w nim nie uruchamia i niczego nie pobiera się z innych serwerów.
mails-look-alone = Otwórz osobno
mails-look-more = O tej wiadomości
mails-rest = Pokaż cytowany tekst
mails-rest-none = Nic więcej w nim nie ma.
mails-raw = Pobierz tak, jak przyszedł
mails-was-released = List został przepuszczony
mails-was-blocked = List został odłożony
mails-was-unblocked = List znów czeka na decyzję
mails-is-reread = List jest czytany ponownie
mails-failure-decided = O tym liście nikt już nie musi decydować
mails-failure-not-kept = Nie ma treści tego listu: był za duży, by go zachować
mails-identifier = Identyfikator
panel-mailboxes = Skrzynki pocztowe
mails-not-read = Nie można czytać skrzynki „{ $name }”
mails-count-failed = { $count ->
    [one] Nie dało się przeczytać { $count } listu
    [few] Nie dało się przeczytać { $count } listów
    [many] Nie dało się przeczytać { $count } listów
   *[other] Nie dało się przeczytać { $count } listu
}
mails-count-held = { $count ->
    [one] Wstrzymano { $count } list
    [few] Wstrzymano { $count } listy
    [many] Wstrzymano { $count } listów
   *[other] Wstrzymano { $count } listu
}
mails-state-told = Raport
mails-state-told-why = Mówił, co się stało z naszym listem; widać to przy nim.
mails-failure-not-read = Ta skrzynka nie jest czytana z serwera
mails-health-silent = Zbyt długa cisza
mails-lag = Ostatni mail szedł
mails-lag-waiting = { $took }; najstarszy czeka { $waits }
mails-reconcile = Porównaj z serwerem
mails-reconcile-begun = Skrzynka jest porównywana z serwerem
mails-reconcile-running = Trwa porównywanie z serwerem
mails-reconcile-progress = Pobrano
mails-reconcile-good = Wszystko, co jest na serwerze, jest i tutaj
mails-reconcile-fetched = Pobrano, czego brakowało: { $n }
mails-reconcile-failed = Porównanie przerwano: { $why }
mails-reconcile-no-folder = Serwer nie ma takiego folderu
mails-reconcile-on-server = na serwerze: { $n }
mails-reconcile-known = tutaj: { $n }
mails-reconcile-renumbered = tutaj, tam pod innym numerem: { $n }
mails-reconcile-moved = tutaj, tam przeniesione z innego folderu: { $n }
mails-reconcile-older = sprzed połączenia skrzynki: { $n }
mails-reconcile-missing = brakowało: { $n }
mails-reconcile-gone = zachowane tutaj, tam już nie ma: { $n }
mails-alarm-subject = Skrzynka „{ $name }” wymaga uwagi
mails-alarm-silent = Skrzynka „{ $name }” nie jest czytana od pół godziny
mails-alarm-silent-remedy = Poczta czeka na serwerze i zostanie przeczytana, gdy skrzynka znów się otworzy. Strona poczty mówi, co jest nie tak.
mails-alarm-sign-in-again = Dostawca zakończył dostęp do skrzynki „{ $name }”
mails-alarm-sign-in-again-remedy = Nic nie jest czytane ani wysyłane, dopóki ktoś nie zaloguje się ponownie na stronie skrzynki. Nic nie ginie.
mails-alarm-sign-in-fails = Logowania skrzynki „{ $name }” nie da się odnowić od wczoraj
mails-alarm-sign-in-fails-remedy = Strona skrzynki mówi, co odpowiada dostawca.
mails-alarm-sign-in-dies = Logowanie skrzynki „{ $name }” wygaśnie w ciągu trzech dni
mails-alarm-sign-in-dies-remedy = Zaloguj się przedtem ponownie na stronie skrzynki.
mails-alarm-secret-dies = Wygasa sekret klienta, którym loguje się skrzynka „{ $name }”
mails-alarm-secret-dies-remedy = Utwórz nowy u dostawcy i wpisz go w ustawieniach dostawców poczty.
mails-state-old = Stary, czeka
mails-state-old-why = To stara poczta; import jeszcze do niej nie doszedł.
mails-state-aside = Stary, bez zgłoszenia
mails-state-aside-why = To stara poczta od automatu albo spam. Jest przechowywana, zgłoszenia z niej nie ma.
mails-clue-sent = Wysłał go ktoś z nas; przyszedł ze starą pocztą.
mails-images-show = Pokaż obrazy
mails-images-hide = Ukryj obrazy
mails-images-shown = Obrazy pobrał ten serwer; ich właściciel nie widzi, kto czyta.
mails-images-waiting = { $n ->
    [one] Nie wczytano { $n } obrazu z innego serwera.
    [few] Nie wczytano { $n } obrazów z innych serwerów.
    [many] Nie wczytano { $n } obrazów z innych serwerów.
   *[other] Nie wczytano { $n } obrazu z innych serwerów.
}
mails-images-telling = { $n ->
    [one] { $n } obraz mówiłby tylko nadawcy, że to czytasz. Nigdy nie jest wczytywany.
    [few] { $n } obrazy mówiłyby tylko nadawcy, że to czytasz. Nigdy nie są wczytywane.
    [many] { $n } obrazów mówiłoby tylko nadawcy, że to czytasz. Nigdy nie są wczytywane.
   *[other] { $n } obrazu mówiłoby tylko nadawcy, że to czytasz. Nigdy nie są wczytywane.
}
mails-images-ever = Zawsze od tego nadawcy
mails-images-ever-end = Już nie zawsze
mails-images-ever-on = Obrazy od tego nadawcy są zawsze pokazywane
mails-images-ever-off = Obrazy od tego nadawcy są pokazywane na życzenie
mails-odd = Co było w niej nietypowe
mails-odd-too-large = Wiadomość jest bardzo duża; odczytano tylko jej początek.
mails-odd-too-many-parts = Ma zbyt wiele części; reszta jest jednym niepodzielonym plikiem.
mails-odd-too-deep = Jej części są zbyt głęboko zagnieżdżone; najgłębsze są jednym niepodzielonym plikiem.
mails-odd-too-many-fields = Ma zbyt wiele pól nagłówka; nie wszystkie zachowano.
mails-odd-field-too-long = Pole nagłówka jest zbyt długie i zostało skrócone.
mails-odd-too-much-work = Odczytanie całości trwałoby zbyt długo; nie wszystko obejrzano.
mails-odd-body-too-long = Tekst jest zbyt długi i został skrócony.
mails-odd-no-fields = Nie ma nagłówka.
mails-odd-no-message-id = Nie ma Message-ID.
mails-odd-odd-message-id = Jej Message-ID nie nadaje się do użytku.
mails-odd-no-from = Nie podaje, kto ją wysłał.
mails-odd-many-from = Podaje więcej niż jednego nadawcę.
mails-odd-no-recipients = Nie podaje, do kogo ją wysłano.
mails-odd-no-subject = Nie ma tematu.
mails-odd-no-date = Nie ma daty.
mails-odd-odd-date = Jej daty nie da się odczytać.
mails-odd-future-date = Jej data leży w przyszłości; liczy się chwila nadejścia.
mails-odd-no-body = Nie ma tekstu.
mails-odd-no-boundary = Nie da się rozdzielić jej części, więc niektórych może tu brakować.
mails-odd-unclosed = Kończy się zbyt wcześnie: część mogła zginąć po drodze.
mails-odd-odd-encoding = Coś jest w niej źle zakodowane; to, co dało się odczytać, jest tutaj.
mails-odd-unknown-encoding = Coś jest w niej zakodowane w nieznany sposób.
mails-odd-unknown-charset = Jej zestaw znaków jest nieznany i został odgadnięty.
mails-odd-wrong-charset = Jej tekst nie jest w zestawie znaków, który podaje.
mails-odd-unlabelled-charset = Nie podaje zestawu znaków; został odgadnięty.
mails-odd-undecodable-text = Nie wszystkie litery dało się odczytać.
mails-odd-nul-bytes = Miała puste znaki, które usunięto.
mails-odd-unsafe-file-name = Nazwę pliku zmieniono, żeby była bezpieczna.
mails-odd-unreadable-tnef = Nie udało się otworzyć winmail.dat.
mails-odd-odd-html = Nie udało się rozebrać jej HTML; tekst nie ma swojego układu.
mails-odd-odd-field = Nie udało się odczytać pola nagłówka.
mails-odd-message-too-long = Słów jest więcej, niż mieści wiadomość w zgłoszeniu; zostały skrócone.
mails-odd-too-many-files = Niesie więcej plików, niż może mieć wiadomość; pozostałe są w surowej poczcie.
mails-state-known = Nasz własny
mails-state-known-why = To kopia naszego listu; odpowiedź widać w zgłoszeniu.
mails-state-kept = Wysłany, bez zgłoszenia
mails-state-kept-why = Wysłał go ktoś z nas z innego programu pocztowego i nie należy do żadnego zgłoszenia.
mails-clue-sent-elsewhere = Wysłał go ktoś z nas z innego programu pocztowego.
mails-cause-agent-unverified = Niepotwierdzony agent
mails-cause-agent-unverified-why = Odpowiada na list do agenta, a nic nie wskazuje, że jest od niego, nie wolno mu odpowiadać albo minął na to czas. Dla skrzynek czytanych z serwera ich strona mówi, czyim sprawdzeniom nadawców się wierzy.
mails-clue-agent-answer = Agent odpowiedział ze swojego programu pocztowego.
notices-about = Listy do Ciebie o zgłoszeniach. Nie dostajesz żadnych, dopóki czegoś nie wybierzesz.
notices-no-post = Ta instalacja nie ma serwera poczty, więc żaden list z niej nie wychodzi.
notices-assigned = Zgłoszenie staje się moje
notices-heard = Klient pisze w moim zgłoszeniu
notices-mentioned = Notatka mnie wymienia
notices-followed = Ktoś pisze w zgłoszeniu, które obserwuję
notices-answers = Gdy skrzynka zgłoszenia przyjmuje podpisane adresy, na taki list można odpowiedzieć z dowolnego programu: odpowiedź idzie do klienta. Z #note w pierwszym wierszu jest notatką; odpowiedź na notatkę także.
notices-save = Zapisz
notices-were-chosen = Wybór jest zapisany
notices-letter-subject = Zgłoszenie #{ $number }: { $subject }
notices-letter-assigned = Zgłoszenie #{ $number } jest teraz Twoje.
notices-letter-heard = Klient napisał w Twoim zgłoszeniu #{ $number }.
notices-letter-mentioned = Notatka w zgłoszeniu #{ $number } wymienia Ciebie.
notices-letter-followed = Ktoś napisał w zgłoszeniu #{ $number }, które obserwujesz.
notices-letter-answer = Odpowiedz na ten list, aby odpowiedzieć klientowi. Z #note w pierwszym wierszu będzie to notatka, którą widzą tylko współpracownicy.
notices-letter-answer-note = Odpowiedz na ten list, aby napisać notatkę, którą widzą tylko współpracownicy.
notices-letter-no-answer = Nikt nie czyta odpowiedzi na ten list; otwórz zgłoszenie, aby w nim napisać.
notices-letter-off = O czym dostajesz listy: { $address }
mails-replay = Odczytaj ponownie całą zapisaną pocztę
mails-replay-all = Odczytaj ponownie pocztę wszystkich skrzynek
mails-replay-begun = Zapisana poczta jest odczytywana ponownie
mails-replay-all-begun = Zapisana poczta wszystkich skrzynek jest odczytywana ponownie
mails-replay-running = Trwa ponowne odczytywanie zapisanej poczty
mails-replay-paused = Ponowne odczytywanie jest wstrzymane
mails-replay-done = Zapisaną pocztę odczytano ponownie
mails-replay-cancelled = Ponowne odczytywanie przerwano; to, co odczytano, zostaje
mails-replay-progress = Odczytano ponownie
mails-replay-changed = mówi teraz co innego: { $n }
mails-replay-unread = nie dało się odczytać: { $n }
mails-replay-end = Przerwij
mails-replay-was-paused = Ponowne odczytywanie jest wstrzymane
mails-replay-goes-on = Ponowne odczytywanie trwa dalej
mails-replay-was-cancelled = Ponowne odczytywanie przerwano
mails-failure-no-replay = W tej skrzynce nic nie jest odczytywane ponownie albo to już koniec
mails-health-quiet = Wyjątkowo długo nie ma poczty
mails-health-nothing = Jeszcze nic nie przyszło
mails-last-received = Ostatnia wiadomość przyszła
mails-alarm-quiet = Do skrzynki „{ $name }” wyjątkowo długo nie przychodzi poczta
mails-alarm-quiet-remedy = Pocztę przekazuje inny serwer. Sprawdź, czy przekazywanie nadal tam działa, i wyślij na ten adres próbną wiadomość.
mails-senders = Zapamiętani nadawcy
mails-senders-about = Poczta z tych adresów i domen jest zatrzymywana albo przepuszczana. Zaufany nadawca jest przepuszczany tylko wtedy, gdy wiadomość potwierdza, że jest jego.
mails-senders-sender = Nadawca
mails-senders-hint = Adres albo @ i domena dla wszystkich jej adresów.
mails-senders-block = Zatrzymuj ich pocztę
mails-senders-trust = Przepuszczaj ich pocztę
mails-senders-empty = Jeszcze nikogo
mails-senders-empty-text = Tu są decyzje o nadawcach, także te podjęte przy pojedynczych wiadomościach.
mails-senders-verdict = Decyzja
mails-senders-by = Kto zdecydował
mails-senders-at = Kiedy
mails-senders-remove = Cofnij
mails-senders-decided = Decyzja o tym nadawcy obowiązuje od teraz
mails-senders-removed = Decyzja o tym nadawcy jest cofnięta
mails-failure-bad-sender = Nadawca to adres, na przykład ida@example.com, albo domena, na przykład @example.com
mails-chosen = Wybrane wiadomości:
mails-choose = Wybierz tę wiadomość
mails-were-released = { $n ->
    [one] Przepuszczono { $n } wiadomość
    [few] Przepuszczono { $n } wiadomości
    [many] Przepuszczono { $n } wiadomości
   *[other] Przepuszczono { $n } wiadomości
}
mails-were-blocked = { $n ->
    [one] Odłożono { $n } wiadomość
    [few] Odłożono { $n } wiadomości
    [many] Odłożono { $n } wiadomości
   *[other] Odłożono { $n } wiadomości
}
mails-were-unblocked = { $n ->
    [one] { $n } wiadomość znów czeka na decyzję
    [few] { $n } wiadomości znów czekają na decyzję
    [many] { $n } wiadomości znów czeka na decyzję
   *[other] { $n } wiadomości znów czeka na decyzję
}
mails-state-deleted = Wyrzucony
mails-state-deleted-why = Ktoś go wyrzucił. Przez 30 dni można to cofnąć, potem jego treść znika.
mails-cause-backscatter = Cudze zwroty
mails-cause-backscatter-why = Mówi, że nie dało się doręczyć listu, który nigdy nie był nasz: ktoś pisze w naszym imieniu.
mails-causes = Wstrzymane listy według przyczyny
mails-causes-all = Wszystkie przyczyny
mails-delete = Wyrzuć
mails-was-deleted = List jest wyrzucony
mails-were-deleted = { $n ->
    [one] Wyrzucono { $n } wiadomość
    [few] Wyrzucono { $n } wiadomości
    [many] Wyrzucono { $n } wiadomości
   *[other] Wyrzucono { $n } wiadomości
}
mails-large = Za duże
mails-large-fetch = Pobierz mimo to
mails-large-coming = List jest pobierany z serwera
mails-large-gone = Listu nie ma już na jego miejscu na serwerze
mails-large-too-large = List jest większy niż to, co pobieramy nawet na życzenie
mails-failure-too-large = List ma ponad 150 MB i można go przeczytać tylko w jego skrzynce
mails-failure-too-many = Naraz można zdecydować najwyżej o 50 listach
mails-cause-stranger = Obcy
mails-cause-stranger-why = Prowadzi do zgłoszenia, w którym jego nadawca nie bierze udziału, a jego skrzynka wstrzymuje takie listy.
mails-cause-unverified = Niepotwierdzony nadawca
mails-cause-unverified-why = Jego nadawca nie przechodzi sprawdzeń swojej domeny, nic innego nie wskazuje, że list jest od niego, a jego skrzynka wstrzymuje takie listy.
mails-clue-apart = Odpowiada na coś w innym zgłoszeniu, w którym jego nadawca nie bierze udziału, więc otworzył własne.
mails-verdict-excused = Zwolniony ze sprawdzeń
mails-senders-excuse = Przepuszczaj ich pocztę bez potwierdzenia
