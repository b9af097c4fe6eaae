table-columns = Столбцы
table-keep = Сохранить
table-usual = Как обычно
table-kept-for-you = Сохраняется для вас на всех устройствах вместе с нынешним порядком списка.
