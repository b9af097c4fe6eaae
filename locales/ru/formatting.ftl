# Writing with formatting.
formatting-switch = Форматирование
formatting-hint = Полужирный, списки, ссылки, картинки
formatting-bar = Форматирование
formatting-bold = Полужирный
formatting-italic = Курсив
formatting-link = Ссылка
formatting-list = Список
formatting-numbers = Нумерованный список
formatting-quote = Цитата
formatting-code = Код
formatting-address = Адрес ссылки
formatting-link-set = Вставить ссылку
formatting-gone = Форматирование выключено. Включите его снова, и оно вернётся.
command-format = Включить или выключить форматирование
command-format-words = полужирный курсив список ссылка редактор текст
