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
