# Приём: места, номера, окна, табло ожидания.
nav-counter = Приём
counter-places = Места
counter-empty = Мест ещё нет
counter-empty-text = Место — это отделение или стойка, куда люди приходят лично. Они получают номер и обращение, и их вызывают к окну.
counter-place-new = Новое место
counter-choose = Где вы сегодня?
counter-waiting-count = { $n ->
    [one] Ожидает { $n } человек
    [few] Ожидают { $n } человека
    [many] Ожидают { $n } человек
   *[other] Ожидают { $n } человека
 }
counter-new = Принять посетителя
counter-next = Вызвать следующего
counter-archived = В архиве
counter-archived-notice = Это место в архиве: сюда больше никто не приходит, и табло закрыто.
counter-serving = У вашего окна
counter-somebody = Кто-то
counter-called-times = { $n ->
    [one] вызван { $n } раз
    [few] вызван { $n } раза
    [many] вызван { $n } раз
   *[other] вызван { $n } раза
 }
counter-act-call = Вызвать
counter-act-call-again = Вызвать ещё раз
counter-act-solve = Готово, решено
counter-act-done = Готово, обращение открыто
counter-act-no-show = Никто не подошёл
counter-act-hand-on = Передать
counter-act-put-back = Вернуть в очередь
counter-hand-on-to = В другую очередь
counter-leave = Освободить окно
counter-left = Окно освобождено
counter-window-choose = Выберите окно
counter-window = Окно
counter-window-hint = То, что люди видят на табло, например 3. Действует сегодня.
counter-serves = Очереди, которые вы обслуживаете
counter-serves-hint = Если ничего не выбрано, то все.
counter-sit = Занять окно
counter-at-window = Вы у окна { $window }
counter-nobody-waits = Никто не ждёт
counter-nobody-waits-text = Кто придёт, сразу появится здесь с номером своего талона.
counter-waiting = Кто ждёт
counter-number = Номер
counter-who = Кто
counter-what = Зачем
counter-queue = Очередь
counter-waits-since = Пришли
counter-acts = Действия
counter-call-one = Вызвать { $number }
counter-slip = Талон
counter-windows = Окна
counter-window-free = Свободно
counter-today = Сегодня
counter-day-link = Показатели дня
counter-day-title = Показатели дня
counter-day = День
counter-show-day = Показать
counter-day-before = Днём раньше
counter-day-after = Днём позже
counter-day-empty = В этот день никто не приходил
counter-day-empty-text = Выберите другой день или примите посетителя.
counter-came = Пришло
counter-served = Обслужено
counter-no-shows = Не подошли на вызов
counter-waited-median = Ожидание, медиана
counter-waited-p90 = Ожидание, 90-й процентиль
counter-served-median = У окна, медиана
counter-never-called = Не вызваны
counter-how = Ожидание считается по тем, кто подошёл к окну: когда ушёл тот, кто не подошёл, никто не знает.
counter-queues = Очереди
counter-visits = Визиты
counter-state = Состояние
counter-state-waiting = Ожидает
counter-state-called = У окна
counter-state-done = Обслужен
counter-state-no-show = Не подошёл
counter-came-at = Пришёл в
counter-waited = Ожидание
counter-served-for = У окна
counter-agent = Агент
counter-who-hint = Имя, адрес или номер телефона. Кого мы ещё не знаем, будет добавлен.
counter-who-new = Новый человек
counter-who-choose = Кто это?
counter-who-add = Новый человек: { $name }
counter-who-which = Выберите, кто это, или нового человека.
counter-give-number = Выдать номер
counter-ahead = { $n ->
    [one] Перед вами { $n } человек
    [few] Перед вами { $n } человека
    [many] Перед вами { $n } человек
   *[other] Перед вами { $n } человека
 }
counter-slip-text = Пожалуйста, подождите, пока ваш номер появится на табло.
counter-back = К приёму
counter-print = Печать
counter-was-given = Выдан номер { $number }
counter-was-called = { $number } вызван к окну { $window }
counter-was-called-again = { $number } вызван ещё раз
counter-was-done = { $number } обслужен; обращение остаётся открытым
counter-was-solved = { $number } обслужен, обращение решено
counter-was-missed = { $number } не подошёл
counter-was-handed-on = { $number } ждёт в другой очереди
counter-was-put-back = { $number } снова ждёт
counter-about = Куда люди приходят лично, за чем стоят в очереди, и табло на стене.
counter-place-name = Название
counter-place-name-hint = Стоит на талонах и на табло.
counter-queues-hint = У каждой очереди своя буква, с неё начинаются номера: A001. Ненужную очередь оставьте без названия.
counter-queue-of = Очередь { $letter }
counter-queue-name = Название очереди
counter-no-team = Без команды
counter-save = Сохранить место
counter-archive = В архив
counter-restore = Вернуть
counter-place-added = Место «{ $name }» добавлено
counter-place-changed = Место «{ $name }» сохранено
counter-place-archived = Место «{ $name }» в архиве
counter-place-restored = Место «{ $name }» возвращено
counter-board = Табло ожидания
counter-board-on = Открыто
counter-board-text = Страница для экрана на стене. Кто знает её адрес, видит номера и окна, без имён; входить не нужно.
counter-board-open = Открыть табло
counter-board-renew = Дать новый адрес
counter-board-end = Закрыть табло
counter-board-was-closed = Табло закрыто
counter-board-link = Адрес табло
counter-board-link-text = Откройте этот адрес на экране на стене.
counter-board-link-once = Он показывается один раз. Прежний адрес больше ничего не открывает.
counter-board-look = Посмотреть табло
counter-back-place = К месту
counter-board-now = Сейчас
counter-board-next = Следующие
counter-board-nobody = Пока никого не вызвали.
counter-board-empty = Никто не ждёт.
counter-board-more = { $n ->
    [one] и ещё { $n }
    [few] и ещё { $n }
    [many] и ещё { $n }
   *[other] и ещё { $n }
 }
counter-board-closed = Этого табло больше нет
counter-board-closed-text = Его адрес обновили или его закрыли. Попросите новый адрес.
counter-board-lost = Нет связи. Пожалуйста, слушайте, когда назовут ваш номер.
counter-trace-visit = Визит на приёме
counter-failure-name = Название места — от 1 до 60 символов
counter-failure-name-taken = Другое место уже так называется
counter-failure-queues = У места от одной до шести очередей, у каждой своя буква от A до F и название до 60 символов
counter-failure-team = Выберите команду вашего пространства
counter-failure-stale = Кто-то изменил это место, пока вы писали. Сохраните ещё раз, чтобы поставить свой текст.
counter-failure-too-many = В пространстве до 100 мест
counter-failure-archived = Место в архиве
counter-failure-queue = Выберите очередь этого места
counter-failure-who = Укажите, кто это: имя, адрес или номер телефона
counter-failure-contact = Выберите контакт вашего пространства
counter-failure-what = Напишите, зачем пришли: от 1 до 2000 символов
counter-failure-window = Название окна — от 1 до 8 символов
counter-failure-window-taken = У этого окна обслуживает кто-то другой
counter-failure-no-seat = Сначала выберите окно
counter-failure-busy = У вашего окна ещё кто-то есть
counter-failure-nobody = В ваших очередях никто не ждёт
counter-failure-deed = С этим визитом это уже нельзя сделать: кто-то успел раньше
counter-failure-act = Выберите действие
counter-failure-another-day = День этого визита закончился
