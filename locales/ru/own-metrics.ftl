# Показатели, которые люди определяют сами.
audit-act-own-metrics-changed = Изменён собственный показатель
own-metrics-title = Собственные показатели
own-metrics-about = Числа, которые вы определяете по тому, что люди делают в вашем продукте. Они есть везде, где есть показатели: в оценках здоровья, сегментах, правилах и сценариях.
own-metrics-none = Собственных показателей пока нет
own-metrics-none-text = Выберите событие, что в нём считать и за сколько дней; посмотрите на трёх клиентах, прежде чем сохранить.
own-metrics-new = Новый показатель
own-metrics-name = Название
own-metrics-description = Для чего он
own-metrics-counts = Считает
own-metrics-exact-from = Точен с
own-metrics-exact = Число точно начиная с { $day }.
own-metrics-counted-since = До этого дня в нём не хватает событий, которые уже не хранились; оно считает то, что пришло с { $day }.
own-metrics-state = Состояние
own-metrics-state-counting = Считаются прежние события
own-metrics-state-history = Записывается история
own-metrics-state-done = Актуален
own-metrics-any-event = Любое событие
own-metrics-page = Страница: { $name }
own-metrics-screen = Экран: { $name }
own-metrics-event = Событие
own-metrics-event-hint = Страницы и экраны тоже здесь. Событие появляется, когда придёт в первый раз.
own-metrics-measure = Что считать
own-metrics-measure-count = Сколько событий
own-metrics-measure-people = Сколько разных людей
own-metrics-measure-sum = Сумма свойства
own-metrics-measure-days = В какие дни
own-metrics-property = Суммируемое свойство
own-metrics-property-hint = Только для суммы: свойство с числами, например price. Точки ведут внутрь объектов.
own-metrics-window = За последние
own-metrics-filters = Условия свойств
own-metrics-filters-about = Должны быть верны все. Числа с точкой или запятой, дни – как вы их обычно пишете. Пустые строки не считаются. При условиях или сумме прежние события считаются, пока они хранятся.
own-metrics-filter-n = Условие { $n }
own-metrics-filter-property = Свойство
own-metrics-filter-test = Должно
own-metrics-filter-value = Значение
own-metrics-test-is = равно
own-metrics-test-is-not = не равно
own-metrics-test-contains = содержит
own-metrics-test-equals = равно (число)
own-metrics-test-at-least = не меньше (число)
own-metrics-test-at-most = не больше (число)
own-metrics-test-yes = истинно
own-metrics-test-no = ложно
own-metrics-test-since = не раньше (день)
own-metrics-test-until = не позже (день)
own-metrics-test-present = есть
own-metrics-test-absent = нет
own-metrics-says-count = { $event }: сколько за { $days }
own-metrics-says-people = { $event }: разные люди за { $days }
own-metrics-says-sum = { $event }: сумма «{ $property }» за { $days }
own-metrics-says-days = { $event }: сколько дней из { $days }
own-metrics-says-where = { $said }, где { $filters }
own-metrics-preview = Просмотр: клиенты, которые пользуются больше всех
own-metrics-preview-days = Прочитано из того, что хранится по каждому дню.
own-metrics-preview-events = { $n ->
    [one] Прочитано { $n } событие.
    [few] Прочитано { $n } события.
    [many] Прочитано { $n } событий.
   *[other] Прочитано { $n } события.
}
own-metrics-preview-part = { $n ->
    [one] Прочитано только { $n } самое новое событие; за период их больше, число может быть выше.
    [few] Прочитаны только { $n } самых новых события; за период их больше, число может быть выше.
    [many] Прочитаны только { $n } самых новых событий; за период их больше, число может быть выше.
   *[other] Прочитано только { $n } самого нового события; за период их больше, число может быть выше.
}
own-metrics-preview-none = За этот период продуктом не пользовался ни один клиент.
own-metrics-save = Сохранить
own-metrics-look = Посмотреть на трёх клиентах
own-metrics-cancel = Отмена
own-metrics-over-accounts = По всем клиентам
own-metrics-remove = Удалить
own-metrics-restore = Вернуть
own-metrics-uses = Где используется
own-metrics-versions = Версии
own-metrics-version-by = Версия { $n }, { $name }
own-metrics-was-saved = «{ $name }» сохранён; история записывается в фоне
own-metrics-was-removed = Показатель удалён
own-metrics-is-removed = Этот показатель удалён
own-metrics-is-removed-text = Его ничто не использует. Верните его, чтобы изменить.
own-metrics-in-use = Он используется и остаётся. Сначала уберите его из: { $names }
own-metrics-failure-name = В названии от 1 до 80 знаков
own-metrics-failure-about = В описании до 500 знаков
own-metrics-failure-event = Выберите одно из событий
own-metrics-failure-window = Выберите 7, 30 или 90 дней
own-metrics-failure-property = Сумме нужно свойство до 200 знаков; у остального его нет
own-metrics-failure-filters = Не больше шести условий
own-metrics-failure-filter = Условию нужно свойство до 200 знаков
own-metrics-failure-value = Значение не того рода, какой нужен условию: текст, число или день
own-metrics-failure-too-many = Собственных показателей уже 50
own-metrics-failure-removed = Показатель удалён: сначала верните его
own-metrics-failure-in-use = Показатель где-то используется
own-metrics-failure-stale = Кто-то тем временем изменил показатель. Сохраните ещё раз, чтобы поставить свой вариант.
