settings-sources = Источники использования
settings-sources-hint = Откуда приходят события продукта и их ключи записи
audit-act-usage-source-added = Источник использования добавлен
audit-act-usage-source-changed = Источник использования изменён
audit-act-usage-key-rotated = Новый ключ записи источника
audit-act-usage-source-stopped = Источник использования выключен
audit-act-usage-source-started = Источник использования включён
usage-sources-title = Источники использования
usage-sources-about = События приходят по протоколу Segment: SDK, который уже есть в продукте, шлёт сюда после смены хоста.
usage-sources-empty = Источников пока нет
usage-sources-empty-text = Добавьте по одному на каждое место: веб-приложение, сервер, мобильное приложение.
usage-sources-add = Добавить источник
usage-sources-name = Название
usage-sources-name-hint = Что отправляет: «Веб-приложение», «Сервер»
usage-sources-state = Состояние
usage-sources-since = Добавлен
usage-sources-on = Включён
usage-sources-off = Выключен
usage-sources-is-off = Источник выключен: на его события отвечаем 403, они не сохраняются
usage-sources-point = Направьте SDK сюда
usage-sources-point-text = Смените хост и ключ записи; остальное остаётся как есть.
usage-sources-host = Хост
usage-sources-key = Ключ записи
usage-sources-key-old = прежний ключ, действует до
usage-sources-code = Код
usage-sources-settings = Настройки
usage-sources-save = Сохранить
usage-sources-rotate = Новый ключ записи
usage-sources-rotate-text = Нынешний ключ действует ещё сутки, поэтому при замене ничего не теряется.
usage-sources-stop = Выключить
usage-sources-start = Включить
usage-sources-was-added = Источник добавлен
usage-sources-was-changed = Источник сохранён
usage-sources-was-rotated = У источника новый ключ записи
usage-sources-was-stopped = Источник выключен
usage-sources-was-started = Источник включён
usage-sources-failure-name = В названии от 1 до 100 знаков
usage-sources-failure-too-many = Источников уже столько, сколько может быть
usage-sources-failure-stale = Кто-то тем временем изменил источник. Сохраните ещё раз, чтобы поставить свой текст.
usage-reason-no-body = Тело не является объектом JSON или в нём нет списка «batch»
usage-remedy-no-body = Отправьте объект JSON; для /v1/batch со списком событий под «batch».
usage-reason-large-body = Запрос больше 500 КБ
usage-remedy-large-body = Отправляйте меньше событий за раз: у большинства SDK есть настройка вроде «flushAt».
usage-reason-many-items = В пакете больше 5000 элементов
usage-remedy-many-items = Отправьте его несколькими пакетами; SDK делают это сами.
usage-reason-malformed = Это не читаемый объект JSON: { $about }
usage-remedy-malformed = Пусть событие пишет библиотека JSON, а не склейка строк.
usage-reason-no-call = Не сказано, что это за вызов
usage-remedy-no-call = Укажите «type»: track, identify, group, page, screen или alias.
usage-reason-wrong-type = В поле «{ $about }» не то, что там должно быть
usage-remedy-wrong-type = Идентификаторы и имена — строки; properties, traits и context — объекты.
usage-reason-large = В событии { $about } КБ; предел 32
usage-remedy-large = Уберите из properties длинные тексты и списки; отправляйте то, по чему считаете.
usage-reason-no-person = Никто не назван: нет userId или anonymousId одного человека
usage-remedy-no-person = Задайте userId после входа. Значения «null», «anonymous» или нули никого не обозначают и не принимаются.
usage-reason-no-event = Вызов track без имени события
usage-remedy-no-event = Укажите в «event», что сделано: «Report opened».
usage-reason-no-group = Вызов group без идентификатора группы
usage-remedy-no-group = Укажите в «groupId», как продукт называет клиента.
usage-reason-no-previous = Вызов alias без обоих идентификаторов
usage-remedy-no-previous = Укажите в «previousId» прежний идентификатор, а в «userId» нынешний.
usage-reason-long-id = «{ $about }» длиннее 200 знаков
usage-remedy-long-id = Отправляйте идентификатор, а не токен или целую запись.
usage-reason-long-name = «{ $about }» длиннее 200 знаков
usage-remedy-long-name = Назовите событие коротко, а различия поместите в properties.
usage-reason-many-properties = В нём { $about } свойств; предел 500
usage-remedy-many-properties = Отправляйте те немногие, по которым считаете; идентификаторы в именах свойств — частая ошибка.
usage-reason-nul = В «{ $about }» есть символ NUL
usage-remedy-nul = Уберите из идентификаторов и имён служебные символы перед отправкой.
usage-reason-bad-time = «{ $about }» — не время
usage-remedy-bad-time = Пишите время так: 2026-03-02T09:00:00.000Z.
usage-reason-future = Оно происходит в будущем
usage-remedy-future = Передавайте «sentAt» по тем же часам, что и «timestamp»: неверные часы будут исправлены.
usage-reason-ancient = Ему больше десяти лет
usage-remedy-ancient = Обычно это часы, идущие с 1970 года: передавайте «sentAt» по тем же часам.
panel-usage = Использование продукта
usage-account-active-7 = Активны, 7 дней
usage-account-active-30 = Активны, 30 дней
usage-account-events-30 = События, 30 дней
usage-account-line = Активных людей в неделю за 13 недель, с { $from } до { $to }
usage-account-weeks = активных людей в неделю, 13 недель
usage-account-last = последний раз
usage-account-resting = Использование этого клиента сейчас сводится воедино. До тех пор ничего из него не показано.
usage-account-trend-up = Растёт: каждую неделю активных людей больше на { $slope } (95 %: от { $low } до { $high })
usage-account-trend-down = Падает: каждую неделю активных людей меньше на { $slope } (95 %: от { $low } до { $high })
usage-account-trend-flat = Без ясного направления: каждую неделю активных людей от «на { $low } меньше» до «на { $high } больше» (95 %)
usage-account-features = Функция
usage-account-people = Люди
usage-account-person = Человек
usage-account-events = События
usage-account-nameless = (страница без имени)
usage-account-quiet = За последние 30 дней никого не было.
usage-account-empty = Использования пока не видно
usage-account-empty-text = События появятся, когда их группа окажется этим клиентом: его внешний идентификатор или человек отсюда.
usage-debugger-title = Отладчик событий
usage-debugger-came = Что пришло
usage-debugger-rejected = Отклонённые
usage-debugger-rejected-one = Отклонено
usage-debugger-unsettled = Без клиента
usage-debugger-about = Самые новые события по мере поступления.
usage-debugger-empty = Пока ничего не пришло
usage-debugger-empty-text = Направьте сюда SDK с ключом записи: первое событие появится за две секунды.
usage-debugger-event = Событие
usage-debugger-who = Кто
usage-debugger-group = Группа
usage-debugger-user = Человек
usage-debugger-anonymous = Анонимный браузер
usage-debugger-source = Источник
usage-debugger-at = Пришло
usage-debugger-happened = произошло
usage-debugger-raw = Событие как пришло
usage-debugger-none-rejected = Ничего не отклонено
usage-debugger-none-rejected-text = Что нельзя принять, хранится здесь 30 дней с причиной и советом.
usage-debugger-why = Почему
usage-debugger-sent-again = Отправлено снова
usage-debugger-send = Отправить снова
usage-debugger-mend = Исправьте и отправьте снова; времена сохранятся.
usage-debugger-not-whole = Сохранено только начало, отправить отсюда снова нельзя.
usage-debugger-refused = Принять по-прежнему нельзя
usage-debugger-was-sent = Событие принято
usage-debugger-was-known = Ничего не добавлено: событие с этим идентификатором уже есть
usage-debugger-was-part = Принято: { $taken }. Остальное стоит отдельно среди отклонённых: { $refused }
usage-debugger-was-settled = Его уже отправили снова
usage-debugger-settle = Это этот клиент
usage-debugger-all-settled = У каждого события есть клиент
usage-debugger-all-settled-text = Здесь ждут события, чей клиент неизвестен.
usage-debugger-unsettled-text = У этих событий ещё нет клиента. Укажите, какой клиент эта группа, и все её события, в том числе прошлые, станут его. Для человека выбор действует в те дни, когда клиента не указывает ничто другое.
usage-sources-unread = Часть полученного не читается
usage-sources-unread-events = Событий, которые читаются: { $found } из { $events }. Они остаются в журнале, и каждый день их пробуют снова; остальные хранятся как обычно.
usage-sources-events = Отладчик событий
usage-account-seen = Последний раз
audit-act-usage-keeping-changed = Изменён срок хранения событий
settings-keeping = Хранение событий
usage-keeping-title = Хранение событий
settings-keeping-hint = Сколько дней события продукта хранятся такими, какими пришли
usage-keeping-about = События хранятся такими, какими пришли: для отладки, новых собственных показателей и удаления людей. Числа из них – по человеку, функции и дню – хранятся всегда.
usage-keeping-now = { $n ->
    [one] События хранятся { $n } день.
    [few] События хранятся { $n } дня.
    [many] События хранятся { $n } дней.
   *[other] События хранятся { $n } дня.
}
usage-keeping-days = Хранить события (дней)
usage-keeping-days-hint = От 7 до 3650 дней
usage-keeping-look = Показать, что уйдёт
usage-keeping-what-goes = Что уйдёт
usage-keeping-goes = { $n ->
    [0] Ничего не уйдёт.
    [one] Ближайшей ночью уйдёт { $n } событие.
    [few] Ближайшей ночью уйдут { $n } события.
    [many] Ближайшей ночью уйдут { $n } событий.
   *[other] Ближайшей ночью уйдёт { $n } события.
}
usage-keeping-stays = { $n ->
    [one] Останется { $n } событие.
    [few] Останутся { $n } события.
    [many] Останутся { $n } событий.
   *[other] Останется { $n } события.
}
usage-keeping-before = Уйдёт всё, что пришло до { $day }. До тех пор настройку можно вернуть; ушедшее новый показатель уже не посчитает.
usage-keeping-save = Сохранить
usage-keeping-was-set = { $n ->
    [one] События хранятся { $n } день; более старые уходят ночью
    [few] События хранятся { $n } дня; более старые уходят ночью
    [many] События хранятся { $n } дней; более старые уходят ночью
   *[other] События хранятся { $n } дня; более старые уходят ночью
}
usage-keeping-failure-days = События хранятся от 7 до 3650 дней
usage-sources-past = Загрузить прошлое
usage-reason-no-time = Не сказано, когда это было
usage-remedy-no-time = Укажите у каждого события прошлого «timestamp», например 2026-03-02T09:00:00Z.
usage-backfills-title = Файлы прошлого
usage-backfills-about = События до подключения SDK, из файла. Каждое считается в своём дне, до десяти лет назад; одно событие никогда не считается дважды.
usage-backfills-empty = Файлов пока нет
usage-backfills-empty-text = Загрузите историю использования из прежнего сервиса: по событию в строке (JSONL) или таблицу (CSV).
usage-backfills-new = Загрузить файл
usage-backfills-file = Файл
usage-backfills-state = Состояние
usage-backfills-lines = Строки
usage-backfills-refused = Отклонено
usage-backfills-by = Кто загрузил
usage-backfills-when = Загружен
usage-backfills-no-source = Ни один источник не принимает события
usage-backfills-no-source-text = Сначала добавьте или включите источник: каждое событие к нему относится.
usage-backfills-source = Источник
usage-backfills-source-hint = Место в вашем продукте, откуда эти события
usage-backfills-file-hint = JSONL в форме Segment или CSV с заголовком, также сжатые gzip
usage-backfills-look = Посмотреть
usage-backfills-cancel = Отмена
usage-backfills-example = Как выглядят строки
usage-backfills-for-good = Принятое считается навсегда: посмотрите ниже первые строки.
usage-backfills-columns = Столбцы
usage-backfills-columns-text = Нужны время, человек и то, что сделано. Столбец без места становится свойством со своим именем.
usage-backfills-column = Столбец
usage-backfills-samples = Например
usage-backfills-goes-to = Куда
usage-backfills-days = Как записаны дни
usage-backfills-choose = Выберите
usage-backfills-day-first = Сначала день: 31.12.2026
usage-backfills-month-first = Сначала месяц: 12/31/2026
usage-backfills-until = Пропустить начиная с этого дня
usage-backfills-until-hint = Выберите день, с которого SDK шлёт сюда, чтобы ничто не считалось дважды. Пусто — взять всё.
usage-backfills-run = Принять строки
usage-backfills-look-again = Посмотреть ещё раз
usage-backfills-preview = Первые строки
usage-backfills-preview-text = Подходят из первых строк: { $fitting } из { $lines }.
usage-backfills-line = Строка
usage-backfills-discard = Выбросить
usage-backfills-taken = Принято
usage-backfills-known-lines = Уже известно
usage-backfills-left-out = Пропущено
usage-backfills-refused-lines = Отклонённые строки
usage-backfills-refused-text = В файле для скачивания эти строки с причинами: исправьте их там и загрузите снова.
usage-backfills-file-gone = Файл больше не хранится, поэтому эти строки уже не скачать.
usage-backfills-reason = Причина
usage-backfills-remedy = Что делать
usage-backfills-download = Отклонённые строки
usage-backfills-pause = Приостановить
usage-backfills-resume = Продолжить
usage-backfills-state-draft = Черновик
usage-backfills-state-running = Выполняется
usage-backfills-state-paused = Приостановлен
usage-backfills-state-done = Готов
usage-backfills-state-failed = Остановлен
usage-backfills-slot-property = Свойство
usage-backfills-slot-call = Вид события
usage-backfills-slot-event = Событие
usage-backfills-slot-user = Человек
usage-backfills-slot-anonymous = Анонимный браузер
usage-backfills-slot-group = Группа (клиент)
usage-backfills-slot-time = Время
usage-backfills-slot-message = Id сообщения
usage-backfills-slot-previous = Прежний id
usage-backfills-slot-nothing = Пропустить
usage-backfills-problem-damaged = Файл сжат, а его конца нет или он повреждён. Сожмите заново и загрузите.
usage-backfills-problem-unreadable = Строку не прочитать: чаще всего кавычка открыта и не закрыта.
usage-backfills-problem-source-off = Источник выключен. Включите его и продолжите здесь.
usage-backfills-problem-forbidden = Начавший больше не может настраивать использование. Продолжите от своего имени.
usage-backfills-problem-gone = Файл больше не хранится. Загрузите его снова.
usage-backfills-known = У этого источника такой файл уже есть: вот что с ним стало
usage-backfills-begun = Строки принимаются
usage-backfills-was-paused = Файл ждёт
usage-backfills-goes-on = Файл принимается дальше
usage-backfills-was-discarded = Файл выброшен
usage-backfills-failure-source = Выберите один из своих источников
usage-backfills-failure-off = Этот источник выключен: для него ничего не принимается
usage-backfills-failure-empty = В этом файле нет строк
usage-backfills-failure-damaged = Файл сжат и повреждён
usage-backfills-failure-unreadable = Файл не прочитать: поищите незакрытую кавычку
usage-backfills-failure-unmapped = Выберите столбцы времени, человека и события
usage-backfills-failure-twice = Два столбца идут в одно место
usage-backfills-failure-unclear = Скажите, как в столбце времени записаны дни
usage-backfills-failure-day = День выглядит так: 2026-11-22
usage-backfills-failure-past = Для этого файла это уже позади
usage-backfills-failure-gone = Файл больше не хранится: загрузите его снова
usage-backfills-lines-count = { $n ->
    [one] { $n } строка.
    [few] { $n } строки.
    [many] { $n } строк.
   *[other] { $n } строки.
}
usage-debugger-any = Все
usage-debugger-call = Вызов
usage-debugger-text = Содержит
usage-debugger-filter = Показать
usage-debugger-none = Ничего не подходит
usage-debugger-none-text = Из просмотренного ничего не подходит к этим фильтрам.
usage-debugger-stamp-received = Пришло (наши часы)
usage-debugger-stamp-happened = Произошло (исправлено)
usage-debugger-stamp-sent = Отправлено (часы отправителя)
usage-debugger-stamp-original = Произошло (часы отправителя)
usage-debugger-again = { $n ->
    [one] пришло повторно { $n } раз
    [few] пришло повторно { $n } раза
    [many] пришло повторно { $n } раз
   *[other] пришло повторно { $n } раза
}
usage-debugger-replay-all = Отправить их все снова
usage-debugger-replay-begun = Идёт повторная отправка
usage-debugger-replay-runs = Отправляется снова: { $tried } из { $total }, принято: { $taken }
usage-debugger-replay-over = Последняя повторная отправка: { $tried } из { $total }, принято: { $taken }
