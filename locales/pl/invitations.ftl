# Invitations by mail.
invitations-sent = Zaproszenie wysłane na { $email }
invitations-letter-hint = Zaproszona osoba dostanie wiadomość z linkiem.
invitations-as-link = Pokaż link zamiast tego
invitations-again = Wyślij ponownie pocztą
invitations-accepted = Witamy. Wybierz, jak będziesz się logować
letter-invitation-subject = Zaproszenie do { $workspace }
letter-invitation = { $inviter } zaprasza Cię do pracy w { $workspace }. Ten link wpuści Cię do środka. Działa raz, przez siedem dni.
letter-invitation-unknown = Jeśli się go nie spodziewasz, nic nie trzeba robić.
