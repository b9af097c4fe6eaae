# Импорт старой почты.
mail-imports-new = Загрузить старую почту
mail-imports-empty = Старую почту ещё не загружали
mail-imports-empty-text = Загрузите почту, которая была у компании раньше: переписки станут обращениями со своими датами. Сначала видно, что в файле, и всё можно отменить.
mail-imports-mails = Письма
mail-imports-tickets = Обращения
mail-imports-threads = Переписки
mail-imports-size = Размер
mail-imports-mailbox-hint = В какой ящик приходили эти письма?
mail-imports-file-hint = Файл mbox, какой пишут Thunderbird, Apple Mail и Google Takeout. Ничего не загружается, пока вы не увидите, что в нём.
mail-imports-maildir-hint = Maildir или файл, слишком большой для браузера, загружают на самом сервере:
mail-imports-failed-text = Импорт не может продолжаться. Сделанное остаётся, пока вы его не отмените.
mail-imports-rate = { $taken } из { $mails } писем, { $read } из { $size }, { $rate } писем в секунду
mail-imports-megabytes = { $size } МБ
mail-imports-found = Что в файле
mail-imports-first = Самое старое письмо
mail-imports-last = Самое новое письмо
mail-imports-undated = Без даты
mail-imports-large = Слишком большие
mail-imports-own-found = Отправлено нами
mail-imports-own-none = Ничего с адресов, известных как наши
mail-imports-to = Остальные отправлены на
mail-imports-what-happens = Каждая переписка становится обращением со своими датами. Никому не уходят ответы, опросы и уведомления, правила не срабатывают. То, что здесь уже есть, второй раз не загружается.
mail-imports-open = Какие обращения остаются открытыми?
mail-imports-open-hint = Остальные решены в момент последнего сообщения.
mail-imports-open-none = Никакие: все решены
mail-imports-open-days = { $n ->
    [one] Где писали за последний { $n } день
    [few] Где писали за последние { $n } дня
    [many] Где писали за последние { $n } дней
   *[other] Где писали за последние { $n } дня
}
mail-imports-own = Другие наши адреса
mail-imports-own-hint = Ящики и агенты известны. Отправленное с адреса из этого списка тоже станет ответом; по одному в строке.
mail-imports-machines = Рассылки и уведомления об отсутствии тоже становятся обращениями
mail-imports-machines-hint = Иначе они хранятся и перечислены, но обращений из них нет. Из спама и отчётов о доставке их нет никогда.
mail-imports-report = Что стало с письмами
mail-imports-taken-back = Отменённые обращения
mail-imports-left-alone = Обращения, которые остаются
mail-imports-left-text = С этими обращениями уже кто-то работал. Они остаются как есть.
mail-imports-number = №
mail-imports-sent-at = Написано
mail-imports-outcome = Итог
mail-imports-state-looking = Просматривается
mail-imports-state-ready = Готов к началу
mail-imports-state-running = Идёт
mail-imports-state-paused = Приостановлен
mail-imports-state-done = Готово
mail-imports-state-failed = Не удался
mail-imports-state-undoing = Отменяется
mail-imports-state-undone = Отменён
mail-imports-phase-keeping = Письма сохраняются
mail-imports-phase-sorting = Переписки определяются
mail-imports-phase-placing = Обращения создаются
mail-imports-outcome-waiting = Ждёт
mail-imports-outcome-opened = Новое обращение
mail-imports-outcome-joined = В обращении
mail-imports-outcome-repeated = Уже известно
mail-imports-outcome-aside = Хранится без обращения
mail-imports-outcome-refused = Отклонено
mail-imports-reason-too-large = Больше 50 МБ
mail-imports-reason-unreadable = Его не удалось прочитать
mail-imports-failure-mailbox = Выберите действующий ящик
mail-imports-failure-file = Это не файл mbox
mail-imports-failure-empty = В этом файле нет писем
mail-imports-failure-days = Укажите число дней от 0 до 3650
mail-imports-failure-address = Один из адресов — не адрес почты
mail-imports-failure-past = Для этого импорта уже поздно
