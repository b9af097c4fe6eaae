# Изменение многих клиентов сразу и то, что добавляется к их списку.
deeds-title = Изменение многих клиентов
deeds-choose = Выбрать: { $name }
deeds-bar = Изменить выбранных клиентов
deeds-all = Все, кого находит список, и на других страницах
deeds-count-title = Сколько клиентов находит список
deeds-apply = Выполнить
deeds-take = Взять себе
deeds-csv = Выбранные в CSV
deeds-xlsx = Выбранные для Excel
deeds-me = Я
deeds-by-rule = Снова по правилу
deeds-owner = Ответственный
deeds-tag = Поставить метку
deeds-untag = Снять метку
deeds-tier = Уровень
deeds-tier-detail = Причина уровня
deeds-stage = Этап
deeds-state = Состояние
deeds-playbook = Начать сценарий
deeds-field = Своё поле
deeds-empty-field = Очистить поле
deeds-what = Что делается
deeds-others = Остальные
deeds-state-running = Клиенты меняются. Можно уйти; работа продолжится.
deeds-state-done = Готово.
deeds-state-undoing = Отменяется.
deeds-state-undone = Отменено.
deeds-fate-waiting = Ещё нет
deeds-fate-changed = Изменён
deeds-fate-same = Так уже было
deeds-fate-refused = Не получилось
deeds-fate-undone = Как был
deeds-fate-kept = Остался
deeds-failure-no-accounts = Выберите хотя бы одного клиента
deeds-failure-too-many = За раз меняется до 5000 клиентов. Сузьте фильтр.
deeds-failure-no-deeds = Выберите, что сделать
deeds-failure-deed = Этого сделать нельзя, или оно выбрано дважды
deeds-failure-value = Выберите то, что есть
deeds-failure-not-now = Сейчас отменить нельзя: ещё идёт или уже отменено.
deeds-failure-since = С тех пор кто-то это изменил
deeds-failure-reason = Назовите причину, от 1 до 500 знаков
deeds-failure-field = Такого поля в работе нет
deeds-failure-field-value = Так поле заполнить нельзя
deeds-failure-no-stage = Прежде этапа не было
deeds-column-touch = Последний контакт
deeds-column-tickets = Открытые обращения
deeds-all-count = { $n ->
    [one] { $n } клиент, которого находит список
    [few] Все { $n } клиента, которых находит список, и на других страницах
    [many] Все { $n } клиентов, которых находит список, и на других страницах
   *[other] Все { $n } клиента, которых находит список, и на других страницах
}
deeds-all-over = { $n ->
    [one] Больше { $n }: сначала сузьте фильтр
    [few] Больше { $n }: сначала сузьте фильтр
    [many] Больше { $n }: сначала сузьте фильтр
   *[other] Больше { $n }: сначала сузьте фильтр
}
deeds-was-done = { $n ->
    [one] Изменён { $n } клиент.
    [few] Изменены { $n } клиента.
    [many] Изменено { $n } клиентов.
   *[other] Изменено { $n } клиента.
}
deeds-was-undone = { $n ->
    [one] { $n } клиент снова как был.
    [few] { $n } клиента снова как были.
    [many] { $n } клиентов снова как были.
   *[other] { $n } клиента снова как были.
}
