ledger-new = Новые
ledger-reactivation = Вернулись
ledger-expansion = Рост
ledger-contraction = Снижение
ledger-churn = Уход
retention-title = Удержание
retention-from = Первый месяц
retention-last = Последний месяц
retention-show = Показать
retention-empty = Дохода пока нет
retention-empty-text = Когда у клиентов появятся подписки, здесь будет видно, кто остаётся и сколько приносит.
retention-missing = Не учтено, потому что нет курса: { $missing }
retention-behind-start = Клиенты в начале
retention-behind-lost = Потерянные клиенты
retention-behind-end = Клиенты в конце
retention-behind-came = Клиенты, впервые пришедшие: { $month }
retention-behind-stayed = { $n ->
    [0] Клиенты, пришедшие ({ $month }) и оставшиеся к концу этого месяца
    [one] Клиенты, пришедшие ({ $month }) и оставшиеся через { $n } месяц
    [few] Клиенты, пришедшие ({ $month }) и оставшиеся через { $n } месяца
    [many] Клиенты, пришедшие ({ $month }) и оставшиеся через { $n } месяцев
   *[other] Клиенты, пришедшие ({ $month }) и оставшиеся через { $n } месяца
}
retention-then = В месяц тогда
retention-now = В месяц теперь
retention-kept = Из этого удержано
retention-cut = { $n ->
    [one] В этом файле только { $n } первая строка: выберите меньше месяцев.
    [few] В этом файле только { $n } первые строки: выберите меньше месяцев.
    [many] В этом файле только { $n } первых строк: выберите меньше месяцев.
   *[other] В этом файле только { $n } первой строки: выберите меньше месяцев.
}
retention-cohorts-csv = Когорты в CSV
retention-cohorts-xlsx = Когорты в Excel
retention-logo-churn = Отток клиентов
retention-lost = { $n ->
    [one] потерян { $n } клиент
    [few] потеряно { $n } клиента
    [many] потеряно { $n } клиентов
   *[other] потеряно { $n } клиента
}
retention-yearly-churn = Отток клиентов за год
retention-monthly-churn = { $share } в месяц
retention-grr = Валовое удержание дохода
retention-nrr = Чистое удержание дохода
retention-of-accounts = клиентов начала
retention-of-ledger = по всем движениям
retention-waterfall = Доход в месяц
retention-waterfall-says = Доход в месяц изменился с { $opening } до { $closing }.
retention-opening = В начале
retention-closing = В конце
retention-months = По месяцам
retention-month = Месяц
retention-cohorts = Когорты
retention-cohorts-say = { $n ->
    [one] Что осталось от новых клиентов { $n } месяца к концу каждого следующего.
    [few] Что осталось от новых клиентов { $n } месяцев к концу каждого следующего.
    [many] Что осталось от новых клиентов { $n } месяцев к концу каждого следующего.
   *[other] Что осталось от новых клиентов { $n } месяца к концу каждого следующего.
}
retention-accounts = Клиенты
retention-revenue = Доход
retention-how = Как это считается
retention-how-bases = В начале — значит в конце предыдущего дня. Новые клиенты в удержание не входят. «Клиентов начала» сравнивает, сколько эти клиенты приносят в конце и сколько приносили в начале; ушедший приносит ноль, а валовое не считает больше, чем было. «По всем движениям» берёт из журнала долю каждого месяца, с движениями и более новых клиентов, и перемножает месяцы. У клиента, бывшего в начале, все валюты считаются вместе; движения в журнале считаются в каждой отдельно.
retention-how-rates = Суммы в { $base }, все по курсам на { $day }: то, что сделали курсы, — не удержание.
retention-csv = CSV
retention-xlsx = Excel
retention-none = Клиентов нет
retention-none-text = В эти месяцы ничего такого не было.
retention-moved = Когда
retention-kind = Движение
retention-amount = На сколько
retention-from-then = С тех пор
retention-ordering = Клиенты с заказом
retention-repeat-rate = Повторные заказы
retention-repeat-n = { $n ->
    [one] из { $n } заказавшего, от { $low } до { $high }
    [few] из { $n } заказавших, от { $low } до { $high }
    [many] из { $n } заказавших, от { $low } до { $high }
   *[other] из { $n } заказавших, от { $low } до { $high }
}
retention-repeat-how = Повторные заказы считаются среди клиентов, заказавших в эти месяцы: доля тех, кто заказывал и раньше. Два числа рядом — 95-процентный интервал Уилсона.
retention-ordered-again = Клиенты, заказавшие снова
retention-first-order = Первый заказ
retention-last-order = Последний заказ
retention-lost-n = { $n ->
    [one] Потерян { $n } из { $all }, от { $low } до { $high }
    [few] Потеряно { $n } из { $all }, от { $low } до { $high }
    [many] Потеряно { $n } из { $all }, от { $low } до { $high }
   *[other] Потеряно { $n } из { $all }, от { $low } до { $high }
}
retention-behind-lessened = Снижение и уход
retention-behind-changed = Рост, снижение и уход
retention-how-churn = Две доли рядом с уходом клиентов — 95-процентный интервал Уилсона: когда клиентов мало, на столько её сдвигает один случай.
revenue-title = Доход на день
revenue-day = На конец дня
revenue-text = Столько приносят все клиенты на конец { $day }.
revenue-movements = Движения дохода
revenue-movements-text = Они следуют из подписок, вписать их нельзя; вместе они дают то, что приносит клиент.
revenue-movements-none = Движений пока нет
