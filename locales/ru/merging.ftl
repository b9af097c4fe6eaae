# Объединение клиентов и его отмена.
merging-title = Объединить
merging-text = Какой ещё клиент — это { $name }? Всё оттуда перейдёт сюда, и его адрес будет вести сюда. Это можно в любой момент точно отменить.
merging-find = Название другого клиента
merging-search = Найти
merging-none-alike = Других клиентов с таким названием нет. Поищите сами.
merging-none-found = Клиентов с таким названием нет.
merging-compare = Сравнить
merging-preview-text = Всё, что есть у { $name }, будет принадлежать { $into }. Где они различаются, выберите, что остаётся.
merging-no-choice = Они не различаются ничем, что нужно выбирать.
merging-choices = В чём различия
merging-none = Ничего
merging-moves = Что переходит
merging-after = Что появится после объединения, останется у { $into }, даже если его отменить.
merging-do = Объединить
merging-swap = Наоборот
merging-unmerge = Разделить
merging-was-merged = { $name } теперь часть { $into }
merging-was-unmerged = { $name } снова отдельно
merging-parts = { $n ->
    [one] С этим клиентом объединён { $n } клиент
    [few] С этим клиентом объединены { $n } клиента
    [many] С этим клиентом объединены { $n } клиентов
   *[other] С этим клиентом объединены { $n } клиента
}
merging-event-merged = Объединён с другим клиентом
merging-event-unmerged = Объединение отменено
merging-failure = Выберите другого клиента этого рабочего пространства
merging-failure-merged-on = Клиент, с которым он объединён, сам объединён с другим; сначала отмените то
merging-touchpoints = { $n ->
    [one] { $n } касание
    [few] { $n } касания
    [many] { $n } касаний
   *[other] { $n } касания
}
merging-contacts = { $n ->
    [one] { $n } контакт
    [few] { $n } контакта
    [many] { $n } контактов
   *[other] { $n } контакта
}
merging-subscriptions = { $n ->
    [one] { $n } подписка
    [few] { $n } подписки
    [many] { $n } подписок
   *[other] { $n } подписки
}
merging-orders = { $n ->
    [one] { $n } заказ
    [few] { $n } заказа
    [many] { $n } заказов
   *[other] { $n } заказа
}
merging-invoices = { $n ->
    [one] { $n } счёт
    [few] { $n } счёта
    [many] { $n } счетов
   *[other] { $n } счёта
}
merging-external-ids = { $n ->
    [one] { $n } внешний ID
    [few] { $n } внешних ID
    [many] { $n } внешних ID
   *[other] { $n } внешнего ID
}
merging-tags = { $n ->
    [one] { $n } метка
    [few] { $n } метки
    [many] { $n } меток
   *[other] { $n } метки
}
merging-tickets = { $n ->
    [one] { $n } обращение
    [few] { $n } обращения
    [many] { $n } обращений
   *[other] { $n } обращения
}
