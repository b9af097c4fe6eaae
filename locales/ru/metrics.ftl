# Числа клиентов и их распределение.
metrics-title = Показатели
metrics-about = Числа по каждому клиенту, которые Tandem находит сам и на которых держится оценка здоровья. Каждое показывает распределение по всем клиентам.
metrics-metric = Показатель
metrics-accounts = Клиенты
metrics-quarter = У четверти ниже
metrics-median = Медиана
metrics-three-quarters = У трёх четвертей ниже
metrics-lowest = Самые низкие
metrics-highest = Самые высокие
metrics-none = Этого числа пока нет ни у одного клиента
metrics-none-text = Оно появится, как только будет что считать.
metrics-spread = Распределение по клиентам
metrics-spread-says = Клиентов: { $accounts }; половина лежит между { $low } и { $high }.
metrics-days = { $n ->
    [one] { $n } день
    [few] { $n } дня
    [many] { $n } дней
   *[other] { $n } дня
}
metric-people-experience = Индекс впечатлений
metric-people-last-touch = С последнего контакта
metric-people-next-touch = До срока следующего контакта
metric-people-contacts = Контактные лица
metric-people-champions = Сторонники
metric-people-champion-seen = С тех пор, как слышно от сторонника
metric-people-active-90d = Люди, о которых слышно за 90 дней
metric-tickets-open = Открытые обращения
metric-tickets-urgent = Срочные открытые обращения
metric-tickets-oldest-open = Самое старое открытое обращение
metric-tickets-opened-30d = Обращения за 30 дней
metric-tickets-reopened-90d = Открыты снова за 90 дней
metric-money-mrr = Доход в месяц
metric-money-renewal = До продления
metric-money-overdue-invoices = Просроченные счета
metric-money-overdue-since = Дней со срока самого старого неоплаченного счёта
metric-usage-active-people-7d = Активные люди за 7 дней
metric-usage-active-people-30d = Активные люди за 30 дней
metric-usage-key-actions-30d = Ключевые действия за 30 дней
metric-usage-depth-30d = Ключевых действий на активного человека, 30 дней
metric-usage-started = С начала
metric-usage-first-value = Первая польза (1 или 0)
metric-usage-time-to-value = Дней до первой пользы
metric-usage-features-30d = Функций использовано за 30 дней
metric-usage-change-14d = Активные люди, изменение за 14 дней
metric-usage-stickiness = Регулярность использования
metric-usage-trend-13w = Активные люди, тренд за 13 недель (людей в неделю)
metric-usage-last-used = С последнего использования
metric-people-last-heard = С их последнего обращения
metric-people-reached-30d = Наших обращений к ним за 30 дней
metric-stages-place = Этап по счёту
metric-stages-since = На своём этапе
metric-usage-seats-used = Занято мест
metric-surveys-csat = Довольны поддержкой (доля 4–5)
metric-surveys-effort = Усилия для получения помощи, 0–100
metric-surveys-answers-90d = Ответы после решения, 90 дней
metric-surveys-unhappy-90d = Низкие оценки, 90 дней
metrics-gone = удалённый показатель
