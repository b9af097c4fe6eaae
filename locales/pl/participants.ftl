# Participants: who else gets the answers of a ticket.
participants-title = Odbiorcy
participants-nobody = To nie trafi do nikogo pocztą: nie znamy adresu.
participants-to = Do
participants-cc = DW
participants-add = Wyślij też do kogoś innego
participants-add-to = Dodaj do Do
participants-add-cc = Dodaj do DW
participants-address = Adres
participants-remove = Nie wysyłaj więcej do { $address }
participants-suggested = Był w najnowszym mailu lub pytał w scalonym zgłoszeniu; naciśnij, aby dodać jako kopię
participants-added = Odpowiedzi trafiają też do { $address }
participants-removed = Odpowiedzi nie trafiają już do { $address }
participants-failure-address = Adres taki jak anna@example.com, nie jedna z naszych skrzynek
participants-failure-many = Odpowiedź trafia do najwyżej 20 adresów
participants-withheld = Najnowsza wiadomość prosi o odpowiedzi na { $addresses }, ale nic nie potwierdza, że naprawdę jest od nadawcy. Odpowiedzi tam nie idą.
