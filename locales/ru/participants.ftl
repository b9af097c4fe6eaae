# Participants: who else gets the answers of a ticket.
participants-title = Получатели
participants-nobody = Это никому не уйдёт почтой: адрес неизвестен.
participants-to = Кому
participants-cc = Копия
participants-add = Отправить ещё кому-то
participants-add-to = Добавить в «Кому»
participants-add-cc = Добавить в копию
participants-address = Адрес
participants-remove = Больше не отправлять на { $address }
participants-suggested = Был в последнем письме или писал в объединённом обращении; нажмите, чтобы добавить в копию
participants-added = Ответы идут и на { $address }
participants-removed = Ответы больше не идут на { $address }
participants-failure-address = Адрес вида anna@example.com, но не наш почтовый ящик
participants-failure-many = Ответ идёт не более чем на 20 адресов
participants-withheld = Новейшее письмо просит отвечать на { $addresses }, но ничто не подтверждает, что оно действительно от отправителя. Ответы туда не идут.
