# Первая польза и сколько до неё проходит.
nav-first-value = Время до пользы
first-value-title = Время до пользы
first-value-is = { $n ->
    [one] Первая польза: { $event }, { $n } раз у клиента.
    [few] Первая польза: { $event }, { $n } раза у клиента.
    [many] Первая польза: { $event }, { $n } раз у клиента.
   *[other] Первая польза: { $event }, { $n } раза у клиента.
}
first-value-change = Изменить
first-value-how = Считается с первого дня первой подписки; без неё – со дня, когда клиента добавили или он впервые использовал продукт. Клиенты без первой пользы считаются столько, сколько за ними наблюдали (Каплан – Мейер).
first-value-known-since = Использование известно с { $day }.
first-value-unknown-since = События ещё не приходили.
first-value-left-out = { $n ->
    [one] Не учтён { $n } клиент
    [few] Не учтены { $n } клиента
    [many] Не учтены { $n } клиентов
   *[other] Не учтены { $n } клиента
}
first-value-left-out-text = Они начали раньше, чем стало известно использование, и никто не видел, когда у них появилась первая польза. Загрузка прошлых событий включит их.
first-value-none = За кем наблюдали с самого начала, пока никого нет
first-value-none-text = Здесь появятся клиенты, которые начали после первого дня известного использования.
first-value-median = У половины она к
first-value-interval = Интервал 95 %
first-value-accounts = Клиенты
first-value-reached = С первой пользой
first-value-censored = Пока без неё
first-value-censored-text = цензурированы
first-value-parts = Части клиентов
first-value-part = Часть
first-value-no-parts = Никто из них не входит в такую часть.
first-value-by-quarter = По кварталу начала
first-value-by-tier = По уровню
first-value-by-segment = По сегменту
first-value-quarter = { $n }-й квартал { $year }
first-value-no-tier = Без уровня
first-value-between = день { $low }–{ $high }
first-value-from = со дня { $low }
first-value-curve = Доля клиентов с первой пользой по дням с начала
first-value-curve-says = У половины клиентов первая польза есть за { $days }; за { $last } – у { $share }.
first-value-curve-open = За { $last } первая польза есть у { $share } клиентов; до половины ещё не дошло.
first-value-share = С первой пользой
first-value-low = Нижняя граница, 95 %
first-value-high = Верхняя граница, 95 %
first-value-waiting = Ждут дольше всех
first-value-waiting-of = { $n ->
    [one] { $n } клиент ждёт первой пользы.
    [few] { $n } клиента ждут первой пользы, дольше всех ждущие – первыми.
    [many] { $n } клиентов ждут первой пользы, дольше всех ждущие – первыми.
   *[other] { $n } клиента ждут первой пользы, дольше всех ждущие – первыми.
}
first-value-start = Начало
first-value-waits = Ждёт
first-value-tier = Уровень
first-value-empty = Никто не сказал, что такое первая польза
first-value-empty-text = Выберите событие, с которым клиент впервые получает от продукта пользу. Сколько до этого проходит, посчитается по каждому клиенту, и за прошлое тоже.
first-value-after = { $n ->
    [0] Первая польза с самого начала
    [one] Первая польза через { $n } день
    [few] Первая польза через { $n } дня
    [many] Первая польза через { $n } дней
   *[other] Первая польза через { $n } дня
}
first-value-sometime = Первая польза была, но раньше, чем стали наблюдать
first-value-still = { $n ->
    [one] Нет первой пользы спустя { $n } день
    [few] Нет первой пользы спустя { $n } дня
    [many] Нет первой пользы спустя { $n } дней
   *[other] Нет первой пользы спустя { $n } дня
}
first-value-half = { $still } (у половины клиентов она есть к дню { $by })
