# Раннее предупреждение: что правила находят у клиентов и что с этим делают люди.
nav-alerts = Раннее предупреждение
panel-alerts = Сигналы
panel-alerts-home = Раннее предупреждение
settings-warnings = Правила раннего предупреждения
settings-warnings-hint = Что находится само: риски и возможности у клиентов.
alerts-title = Раннее предупреждение
alerts-trace = Открыт сигнал
alerts-risk = Риск
alerts-chance = Возможность
alerts-risks = Риски
alerts-chances = Возможности
alerts-both = Все
alerts-low = Низкая
alerts-medium = Средняя
alerts-high = Высокая
alerts-critical = Критическая
alerts-open = Открыт
alerts-snoozed = Отложен
alerts-dismissed = Отклонён
alerts-handled = Обработан
alerts-eased = Прошло само
alerts-reason-wrong = Данные неверны
alerts-reason-expected = Известно и согласовано
alerts-reason-usual = У них всегда так
alerts-reason-minor = Верно, но неважно
alerts-reason-other = Другое
alerts-outcome-saved = Удержан
alerts-outcome-lost = Потерян
alerts-outcome-won = Получено
alerts-outcome-nothing = Без результата
alerts-outcome-false = Ложная тревога
alerts-did-opened = Найдено правилом
alerts-did-weighed = Значит больше или меньше, чем раньше
alerts-did-given = Передан
alerts-did-snoozed = Отложен до
alerts-did-woke = Снова виден
alerts-did-dismissed = Отклонён
alerts-did-handled = Обработан
alerts-did-eased = Закрыт: причины больше нет
alerts-did-reopened = Открыт снова
alerts-did-undone = Отменено
alerts-did-told = Передано человеком
alerts-did-withdrawn = Отозвано тем, кто передал
alerts-test-at-least = не меньше
alerts-test-at-most = не больше
alerts-test-falls = падает против своего прошлого на
alerts-test-rises = растёт против своего прошлого на
alerts-test-shifts-down = сместилось вниз, сильнее своего шума
alerts-test-shifts-up = сместилось вверх, сильнее своего шума
alerts-test-still = не менялось столько дней
alerts-test-missing = неизвестно уже столько дней
alerts-says-at-least = { $metric } не меньше { $value }
alerts-says-at-most = { $metric } не больше { $value }
alerts-says-falls = { $metric }: медиана за { $days } ниже медианы за { $before } до них на { $value } или больше
alerts-says-rises = { $metric }: медиана за { $days } выше медианы за { $before } до них на { $value } или больше
alerts-says-shifts-down = { $metric }: за { $days } сумма падений достигает { $value } шумов за { $before } до них
alerts-says-shifts-up = { $metric }: за { $days } сумма подъёмов достигает { $value } шумов за { $before } до них
alerts-says-still = { $metric }: без изменений { $days }
alerts-says-missing = { $metric }: неизвестно { $days }
alerts-found-value = { $metric }: { $value }
alerts-found-compared = { $metric }: { $value }, до этого { $baseline }
alerts-found-shift = { $metric }: { $value }, обычно { $baseline }, с { $since }
alerts-found-still = { $metric }: { $value }, без изменений с { $since }
alerts-found-missing = { $metric }: неизвестно с { $since }
alerts-not-known = неизвестно
alerts-hidden = не для вашей роли
alerts-at-risk = Выручка под угрозой, в месяц
alerts-at-risk-accounts = Клиенты под угрозой
alerts-state = Состояние
alerts-show-state = Показать
alerts-show-all = Показать все
alerts-show-own = Показать только мои
alerts-show-feed = Показать все сигналы
alerts-none = Здесь нет сигналов
alerts-none-text = Правила смотрят на каждого клиента, когда у него что-то меняется, и раз в день.
alerts-nothing = Ничего не найдено.
alerts-brings = { $money } в месяц
alerts-renews = продление { $day }
alerts-nobody = Ничей
alerts-show-nobodys = { $n ->
    [one] { $n } ничей
    [few] { $n } ничьих
    [many] { $n } ничьих
   *[other] { $n } ничьего
}
alerts-until = до { $day }
alerts-quiet = причины больше нет
alerts-quiet-since = Причины нет с { $day }. Если она не вернётся, сигнал закроется сам.
alerts-unseen = больше не видно
alerts-unseen-text = То, на чём основан этот сигнал, больше не известно, поэтому нельзя сказать, осталась ли причина. Сигнал остаётся, пока это снова не станет известно или кто-нибудь его не закроет.
alerts-account = Клиент
alerts-acts = Что сделать с сигналом клиента { $name }
alerts-take = Взять
alerts-snooze = Отложить
alerts-snooze-tomorrow = Отложить до завтра
alerts-snooze-week = Отложить на неделю
alerts-snooze-until = До какого дня
alerts-wake = Вернуть
alerts-dismiss = Отклонить
alerts-dismiss-as = Отклонить: { $reason }
alerts-dismiss-minor = Отклонить как неважный
alerts-dismiss-words = Что это было?
alerts-handle = Сказать, чем кончилось
alerts-handle-as = Итог: { $outcome }
alerts-reopen = Открыть снова
alerts-reason = Причина
alerts-outcome = Итог
alerts-words = Словами
alerts-give = Передать кому-то
alerts-give-to = Кому
alerts-account-owner = Тому, кто ведёт клиента
alerts-mrr = Выручка в месяц
alerts-opened-on = Открыт
alerts-why = Почему
alerts-by-rule = { $name }, версия { $version }: { $asks }
alerts-evidence = Основания
alerts-as-of = С какого дня
alerts-when-opened = Когда его открыли:
alerts-computed = Важность: { $mrr } × уверенность { $confidence } ÷ { $usual }, сколько обычно приносит клиент, даёт { $ratio }: { $severity }.
alerts-computed-without = Важность: выручка неизвестна, поэтому решает одна уверенность { $confidence }: { $severity }.
alerts-computed-hidden = Важность следует из выручки и уверенности: { $severity }.
alerts-others = Ещё открыто у этого клиента
alerts-history = История
alerts-was-given = Сигнал передан
alerts-was-snoozed = Сигнал отложен
alerts-was-woken = Сигнал снова открыт
alerts-was-dismissed = Сигнал отклонён
alerts-was-handled = Итог сохранён
alerts-was-reopened = Сигнал снова открыт
alerts-was-undone = Отменено
alerts-rules = Правила раннего предупреждения
alerts-rules-about = Правило открывает сигнал там, где верны все его условия. Чего о клиенте не знают, о том не предупреждают. Сигналы видит тот, кто может видеть их показатели.
alerts-no-rule = Правил пока нет
alerts-no-rule-text = Обычные правила появятся с первым клиентом.
alerts-new-rule = Новое правило
alerts-rule-name = Название
alerts-way = Предупреждает о
alerts-asks = Условия
alerts-all-so-far = Всего
alerts-acted = С действием
alerts-wrong = Напрасных
alerts-off = Выключено
alerts-is-on = Смотрит на клиентов
alerts-any = Любой
alerts-conditions = Условия
alerts-conditions-about = Должны быть верны все. Порогу нужно значение; падению или росту – доля, например 30%, последние дни и дни до них для сравнения; смещению – сколько шумов должна набрать сумма (обычно 8). Пустые строки не считаются.
alerts-condition-n = Условие { $n }
alerts-metric = Показатель
alerts-no-metric = Нет
alerts-test = Проверка
alerts-value = Значение
alerts-days = Последние дни
alerts-before = Дней до них
alerts-least = Из них известно
alerts-when = Когда
alerts-cooldown = Пауза, дней
alerts-cooldown-hint = Столько дней после закрытия сигнала правило не открывает у клиента другого.
alerts-easing = Затихание, дней
alerts-easing-hint = Столько дней причины не должно быть, чтобы сигнал закрылся сам.
alerts-save = Сохранить
alerts-cancel = Отмена
alerts-remove-rule = Удалить
alerts-rule-was-removed = Правило удалено; его открытые сигналы закроются
alerts-rule-was-saved = Правило сохранено; клиенты будут просмотрены снова
alerts-rule-usage-drop = Использование падает
alerts-rule-usage-shift = Использование сместилось вниз
alerts-rule-usage-gone = Никто больше не пользуется
alerts-rule-champion-gone = Сторонник ушёл
alerts-rule-champion-silent = Сторонник молчит
alerts-rule-single-thread = Только один контакт
alerts-rule-seats-unused = Места пустуют
alerts-rule-onboarding-stalled = Внедрение застряло
alerts-rule-support-urgent = Срочные проблемы в поддержке
alerts-rule-support-reopened = Обращения возвращаются
alerts-rule-unhappy = Недовольны нами
alerts-rule-bad-ratings = Плохие оценки
alerts-rule-payment-failing = Счета не оплачены
alerts-rule-renewal-poor-health = Продление близко, здоровье плохое
alerts-rule-renewal-unsure = Продление близко, известно мало
alerts-rule-ghosting = Нет ответа на наши письма
alerts-rule-touch-overdue = Никто не связался вовремя
alerts-rule-health-red = Здоровье красное
alerts-rule-health-falls = Здоровье падает
alerts-rule-expansion-seats = Места кончаются
alerts-rule-expansion-usage = Использование растёт
alerts-rule-promoter = Довольны и здоровы
alerts-rule-reference = Могут говорить за нас
alerts-failure-closed = Сигнал закрыт. Сначала откройте его снова.
alerts-failure-superseded = С тех пор случилось что-то ещё, или открыт другой сигнал этого правила.
alerts-failure-agent = Выберите того, кто здесь работает.
alerts-failure-until = Выберите завтра или более поздний день, в пределах года.
alerts-failure-words = Скажите, что это было, не длиннее 500 знаков.
alerts-failure-word = Выберите из списка.
alerts-failure-name = Дайте название от 1 до 80 знаков.
alerts-failure-rung = Выберите этап или уровень этого пространства.
alerts-failure-days = Укажите паузу от 0 до 365 дней и затихание от 0 до 60.
alerts-failure-conditions = У правила от 1 до 6 условий.
alerts-failure-metric = Выберите показатель.
alerts-failure-value = Укажите значение, имеющее смысл: долю от 1% до 100% для падения, от 1 до 50 шумов для смещения.
alerts-failure-span = Укажите от 1 до 90 последних дней, от 7 до 180 дней до них, и чтобы хотя бы 3 были известны.
alerts-failure-stale = Тем временем кто-то изменил это правило.
metric-health-score = Оценка здоровья
metric-health-confidence = Уверенность оценки здоровья
metric-health-band = Полоса здоровья (1 красная, 2 жёлтая, 3 зелёная)
alerts-n-accounts = { $n ->
    [one] { $n } клиент
    [few] { $n } клиента
    [many] { $n } клиентов
   *[other] { $n } клиента
}
alerts-quality = Насколько это было верно?
quality-about = За прошлый год: что включённые правила сказали бы каждый день по тому, что было тогда известно, и кого потеряли. Правила для этапа смотрят на клиентов, пока те были на нём; правила для уровня — на тех, кто на нём сегодня, потому что прежние уровни не хранятся. Без того, что люди отклонили.
quality-horizon = Горизонт, дней
quality-horizon-hint = Сигнал верен, если клиент потерян за столько дней.
quality-reach = Сколько клиентов успеет команда
quality-reach-hint = За раз; считаются первые в каждом порядке.
quality-ask = Вычислить
quality-was-asked = Идёт вычисление
quality-waiting = Вычисляется новый отчёт. Он появится здесь, когда будет готов.
quality-of = С { $from } по { $until }; верно за { $horizon }.
quality-customers = Клиенты
quality-lost = Потеряны
quality-whole = Все правила вместе
quality-base = Потеряны за любой такой срок
quality-precision = Верные сигналы
quality-recall = Потери с предупреждением
quality-lead = Упреждение
quality-lead-of = { $n ->
    [one] по { $n } потере
    [few] по { $n } потерям
    [many] по { $n } потерям
   *[other] по { $n } потери
}
quality-false = Ложных тревог в неделю
quality-flips = Недели со сменой цвета
quality-bad = Эти правила не помогают:
quality-by-rule = По правилам
quality-judgement = Что это значит
quality-better = Лучше случая
quality-no-better = Не лучше случая
quality-never = Не сработало ни разу
quality-too-few = Слишком мало, чтобы судить
quality-alerts = Сигналы
quality-hits = { $hits } из { $n }
quality-share = { $share } ({ $hits } из { $n })
quality-between = между { $low } и { $high }
quality-first = Первые { $reach } в порядке
quality-first-about = Каждые четыре недели клиенты упорядочены. Сколько выручки, потерянной за горизонт, было среди первых?
quality-first-precision = Потери среди первых
quality-ranking = Порядок
quality-revenue = От потерянной выручки
quality-losses = От потерь
quality-by-alerts = Сигналы, по выручке и уверенности
quality-by-health = Здоровье, по выручке
quality-by-revenue = Только выручка
quality-by-last-used = Дольше всего не пользовались
quality-by-last-touch = Дольше всего без контакта
quality-by-anyone = Кто угодно, наугад
quality-bands = Полосы здоровья
quality-band-lost = Потеряны за горизонт
quality-interval = Интервал, 95%
quality-none = Ещё ничего не вычислено
quality-none-text = Спросите о прошлом годе: станет видно, какие правила помогают, а какие нет.
quality-failure-horizon = Укажите от 14 до 180 дней.
quality-failure-reach = Укажите от 1 до 10 000 клиентов.
settings-digest = Ежедневное письмо о сигналах
settings-digest-hint = Что нового среди ваших сигналов, каждое рабочее утро.
alerts-digest-about = Раз в каждый рабочий день, когда начинаются рабочие часы, письмо называет ваши новые сигналы. Если нового нет, нет и письма.
alerts-digest-no-post = В этой установке нет почтового сервера, поэтому письма не уходят.
alerts-digest-on = Присылать мне ежедневное письмо
alerts-digest-was-on = Вы получаете ежедневное письмо
alerts-digest-was-off = Вы не получаете ежедневного письма
alerts-letter-line = { $severity } – { $title }: { $name }
alerts-letter-off = Это письмо отключается здесь: { $address }
alerts-letter-subject = { $n ->
    [one] { $n } новый сигнал
    [few] { $n } новых сигнала
    [many] { $n } новых сигналов
   *[other] { $n } нового сигнала
}
alerts-letter-new = { $n ->
    [one] { $n } ваш сигнал нов:
    [few] { $n } ваших сигнала новы:
    [many] { $n } ваших сигналов новы:
   *[other] { $n } вашего сигнала новы:
}
alerts-letter-open = { $n ->
    [one] Всего открыт { $n }:
    [few] Всего открыто { $n }:
    [many] Всего открыто { $n }:
   *[other] Всего открыто { $n }:
}
