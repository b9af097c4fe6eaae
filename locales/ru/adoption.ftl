# Какими функциями пользуются клиенты.
nav-features = Использование функций
adoption-title = Использование функций
adoption-window = За сколько дней
adoption-days = { $n ->
    [one] { $n } день
    [few] { $n } дня
    [many] { $n } дней
   *[other] { $n } дня
}
adoption-active = Активные клиенты
adoption-as-of = Посчитано по состоянию на { $at }.
adoption-not-yet = Пока ничего не посчитано. Первые числа появятся через несколько минут.
adoption-feature = Функция
adoption-accounts = Клиенты
adoption-people = Люди
adoption-events = События
adoption-before = События раньше
adoption-weeks = 13 недель
adoption-line = Клиентов в неделю за 13 недель, от { $from } до { $to }
adoption-course = Клиенты, которые ею пользуются, по неделям
adoption-first = Впервые
adoption-last = Последний раз
adoption-share = Из активных людей
adoption-call = Вид
adoption-call-track = Событие
adoption-call-page = Страница
adoption-call-screen = Экран
adoption-mark = Выделяется
adoption-new = Новая
adoption-dropped = Спад
adoption-segment = Сегмент
adoption-all = Все функции
adoption-all-accounts = Все клиенты
adoption-empty = Функций пока не видно
adoption-empty-text = Здесь появятся все события, страницы и экраны, которые присылает ваш продукт, и клиенты, которые ими пользуются.
adoption-connect = Подключить источник
adoption-none = Такой функции нет
adoption-none-text = Спросите о меньшем или посмотрите все функции.
adoption-quiet = В эти дни ничем не пользовались.
adoption-who = Клиенты по использованию
adoption-account = Клиент
adoption-used = Пользуются
adoption-stopped = Перестали
adoption-never = Не пользовались
adoption-nobody = Клиентов здесь нет
adoption-nobody-used = В эти дни ею никто не пользовался.
adoption-nobody-stopped = Кто пользовался раньше, пользуется и сейчас.
adoption-nobody-never = Ею пользовался каждый активный клиент.
usage-account-course = Событий в неделю за 13 недель, от { $from } до { $to }
usage-account-seats = Занято мест: { $used } из { $seats }
panel-contact-usage = Использование
usage-contact-ids = { $n ->
    [one] известен под { $n } id
    [few] известен под { $n } id
    [many] известен под { $n } id
   *[other] известен под { $n } id
}
usage-contact-devices = { $n ->
    [one] { $n } устройство
    [few] { $n } устройства
    [many] { $n } устройств
   *[other] { $n } устройства
}
usage-contact-quiet = За последние 30 дней ничем не пользовались.
usage-contact-empty = В продукте пока не видно
usage-contact-empty-text = Действия появятся здесь, как только продукт назовёт этого человека по адресу или одному из его id.
