accounts-title = Клиенты
accounts-new = Новый клиент
accounts-edit = Изменение клиента
accounts-name = Название
accounts-website = Сайт
accounts-website-hint = Например, example.com; можно не заполнять
accounts-state = Состояние
accounts-changed = Изменён
accounts-since = Клиент с
accounts-is-open = Открыт
accounts-is-closed = Закрыт
accounts-open-count = { $n ->
    [one] { $n } открытый клиент
    [few] { $n } открытых клиента
    [many] { $n } открытых клиентов
   *[other] { $n } открытого клиента
}
accounts-empty = Клиентов пока нет
accounts-empty-text = Здесь появятся компании и люди, о которых вы заботитесь, и всё, что с ними происходит.
accounts-save = Сохранить
accounts-cancel = Отмена
accounts-close = Закрыть клиента
accounts-reopen = Открыть снова
accounts-closed-notice = Этот клиент закрыт
accounts-event-added = Клиент добавлен
accounts-event-imported = Пришёл с файлом { $file }
accounts-event-changed = Данные клиента изменены
accounts-event-closed = Клиент закрыт
accounts-event-reopened = Клиент снова открыт
accounts-event-other = Произошло что-то ещё
accounts-failure-name = Название содержит от 1 до 200 знаков
accounts-failure-website = Сайт выглядит как example.com
accounts-failure-stale = Пока вы писали, кто-то изменил этого клиента
accounts-stale-now = Теперь он называется «{ $name }». Сохраните ещё раз, чтобы заменить на ваш текст.
accounts-was-closed = «{ $name }» закрыт
accounts-was-reopened = «{ $name }» снова открыт
accounts-kind = Вид
accounts-kind-company = Компания
accounts-kind-person = Частное лицо
accounts-family-none = Ни над этим клиентом, ни под ним никого нет.
accounts-family-mrr = MRR вместе
accounts-family-open = Подписки
accounts-family-subscriptions = { $n ->
    [one] { $n } подписка
    [few] { $n } подписки
    [many] { $n } подписок
   *[other] { $n } подписки
}
accounts-family-contacts = { $n ->
    [one] { $n } контакт
    [few] { $n } контакта
    [many] { $n } контактов
   *[other] { $n } контакта
}
accounts-parent = Головной клиент
accounts-parent-hint = Название или его начало
accounts-parent-set = Указать головного клиента
accounts-parent-place = Поставить под ним
accounts-parent-end = Вывести из группы
accounts-was-moved = У клиента «{ $name }» теперь другое место в группе
accounts-external-ids-none = Ни в одной другой системе этот клиент не известен.
accounts-external-id-new = Новый внешний ID
accounts-external-id-add = Добавить
accounts-external-id-source = Система
accounts-external-id-source-hint = Короткое слово, например crm или billing
accounts-external-id-value = ID в этой системе
accounts-external-id-remove = Убрать { $value }
accounts-external-id-added = Клиент известен как { $value }
accounts-external-id-removed = { $value }: убрано
accounts-event-moved = Другое место в группе
accounts-event-identified = Внешние ID изменены
accounts-failure-parent = Здесь нет клиента с таким названием
accounts-failure-loop = Клиент не может стоять над самим собой
accounts-failure-loop-way = Клиент не может стоять над самим собой: { $way }
accounts-failure-family-size = В группе до 6 уровней и 200 клиентов
accounts-failure-source = Система — от 1 до 60 букв, цифр, точек, дефисов или подчёркиваний
accounts-failure-external-id = Внешний ID — от 1 до 200 знаков
accounts-failure-external-id-taken = Этот внешний ID есть у другого клиента
accounts-event-tagged = Метки изменены
accounts-event-described = Поля заполнены
accounts-event-stage = На другом этапе
accounts-event-tier = На другом уровне
accounts-event-worth = Изменились выручка или продление
accounts-renews = Ближайшее продление
accounts-event-owner = Другой ответственный
accounts-all = Все клиенты
accounts-none-found = Ничего не подходит
accounts-none-found-text = Нет клиентов под все фильтры. Уберите какой-нибудь.
accounts-within-days = { $n ->
    [one] в течение { $n } дня
    [few] в течение { $n } дней
    [many] в течение { $n } дней
   *[other] в течение { $n } дня
}
