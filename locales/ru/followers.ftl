# Followers and mentions: who wants to know how a ticket goes on.
panel-mentions = Упоминания и отслеживаемое
followers-title = Кто следит
followers-follow = Следить
followers-unfollow = Не следить
followers-unfollow-one = Не следить за #{ $number }
followers-begun = Вы следите за этим обращением
followers-ended = Вы больше не следите за этим обращением
followers-mentions = Упоминания
followers-followed = Отслеживаемое
followers-no-mentions = Вас ещё никто не упоминал
followers-no-mentions-text = Здесь появляются заметки, в которых коллега пишет ваше имя после @.
followers-none = Вы ни за чем не следите
followers-none-text = Следите за обращением, чтобы видеть здесь, когда в нём напишут.
followers-no-news = В отслеживаемом ничего нового, и вас никто не упоминал.
followers-new = Новое
followers-names = Кого упомянуть
