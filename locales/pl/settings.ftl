# Spis ustawień.
settings-group-own = Ty
settings-group-people = Osoby i dostęp
settings-group-operations = Działanie systemu
settings-look = Wygląd i język
settings-look-hint = Motyw, gęstość, język, klawiatura
settings-audit = Dziennik zdarzeń
settings-audit-hint = Kto co zmienił, skąd, przed i po
settings-work = Praca w tle
settings-work-hint = Co działa, czeka lub się nie udało
settings-group-workspace = Przestrzeń robocza
settings-workspace = Nazwa, język, strefa czasowa
settings-workspace-hint = Co obowiązuje, gdy nikt nie wybrał inaczej
settings-hours = Godziny pracy i dni wolne
settings-hours-hint = Kiedy pracuje zespół; według tego liczą się obietnice
settings-samples = Dane przykładowe
settings-samples-hint = Wymyśleni klienci, żeby się rozejrzeć
