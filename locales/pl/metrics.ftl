# Liczby klientów i jak się rozkładają.
metrics-title = Wskaźniki
metrics-about = Liczby każdego klienta, które Tandem ustala sam i na których opiera się kondycja. Każda pokazuje rozkład u wszystkich klientów.
metrics-metric = Wskaźnik
metrics-accounts = Klienci
metrics-quarter = Jedna czwarta poniżej
metrics-median = Mediana
metrics-three-quarters = Trzy czwarte poniżej
metrics-lowest = Najniższe
metrics-highest = Najwyższe
metrics-none = Żaden klient nie ma jeszcze tej liczby
metrics-none-text = Pojawi się, gdy tylko będzie co liczyć.
metrics-spread = Rozkład u klientów
metrics-spread-says = Klientów: { $accounts }; połowa leży między { $low } a { $high }.
metrics-days = { $n ->
    [one] { $n } dzień
    [few] { $n } dni
    [many] { $n } dni
   *[other] { $n } dnia
}
metric-people-experience = Indeks doświadczenia
metric-people-last-touch = Od ostatniego kontaktu
metric-people-next-touch = Do terminu następnego kontaktu
metric-people-contacts = Osoby
metric-people-champions = Sprzymierzeńcy
metric-people-champion-seen = Odkąd nie słychać sprzymierzeńca
metric-people-active-90d = Osoby, o których było słychać w 90 dni
metric-tickets-open = Otwarte zgłoszenia
metric-tickets-urgent = Pilne otwarte zgłoszenia
metric-tickets-oldest-open = Najstarsze otwarte zgłoszenie
metric-tickets-opened-30d = Zgłoszenia z 30 dni
metric-tickets-reopened-90d = Ponownie otwarte w 90 dni
metric-money-mrr = Przychód miesięczny
metric-money-renewal = Do odnowienia
metric-money-overdue-invoices = Przeterminowane faktury
metric-money-overdue-since = Dni od terminu najstarszej niezapłaconej faktury
metric-usage-active-people-7d = Aktywne osoby w 7 dni
metric-usage-active-people-30d = Aktywne osoby w 30 dni
metric-usage-key-actions-30d = Kluczowe działania w 30 dni
metric-usage-depth-30d = Kluczowe działania na aktywną osobę, 30 dni
metric-usage-started = Od początku
metric-usage-first-value = Pierwsza wartość (1 lub 0)
metric-usage-time-to-value = Dni do pierwszej wartości
metric-usage-features-30d = Używane funkcje w 30 dni
metric-usage-change-14d = Aktywne osoby, zmiana w 14 dni
metric-usage-stickiness = Regularność użycia
metric-usage-trend-13w = Aktywne osoby, trend z 13 tygodni (osób na tydzień)
metric-usage-last-used = Od ostatniego użycia
metric-people-last-heard = Od ich ostatniego odezwania się
metric-people-reached-30d = Nasze kontakty z nimi w 30 dni
metric-stages-place = Etap, licząc od pierwszego
metric-stages-since = Na swoim etapie
metric-usage-seats-used = Używane miejsca
metric-surveys-csat = Zadowoleni ze wsparcia (udział 4–5)
metric-surveys-effort = Wysiłek, by uzyskać pomoc, 0–100
metric-surveys-answers-90d = Odpowiedzi po rozwiązaniu, 90 dni
metric-surveys-unhappy-90d = Niskie oceny, 90 dni
metrics-gone = usunięty wskaźnik
