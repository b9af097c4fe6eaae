# Кто кого ведёт.
assignment-about = Новый клиент получает ответственного по первому подходящему правилу, в котором у кого-то есть место.
assignment-owner = Ответственный
assignment-nobody = Никто
assignment-none = У этого клиента нет ответственного.
assignment-give = Сменить ответственного
assignment-because-hand = Назначил(а) { $by }, { $day }.
assignment-because-rule = По правилу «{ $rule }», { $day } ({ $method }). Тогда у них было: { $among }.
assignment-was-given = Теперь ответственный: { $name }
assignment-was-taken = Теперь у клиента нет ответственного
assignment-least-loaded = у кого больше места
assignment-round-robin = по очереди
assignment-every = Любой клиент
assignment-any = Любой
assignment-name = Правило
assignment-if = Если
assignment-then = То
assignment-target = Сотрудник или команда
assignment-method = В команде
assignment-mrr-from = MRR от, { $currency }
assignment-mrr-below = MRR меньше, { $currency }
assignment-new = Новое правило
assignment-save = Сохранить
assignment-try = Проверить
assignment-remove = Удалить правило
assignment-empty = Правил пока нет
assignment-empty-text = Без правил у новых клиентов нет ответственного, пока его не назначат.
assignment-capacities = Кто сколько ведёт
assignment-capacity = Нагрузка
assignment-most-accounts = До скольких клиентов
assignment-most-mrr = До какого MRR, { $currency }
assignment-away-until = Отсутствует до
assignment-away = Отсутствует
assignment-accounts-count = { $n ->
    [one] { $n } клиент
    [few] { $n } клиента
    [many] { $n } клиентов
   *[other] { $n } клиента
}
assignment-unowned-count = { $n ->
    [one] { $n } клиент без ответственного
    [few] { $n } клиента без ответственного
    [many] { $n } клиентов без ответственного
   *[other] { $n } клиента без ответственного
}
assignment-unowned = Без ответственного
assignment-tried = Что сделали бы правила
assignment-tried-text = Из { $all } клиентов без ответственного его получили бы { $found }. Ничего не изменено.
assignment-was-saved = Правило «{ $name }» сохранено
assignment-was-removed = Правило «{ $name }» удалено
assignment-capacity-kept = Нагрузка сохранена
assignment-book = Портфель клиентов
assignment-my-book = Мой портфель
assignment-show = Показать
assignment-book-empty = Здесь нет клиентов
assignment-book-empty-text = Здесь стоят открытые клиенты с ответственным; выберите другой портфель выше.
assignment-failure-agent = Выберите сотрудника, который может войти
assignment-failure-name = Название правила — от 1 до 80 знаков
assignment-failure-target = Выберите сотрудника или команду
assignment-failure-capacity = Введите целые числа от нуля, суммы и дни как обычно
