panel-checklist = Pierwsze kroki
panel-accounts = Klienci
panel-newest = Najnowsze
panel-failed = Praca w tle
panel-history = Co się działo
panels-open = Otwórz „{ $panel }”
panels-trouble = Nie udało się wczytać tej części. Reszta strony działa.
panels-again = Spróbuj ponownie
