# Свои клиенты: кому нужна помощь, что продлевается, что изменилось.
panel-needs = Кому я нужен
panel-renewals = Продления в ближайшие 90 дней
panel-changes = Изменения с прошлого просмотра
book-and-alerts = { $n ->
    [one] и ещё { $n }
    [few] и ещё { $n }
    [many] и ещё { $n }
   *[other] и ещё { $n }
}
book-late = { $title }, срок { $day }
book-untouched = Никто не связался до { $day }
book-nobody-needs = Сейчас вы никому не нужны.
book-open-book = Посмотреть всех своих клиентов
book-show-needs = { $n ->
    [one] Показать { $n } клиента
    [few] Показать всех { $n } клиентов
    [many] Показать всех { $n } клиентов
   *[other] Показать всех { $n } клиента
}
book-no-renewals = В эти дни ничего не продлевается.
book-open-renewals = Открыть календарь продлений
book-renews = Продление
book-confidence = Уверенность
book-sum = Всего
book-everybodys = Показать у всех
book-mine = Показать только мои
book-show-renewals = Показать все
book-last-week = За последние 7 дней
book-since = С
book-nothing-changed = У ваших клиентов ничего не изменилось.
book-see = Отметить просмотренным
book-show-changes = { $n ->
    [one] Показать { $n } изменение
    [few] Показать все { $n } изменения
    [many] Показать все { $n } изменений
   *[other] Показать все { $n } изменения
}
book-banded = { $now } ({ $score }), было: { $then }
book-eased = { $title }: причина исчезла
book-reopened = Решённое обращение вернулось
book-moved = Теперь на этапе { $stage }
book-was-seen = Отмечено просмотренным
book-was-unseen = Снова показано как новое
book-failure-until = Укажите, до какого момента, в микросекундах с 1970 года
book-failure-superseded = С тех пор отметили что-то другое
