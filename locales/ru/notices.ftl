# The bell, its page, and what one is told which way.
notices-title = Уведомления
notices-bell = { $n ->
    [0] Непрочитанных уведомлений нет
    [one] { $n } непрочитанное уведомление
    [few] { $n } непрочитанных уведомления
    [many] { $n } непрочитанных уведомлений
   *[other] { $n } непрочитанного уведомления
}
notices-all = Все
notices-unread = Непрочитанные
notices-filters = Какие уведомления
notices-choose = О чём мне сообщать
notices-read-all = Отметить все прочитанными
notices-read = Отметить прочитанным
notices-none = Уведомлений нет
notices-none-text = То, что вам сообщают об обращениях, хранится здесь тридцать дней.
notices-were-read = { $n ->
    [one] { $n } уведомление прочитано
    [few] { $n } уведомления прочитаны
    [many] { $n } уведомлений прочитано
   *[other] { $n } уведомления прочитано
}
notices-are-unread = { $n ->
    [one] { $n } уведомление снова не прочитано
    [few] { $n } уведомления снова не прочитаны
    [many] { $n } уведомлений снова не прочитано
   *[other] { $n } уведомления снова не прочитано
}
notices-low = Контакт поставил низкую оценку
notices-failed = Письмо клиенту не ушло
notices-letter-low = Контакт поставил низкую оценку в обращении #{ $number }.
notices-letter-failed = Письмо из обращения #{ $number } не ушло.
notices-by-bell = В колокольчике
notices-by-bell-hint = Колокольчик вверху каждой страницы считает то, что вы не прочитали.
notices-by-browser = В этом браузере
notices-by-browser-hint = Их показывает браузер, даже если вы смотрите на другое, пока в нём открыт Tandem.
notices-browser-ask = Разрешить браузеру показывать уведомления
notices-browser-on = Этот браузер их показывает.
notices-browser-denied = Браузер этого не разрешает. Это можно изменить в его настройках для этого сайта.
notices-by-mail = Письмом
