# The numbers of support: the page, its charts, and the tickets behind each number.
numbers-title = Поддержка
numbers-filters = Время и фильтры
numbers-period = Период
numbers-custom = От дня до дня
numbers-from = С
numbers-last = По
numbers-hours = Часы
numbers-calendar = Все часы
numbers-working = Только рабочие часы
numbers-compare = Сравнить с предыдущим периодом
numbers-show = Показать
numbers-show-all = Все обращения
numbers-by = По
numbers-by-agent = Сотрудник
numbers-by-team = Команда
numbers-by-channel = Канал
numbers-by-mailbox = Ящик
numbers-by-tier = Уровень
numbers-by-tag = Метка
numbers-by-kind = Вид
numbers-by-priority = Приоритет
numbers-by-hour = Час открытия
numbers-none = Нет
numbers-all = Все
numbers-gone = Больше нет
numbers-created = Открыто
numbers-responded = С ответом
numbers-solved = Решено
numbers-reopened = Вернулось
numbers-rated = С оценкой
numbers-backlog = В работе
numbers-now = Сейчас
numbers-first-response = Первый ответ
numbers-first-response-p50 = Первый ответ, p50
numbers-first-response-p90 = Первый ответ, p90
numbers-resolution = Решение
numbers-resolution-p50 = Решение, p50
numbers-first-resolution = Первое решение
numbers-reopen-share = Вернулось (доля)
numbers-one-touch = С одного ответа
numbers-spread = p90 { $p90 } · среднее { $mean } · n = { $n }
numbers-before = Раньше: { $value }
numbers-of-solved = { $hits } из { $n } решённых
numbers-flow = Поток
numbers-flow-summary = Открыто { $created }, решено { $solved }; сейчас в работе { $open }.
numbers-speed-summary = Половина заняла до { $p50 }, девять из десяти — до { $p90 } (n = { $n }).
numbers-speed-nothing = За это время измерять нечего.
numbers-p50 = Половина (p50)
numbers-p90 = Девять из десяти (p90)
numbers-trend-csat = Удовлетворённость по времени
numbers-trend-ces = Усилия по времени
numbers-rating-summary = В целом { $value }.
numbers-ages = Сколько ждут обращения в работе
numbers-age-day = Меньше дня
numbers-age-week = Меньше недели
numbers-age-month = Меньше 30 дней
numbers-age-quarter = Меньше 90 дней
numbers-age-older = Старше
numbers-heat = Когда открывают обращения
numbers-heat-summary = Каждый час каждого дня недели по времени пространства.
numbers-empty = За это время ничего не было
numbers-empty-text = Когда обращения будут открывать и решать, их числа появятся здесь.
numbers-how-opened = Первый ответ считается по обращениям, открытым за период: от открытия до первого публичного сообщения сотрудника; если мы сами открыли его сообщением — до второго. Без ответа не учитывается.
numbers-how-solved = Остальное считается по обращениям, последнее решение которых пришлось на период: решение — до этого момента, первое решение — до первого; доля тех, что хоть раз вернулись; «с одного ответа» — меньше двух ответов. Объединённое обращение не считается, а то, в которое оно объединено, — один раз.
numbers-how-hours = Рабочие часы — из календаря в настройках. На конец дня обращение считается открытым от открытия до последнего решения.
numbers-back = К числам
numbers-no-rows = Таких обращений нет
numbers-no-rows-text = За этим числом за это время ничего нет.
numbers-opened-at = Открыто
numbers-solved-at = Решено последний раз
numbers-replies = Ответов
numbers-failure-period = Выберите от 1 до 3660 дней подряд, первый раньше последнего.
numbers-failure-word = Ничего с таким названием нет. Выберите из списка.
numbers-ages-summary = { $n ->
    [one] В работе { $n } обращение.
    [few] В работе { $n } обращения.
    [many] В работе { $n } обращений.
   *[other] В работе { $n } обращения.
 }
