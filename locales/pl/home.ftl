home-greeting = Dzień dobry, { $name }
home-open-accounts = Otwarci klienci
home-nothing-yet = Jeszcze nic się nie wydarzyło
home-nothing-yet-text = Tu od razu widać, co robi Twój zespół.
home-imported = { $n ->
    [one] Import przyniósł { $n } klienta
    [few] Import przyniósł { $n } klientów
    [many] Import przyniósł { $n } klientów
   *[other] Import przyniósł { $n } klienta
}
