# Segments: sets of accounts by conditions.
nav-segments = Сегменты
panel-segments = Сегменты
permission-segments-write = Составление общих сегментов
permission-segments-write-hint = Наборы клиентов, которые видят все и с которых начинаются сценарии
audit-act-segment-added = Добавлен общий сегмент
audit-act-segment-changed = Изменён общий сегмент
audit-act-segment-removed = Удалён общий сегмент
audit-act-segment-restored = Возвращён общий сегмент
command-members = Показать клиентов сегмента в списке
command-members-words = клиенты сегмент список
command-save-view = Сохранить этот вид клиентов
command-save-view-words = сегмент фильтр сохранить вид
segments-title = Сегменты
segments-about = В сегменте все клиенты, которые подходят под его условия. Клиенты попадают в него и выходят сами.
segments-new = Новый сегмент
segments-edit = Изменить
segments-none = Сегментов пока нет
segments-none-text = Скажите, что общего у клиентов, и они соберутся в один список, который обновляется сам.
segments-name = Название
segments-what-for = Для чего он
segments-audience = Кто его видит
segments-audience-own = Только я
segments-audience-everyone = Все
segments-changed = Изменён
segments-changed-by = Последнее изменение: { $name }
segments-counting = просмотрено { $percent } %
segments-counting-accounts = Клиенты просматриваются
segments-in-list = Показать в списке
segments-remove = Удалить
segments-restore = Вернуть
segments-is-removed = Этот сегмент удалён
segments-is-removed-text = В нём больше нет клиентов. После возвращения он просмотрит всех заново.
segments-definition = Какие клиенты в нём
segments-newest = Попали последними
segments-empty = Сейчас не подходит ни один клиент.
segments-since = с
segments-all-accounts = { $n ->
    [one] Все: { $n } клиент
    [few] Все: { $n } клиента
    [many] Все: { $n } клиентов
   *[other] Все: { $n } клиента
}
segments-uses = Где используется
segments-no-uses = Пока нигде. Общие сегменты могут запускать сценарии.
segments-history = История
segments-event-added = Добавлен
segments-event-edited = Изменён
segments-event-removed = Удалён
segments-event-restored = Возвращён
segments-event-changed = Просмотрены все клиенты: вошло { $entered }, вышло { $left }
segments-none-of-account = Этот клиент не входит ни в один сегмент.
segments-views = Виды клиентов
segments-view-all = Все
segments-save-view = Сохранить как вид
segments-save = Сохранить сегмент
segments-was-added = «{ $name }» добавлен. Клиенты просматриваются.
segments-was-changed = «{ $name }» сохранён.
segments-was-removed = «{ $name }» удалён; клиенты остаются.
segments-was-restored = «{ $name }» возвращён. Клиенты просматриваются.
segments-join = Сколько должно выполняться
segments-join-all = Выполняются все условия ниже
segments-join-any = Выполняется хотя бы одно условие ниже
segments-join-none = Не выполняется ни одно условие ниже
segments-add-condition = Добавить условие
segments-add-group = Добавить группу
segments-remove-condition = Убрать условие
segments-remove-group = Убрать группу
segments-condition = Условие
segments-subject = О чём оно
segments-test = Что должно быть
segments-value = Значение
segments-days = Дни
segments-day = День
segments-unit-days = дн.
segments-arrange = Обновить
segments-arrange-hint = Показывает поля, которые подходят к выбору, и кто вошёл бы.
segments-preview = Кто вошёл бы
segments-preview-later = Заполните условия, чтобы увидеть, кто вошёл бы.
segments-accounts-fit = { $n ->
    [0] Не подходит ни один клиент
    [one] Подходит { $n } клиент
    [few] Подходят { $n } клиента
    [many] Подходят { $n } клиентов
   *[other] Подходят { $n } клиента
}
segments-looked-at = { $n ->
    [one] Подсчитано среди первого { $n } клиента.
    [few] Подсчитано среди первых { $n } клиентов; после сохранения будут просмотрены все.
    [many] Подсчитано среди первых { $n } клиентов; после сохранения будут просмотрены все.
   *[other] Подсчитано среди первых { $n } клиента; после сохранения будут просмотрены все.
}
segments-shelf-account = Клиент
segments-shelf-fields = Свои поля
segments-shelf-metrics = Показатели и здоровье
segments-about-renews = Продление
segments-about-parent = Вышестоящий клиент
segments-about-created = Клиент с
segments-about-changed = Последнее изменение
segments-health-band = Здоровье
segments-yes = Да
segments-no = Нет
segments-gone = (больше не существует)
segments-is-contains = содержит
segments-is-lacks = не содержит
segments-is-equals = в точности
segments-is-one-of = одно из
segments-is-none-of = ни одно из
segments-is-above = больше чем
segments-is-at-least = не меньше чем
segments-is-below = меньше чем
segments-is-at-most = не больше чем
segments-is-equal-to = ровно
segments-is-rose-by = рост не меньше чем на
segments-is-fell-by = снижение не меньше чем на
segments-is-before = раньше дня
segments-is-after = позже дня
segments-is-next = в ближайшие
segments-is-last = за последние
segments-is-past = уже прошло
segments-is-known = известно
segments-is-unknown = неизвестно
segments-says-contains = { $what } содержит «{ $value }»
segments-says-lacks = { $what } не содержит «{ $value }»
segments-says-equals = { $what } в точности «{ $value }»
segments-says-is = { $what }: { $value }
segments-says-one-of = { $what } – одно из: { $value }
segments-says-is-not = { $what } – не { $value }
segments-says-none-of = { $what } – ни одно из: { $value }
segments-says-above = { $what }: больше чем { $value }
segments-says-at-least = { $what }: не меньше чем { $value }
segments-says-below = { $what }: меньше чем { $value }
segments-says-at-most = { $what }: не больше чем { $value }
segments-says-equal-to = { $what }: ровно { $value }
segments-says-rose-by = { $what }: рост на { $value } или больше за { $days }
segments-says-fell-by = { $what }: снижение на { $value } или больше за { $days }
segments-says-before = { $what }: раньше { $value }
segments-says-after = { $what }: позже { $value }
segments-says-next = { $what }: через { $days } или раньше
segments-says-last = { $what }: не раньше чем { $days } назад
segments-says-past = { $what }: уже прошло
segments-says-known = { $what }: известно
segments-says-unknown = { $what }: неизвестно
segments-wrong-subject = Выберите то, что ещё существует
segments-wrong-test = Выберите, что должно быть
segments-wrong-choice = Что-то из выбранного больше не существует: уберите это
segments-wrong-words = Назовите или выберите хотя бы одно значение
segments-wrong-number = Число, например 12 или 0,5
segments-wrong-days = Число дней до 3660
segments-wrong-day = День, например 2026-11-22
segments-wrong-empty = Группе нужно хотя бы одно условие
segments-wrong-deep = Группы вкладываются не глубже трёх уровней
segments-wrong-many = До 50 условий и 50 групп
segments-failure-name = В названии от 1 до 80 знаков
segments-failure-about = В описании до 500 знаков
segments-failure-audience = Свои сегменты есть только у сотрудников
segments-failure-condition = Так спросить нельзя
segments-failure-not-yours = Его видят все. Меняет его тот, кто может составлять общие сегменты; сделайте свой.
segments-failure-too-many = В рабочем пространстве до 300 сегментов, у каждого до 30 своих
segments-failure-stale = Кто-то изменил этот сегмент, пока вы писали. Сохраните ещё раз, чтобы осталась ваша версия.
metric-health-trend = Здоровье, баллов в неделю
