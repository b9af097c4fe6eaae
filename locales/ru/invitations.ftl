# Invitations by mail.
invitations-sent = Приглашение отправлено на { $email }
invitations-letter-hint = Приглашённый получит письмо со ссылкой.
invitations-as-link = Показать ссылку вместо письма
invitations-again = Отправить ещё раз по почте
invitations-accepted = Добро пожаловать. Выберите, как вы будете входить
letter-invitation-subject = Приглашение в { $workspace }
letter-invitation = { $inviter } приглашает вас работать в { $workspace }. Эта ссылка впустит вас. Она работает один раз в течение семи дней.
letter-invitation-unknown = Если вы его не ждали, ничего делать не нужно.
