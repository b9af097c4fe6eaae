panel-usage-names = Идентификаторы в продукте
audit-act-usage-name-settled = Выбран клиент идентификатора использования
audit-act-usage-name-unsettled = Выбор клиента идентификатора использования отменён
audit-act-usage-name-left = Идентификатор использования оставлен без клиента
audit-act-usage-name-minded = Идентификатор использования снова ждёт клиента
audit-act-usage-link-ended = Связь идентификаторов использования прервана
audit-act-usage-link-restored = Связь идентификаторов использования восстановлена
usage-settling-what = Группа или человек
usage-settling-first = Впервые
usage-settling-account = Клиент
usage-settling-find = Идентификатор, имя или адрес
usage-settling-span = За период
usage-settling-days = { $n ->
    [one] { $n } день
    [few] { $n } дня
    [many] { $n } дней
   *[other] { $n } дня
}
usage-settling-all-days = Все дни
usage-settling-waiting = Ждут клиента
usage-settling-left = Оставлены без клиента
usage-settling-none-found = Ничего не подходит
usage-settling-none-found-text = Введите другие слова или больше дней.
usage-settling-all = Все, что ждут
usage-settling-choose = Выбрать
usage-settling-leave = Оставить без клиента
usage-settling-mind = Пусть снова ждёт
usage-settling-group = Так не называется ни один клиент
usage-settling-no-contact = Этот пользователь не является контактом
usage-settling-anonymous = В этом браузере никто не входил
usage-settling-shared = В этом браузере входили несколько человек
usage-settling-nowhere = Контакт не относится ни к одному клиенту
usage-settling-several = Человек у нескольких клиентов
usage-settling-other-days = В эти дни человек не был ни у одного клиента
usage-settling-by-place = Человек там или был там
usage-settling-by-number = Так его называет другая система
usage-settling-by-address = У его сайта этот адрес
usage-settling-by-name = У него это название
usage-settling-was-settled = Клиент выбран; посчитанное переходит к нему
usage-settling-was-unsettled = Выбор отменён
usage-settling-was-left = Оставлено без клиента
usage-settling-was-minded = Снова ждёт клиента
usage-settling-make-account = Создать клиента
usage-settling-make-contact = Создать контакт
usage-settling-made-account = Клиент создан
usage-settling-made-contact = Контакт создан
usage-settling-failure-account = Нет единственного клиента с таким названием
usage-settling-failure-unfit = Из анонимного браузера ничего создать нельзя
usage-identity-kind = Что это
usage-identity-id = Идентификатор
usage-identity-root = Относится к
usage-identity-to-root = Человек, который за этим стоит
usage-identity-contact = Контакт
usage-identity-person = Этот человек
usage-identity-ids = { $n ->
    [one] { $n } идентификатор
    [few] { $n } идентификатора
    [many] { $n } идентификаторов
   *[other] { $n } идентификатора
}
usage-identity-many-ids = { $n ->
    [one] { $n } идентификатор или больше
    [few] { $n } идентификатора или больше
    [many] { $n } идентификаторов или больше
   *[other] { $n } идентификатора или больше
}
usage-identity-chosen = Выбрано вручную:
usage-identity-take-back = Отменить выбор
usage-identity-find-account = Другие клиенты, чьё название начинается с
usage-identity-find = Найти
usage-identity-account-hint = Группа отныне так называется у клиента. Для человека выбор действует в те дни, когда клиента не указывает ничто другое.
usage-identity-links = Что с этим связано
usage-identity-links-about = Прерванная связь больше не учитывается, даже если её повторят новые события. Посчитанное распределяется заново; связь можно восстановить.
usage-identity-no-links = Пока с этим ничего не связано.
usage-identity-heard = Откуда это известно
usage-identity-actions = Действия
usage-identity-ended = Прервана
usage-identity-ended-by = кем: { $name }
usage-identity-holds = Учитывается
usage-identity-end = Прервать связь
usage-identity-restore = Восстановить
usage-identity-was-ended = Связь прервана; посчитанное распределяется заново
usage-identity-was-restored = Связь снова учитывается
usage-identity-spread = Идентификаторы, распределённые заново
usage-identity-unknown = Продукт пока не знает этого контакта ни по одному идентификатору.
usage-identity-by-identify = Пользователь вошёл в этом браузере
usage-identity-by-alias = Один идентификатор назван другим
usage-identity-by-group = Продукт сообщает, кто в группе
usage-identity-by-event = Оба были в одном событии
usage-identity-by-number = У контакта этот идентификатор
usage-identity-by-address = Адрес принадлежит контакту
usage-identity-failure-link = Такой связи нет
