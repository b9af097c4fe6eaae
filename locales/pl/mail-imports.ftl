# Importy starej poczty.
mail-imports-new = Wczytaj starą pocztę
mail-imports-empty = Nie wczytano jeszcze starej poczty
mail-imports-empty-text = Wczytaj pocztę, którą firma miała wcześniej: rozmowy staną się zgłoszeniami z własnymi datami. Najpierw widać, co jest w pliku, a wszystko można cofnąć.
mail-imports-mails = Listy
mail-imports-tickets = Zgłoszenia
mail-imports-threads = Rozmowy
mail-imports-size = Rozmiar
mail-imports-mailbox-hint = Do której skrzynki przyszły te listy?
mail-imports-file-hint = Plik mbox, jaki zapisują Thunderbird, Apple Mail i Google Takeout. Nic nie zostanie wczytane, zanim zobaczysz, co w nim jest.
mail-imports-maildir-hint = Maildir albo plik zbyt duży dla przeglądarki wczytuje się na samym serwerze:
mail-imports-failed-text = Import nie może iść dalej. To, co już zrobił, zostaje, dopóki go nie cofniesz.
mail-imports-rate = { $taken } z { $mails } listów, { $read } z { $size }, { $rate } listów na sekundę
mail-imports-megabytes = { $size } MB
mail-imports-found = Co jest w pliku
mail-imports-first = Najstarszy list
mail-imports-last = Najnowszy list
mail-imports-undated = Bez daty
mail-imports-large = Zbyt duże
mail-imports-own-found = Wysłane przez nas
mail-imports-own-none = Nic z adresu, który znamy jako nasz
mail-imports-to = Pozostałe wysłano do
mail-imports-what-happens = Każda rozmowa staje się zgłoszeniem ze swoimi datami. Nikt nie dostaje odpowiedzi, ankiety ani powiadomienia i nie działa żadna reguła. To, co już tu jest, nie zostanie wczytane drugi raz.
mail-imports-open = Które zgłoszenia zostają otwarte?
mail-imports-open-hint = Pozostałe są rozwiązane w chwili ostatniej wiadomości.
mail-imports-open-none = Żadne: wszystkie są rozwiązane
mail-imports-open-days = { $n ->
    [one] Te, w których pisano w ciągu ostatniego { $n } dnia
    [few] Te, w których pisano w ciągu ostatnich { $n } dni
    [many] Te, w których pisano w ciągu ostatnich { $n } dni
   *[other] Te, w których pisano w ciągu ostatnich { $n } dnia
}
mail-imports-own = Inne nasze adresy
mail-imports-own-hint = Skrzynki i agenci są znani. To, co wysłał adres z tej listy, też staje się odpowiedzią; po jednym w wierszu.
mail-imports-machines = Z biuletynów i powiadomień o nieobecności też robić zgłoszenia
mail-imports-machines-hint = W przeciwnym razie są przechowywane i wymienione, ale bez zgłoszeń. Ze spamu i raportów doręczenia nigdy ich nie ma.
mail-imports-report = Co stało się z listami
mail-imports-taken-back = Cofnięte zgłoszenia
mail-imports-left-alone = Zgłoszenia, które zostają
mail-imports-left-text = Ktoś już pracował nad tymi zgłoszeniami. Zostają takie, jakie są.
mail-imports-number = Nr
mail-imports-sent-at = Napisany
mail-imports-outcome = Wynik
mail-imports-state-looking = Przeglądany
mail-imports-state-ready = Gotowy do startu
mail-imports-state-running = Trwa
mail-imports-state-paused = Wstrzymany
mail-imports-state-done = Zakończony
mail-imports-state-failed = Nieudany
mail-imports-state-undoing = Cofany
mail-imports-state-undone = Cofnięty
mail-imports-phase-keeping = Zapisywanie listów
mail-imports-phase-sorting = Szukanie rozmów
mail-imports-phase-placing = Tworzenie zgłoszeń
mail-imports-outcome-waiting = Czeka
mail-imports-outcome-opened = Nowe zgłoszenie
mail-imports-outcome-joined = W zgłoszeniu
mail-imports-outcome-repeated = Już znany
mail-imports-outcome-aside = Zachowany bez zgłoszenia
mail-imports-outcome-refused = Odrzucony
mail-imports-reason-too-large = Większy niż 50 MB
mail-imports-reason-unreadable = Nie dało się go odczytać
mail-imports-failure-mailbox = Wybierz używaną skrzynkę
mail-imports-failure-file = To nie jest plik mbox
mail-imports-failure-empty = W tym pliku nie ma żadnego listu
mail-imports-failure-days = Podaj liczbę dni od 0 do 3650
mail-imports-failure-address = Jeden z adresów nie jest adresem e-mail
mail-imports-failure-past = Dla tego importu jest już na to za późno
