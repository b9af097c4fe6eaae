home-greeting = Dzień dobry, { $name }
home-open-accounts = Otwarci klienci
home-nothing-yet = Jeszcze nic się nie wydarzyło
home-nothing-yet-text = Tu od razu widać, co robi Twój zespół.
