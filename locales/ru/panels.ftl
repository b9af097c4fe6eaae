panel-checklist = Подготовка
panel-accounts = Клиенты
panel-newest = Новое
panel-failed = Фоновая работа
panel-history = Что произошло
panels-open = Открыть «{ $panel }»
panels-trouble = Эту часть не удалось загрузить. Остальная страница работает.
panels-again = Попробовать снова
