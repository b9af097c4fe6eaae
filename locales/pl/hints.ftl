# Wskazówki: co klient mówi o tym, jak potraktować zgłoszenie.
hints-renews = odnowienie za { $days }
hints-brings = { $money } rocznie
hints-fell = ocena spadła do { $score }
hints-poor = ocena wynosi { $score }
hints-warned = { $n ->
    [one] { $n } otwarte ostrzeżenie
    [few] { $n } otwarte ostrzeżenia
    [many] { $n } otwartych ostrzeżeń
   *[other] { $n } otwartego ostrzeżenia
}
hints-set = Ustaw priorytet: { $priority }
hints-tell = Notatka do: { $name }
hints-begun = Notatka jest zaczęta: wyślij, gdy będzie gotowa
hints-known = Opiekun klienta już wie
hints-health = Kondycja klienta: { $band }, { $score }
