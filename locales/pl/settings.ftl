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
