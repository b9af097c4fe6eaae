# Сценарии: записанные способы действовать и их запуски.
panel-playbooks = Сценарии
playbooks-title = Сценарии
playbooks-about = Записанные способы действовать: что их запускает, для кого и что делается шаг за шагом. Часть клиентов можно не трогать, чтобы измерить действие.
playbooks-none = Сценариев ещё нет
playbooks-none-text = Начните с двух, которые большинству компаний нужны первыми, или напишите свой.
playbooks-add-standard = Добавить два обычных
playbooks-new = Новый сценарий
playbooks-name = Название
playbooks-status = Состояние
playbooks-status-draft = Черновик
playbooks-status-active = Действует
playbooks-status-paused = Приостановлен
playbooks-status-removed = Удалён
playbooks-trigger = Что его запускает
playbooks-trigger-hand = Вручную
playbooks-trigger-alert = Открылся сигнал
playbooks-trigger-band = Здоровье перешло в полосу
playbooks-trigger-stage = Достигнут этап
playbooks-trigger-renewal = Дней до продления
playbooks-trigger-event = Произошло что-то другое
playbooks-trigger-about = Из этих полей считаются только те, что относятся к выбранному.
playbooks-begins = Начинается, когда
playbooks-days-before = Дней до продления
playbooks-rule = Правило сигнала
playbooks-severity = Важность сигнала
playbooks-what-for = Для чего он
playbooks-for-whom = Для каких клиентов
playbooks-mrr-from = Выручка в месяц от
playbooks-mrr-to = Выручка в месяц до
playbooks-holdout = Не трогать, в %
playbooks-holdout-hint = Всегда одни и те же клиенты, записанные с первого раза; от 0 до 50.
playbooks-cooldown = Дней между двумя запусками
playbooks-cooldown-hint = Сколько клиент отдыхает после начала запуска; 0 — без отдыха.
playbooks-any = Любой
playbooks-never = Никогда
playbooks-steps = Шаги
playbooks-steps-about = В названиях и текстах подставляется то, что стоит в двойных скобках. Ветвление ведёт только вперёд.
playbooks-step-task = Задача
playbooks-step-wait = Ожидание
playbooks-step-await = Ожидание задачи
playbooks-step-branch = Ветвление
playbooks-step-tag = Метка
playbooks-step-note = Запись на ленте
playbooks-step-signal = Сообщить вебхукам
playbooks-step-kind = Вид шага
playbooks-step-add = Добавить шаг
playbooks-step-up = Поднять шаг { $n }
playbooks-step-down = Опустить шаг { $n }
playbooks-step-remove = Убрать шаг { $n }
playbooks-due-in = Срок в рабочих днях
playbooks-wait-days = Дней ожидания
playbooks-await-days = Дней ожидания, не больше
playbooks-owner-account = Кто ведёт клиента
playbooks-test = Идёт дальше, когда
playbooks-test-done = последняя задача сделана
playbooks-test-band = Здоровье в полосе
playbooks-test-above = показатель выше
playbooks-test-below = показатель ниже
playbooks-otherwise = Иначе перейти к шагу
playbooks-note-words = Текст
playbooks-label = Название
playbooks-ends = Что заканчивает его раньше
playbooks-until-band = Здоровье в полосе
playbooks-until-closed = Сигнал закрывается
playbooks-save = Сохранить
playbooks-cancel = Отмена
playbooks-publish = Опубликовать
playbooks-pause = Приостановить
playbooks-remove = Удалить
playbooks-restore = Вернуть
playbooks-ahead = То, что здесь стоит, новее действующего.
playbooks-versions = Версии
playbooks-version = Версия { $n }
playbooks-in-force = Действует
playbooks-roll-back = Вернуться к этой
playbooks-runs = Запуски
playbooks-run = Запуск
playbooks-run-running = Идут
playbooks-run-finished = Закончены
playbooks-run-stopped = Остановлены
playbooks-no-runs = Запусков ещё нет
playbooks-no-runs-text = Запуск начинается, когда сценарий опубликован и происходит то, что его запускает.
playbooks-held = Не тронуты
playbooks-held-about = У этих клиентов был бы запуск. Их намеренно не трогают, чтобы увидеть, что меняет сценарий.
playbooks-left-alone = Намеренно не тронут
playbooks-cause-hand = Вручную
playbooks-cause-renewal = Приближается продление
playbooks-cause-alert = Открылся сигнал
playbooks-cause-band = Здоровье перешло в полосу
playbooks-cause-stage = Достигнут этап
playbooks-why-hand = Остановлен вручную
playbooks-why-band = Здоровье дошло туда
playbooks-why-alert = Сигнал закрыт
playbooks-why-closed = Клиент закрыт
playbooks-began = Начало
playbooks-by-version = Версия
playbooks-waits-until = Ждёт до
playbooks-no-step-yet = Ни один шаг ещё не достигнут.
playbooks-show-task = Показать задачу
playbooks-outcome-done = Сделано
playbooks-outcome-waiting = Ждёт
playbooks-outcome-waited = Подождали
playbooks-outcome-yes = Да
playbooks-outcome-no = Нет: пошло другим путём
playbooks-outcome-failed = Не удалось сделать
playbooks-start = Запустить
playbooks-stop = Остановить
playbooks-resume = Продолжить
playbooks-none-of-account = Здесь сценариев не было.
playbooks-dry-run = Пробный прогон
playbooks-past-quarter = 90 дней
playbooks-past-year = Год
playbooks-past-about = Для кого эта версия началась бы, ничего не делая. Уровень, этап и выручка — сегодняшние; продления — по нынешним дням.
playbooks-past-hand = Запускается вручную
playbooks-past-hand-text = То, что начинают люди, в прошлом не найти.
playbooks-past-none = Никто
playbooks-past-none-text = Он не начался бы ни для одного клиента.
playbooks-past-times = Раз
playbooks-past-accounts = Клиенты
playbooks-past-days = Дни
playbooks-was-saved = Сценарий сохранён
playbooks-was-published = Сценарий действует
playbooks-was-paused = Сценарий приостановлен; его запуски стоят
playbooks-was-rolled-back = Действует прежняя версия
playbooks-was-removed = Сценарий удалён
playbooks-was-restored = Сценарий возвращён
playbooks-were-added = Сценарии добавлены как черновики
playbooks-run-was-started = Сценарий начался
playbooks-run-was-stopped = Запуск остановлен
playbooks-run-was-resumed = Запуск продолжается
playbooks-failure-name = Дайте название от 1 до 80 знаков.
playbooks-failure-about = Не больше 1000 знаков.
playbooks-failure-trigger = Выберите, что его запускает; дней до продления от 1 до 365, у даты от 0 до 365.
playbooks-failure-range = Выручка «от» не больше выручки «до».
playbooks-failure-rung = Выберите этап или уровень этого рабочего пространства.
playbooks-failure-holdout = Укажите от 0 до 50 %.
playbooks-failure-cooldown = Укажите от 0 до 730 дней.
playbooks-failure-steps = В сценарии от 1 до 40 шагов.
playbooks-failure-step = Дополните этот шаг: текст, дни от 1 (сроки от 0) до 365, более поздний шаг для ветвления, вебхук, значение, подходящее полю.
playbooks-failure-account = Выберите открытого клиента этого рабочего пространства.
playbooks-failure-not-active = Запуски начинает только опубликованный сценарий.
playbooks-failure-running = У клиента уже идёт этот сценарий.
playbooks-failure-stale = Кто-то тем временем изменил этот сценарий.
playbooks-n-left = { $n ->
    [one] Впереди ещё { $n } шаг.
    [few] Впереди ещё { $n } шага.
    [many] Впереди ещё { $n } шагов.
   *[other] Впереди ещё { $n } шага.
}
playbooks-trigger-date = Дата клиента
playbooks-trigger-segment = Клиент попадает в сегмент
playbooks-date = Какая дата
playbooks-date-days = Дней до или после
playbooks-date-side = До или после
playbooks-side-before = до
playbooks-side-after = после
playbooks-date-renewal = Продление
playbooks-date-start = Начало подписки
playbooks-date-added = Добавление клиента
playbooks-segment = Сегмент
playbooks-choose = Выберите
playbooks-not-seen = Выбранное раньше
playbooks-nothing = Ничего
playbooks-by-rule = По правилу
playbooks-variables = Что подставляется
playbooks-variable-account-name = Название клиента
playbooks-variable-account-website = Сайт клиента
playbooks-variable-owner-name = Имя того, кто ведёт клиента
playbooks-variable-owner-first-name = Только имя того, кто ведёт клиента
playbooks-variable-owner-email = Почта того, кто ведёт клиента
playbooks-variable-renewal-date = День следующего продления
playbooks-variable-renewal-days = Дней до продления
playbooks-variable-workspace-name = Ваше название
playbooks-variable-today = Сегодня
playbooks-variable-contact-name = В письмах: имя получателя
playbooks-variable-contact-first-name = В письмах: только имя получателя
playbooks-step-mail = Письмо
playbooks-step-webhook = Вызов вебхука
playbooks-step-set = Заполнить поле
playbooks-mail-to = Кому
playbooks-mail-subject = Тема
playbooks-mail-words = Текст
playbooks-mail-hint = Ящик добавит подпись. Если для письма нет значения, решает человек; | default("…") говорит, что стоит вместо него.
playbooks-recipient-chosen = Кого выберет ответственный
playbooks-preview = Предпросмотр
playbooks-webhook = Вебхук
playbooks-set-field = Поле
playbooks-set-value = Значение своего поля
playbooks-set-hint = Из этапа, уровня и ответственного считается только выбранное поле. День пишется 2026-11-30, да или нет — yes или no, несколько вариантов — по строке; пустое очищает поле.
playbooks-until-left = Клиент выходит из сегмента
playbooks-goal = По чему его оценивают
playbooks-goal-about = Выберите до первого запуска: выбранное после просмотра доказывает меньше. Страница «Эффект» сравнивает по этому начатых с оставленными в покое.
playbooks-goal-aim = Достигнуто, когда
playbooks-goal-points = Баллы здоровья
playbooks-goal-rise = Рост показателя в %
playbooks-goal-days = Дней после начала
playbooks-goal-score = Здоровье выше
playbooks-goal-eased = Предупреждения закрыты
playbooks-goal-renewed = Он продлил
playbooks-goal-metric = Показатель выше
playbooks-goal-said-score = Здоровье на { $points } баллов выше через { $days } дн. после начала
playbooks-goal-said-eased = Открытые предупреждения закрыты за { $days } дн.
playbooks-goal-said-renewed = Подписка продлена за { $days } дн.
playbooks-goal-said-metric = { $metric }: на { $rise } % больше через { $days } дн. после начала
playbooks-what-changed = Что изменилось
playbooks-what = Что
playbooks-same = Ничего не изменилось
playbooks-same-text = Обе версии говорят одно и то же.
playbooks-step-came = Добавлен шаг { $n }
playbooks-step-went = Убран шаг { $n }
playbooks-step-changed = Изменён шаг { $n }
playbooks-step-moved = Шаг { $from } теперь шаг { $to }
playbooks-trace-started = Сценарий начат
playbooks-trace-finished = Сценарий завершён
playbooks-trace-stopped = Сценарий закончен раньше
playbooks-mail-why-chosen = Кто-то должен выбрать, кому оно уйдёт.
playbooks-mail-why-missing = Неизвестно значение: { $names }.
playbooks-mail-why-nobody = Некому его отправить.
playbooks-mail-task = Написать клиенту { $account }: { $subject }
playbooks-mail-task-words = Выберите на странице запуска, кому оно уйдёт; или напишите сами и отметьте задачу сделанной.
playbooks-tier-reason = Задано сценарием
playbooks-hindrance-no-way = Ни один ящик не отправляет
playbooks-hindrance-no-address = Нет адреса почты
playbooks-hindrance-suppressed = Адрес не принимает почту
playbooks-hindrance-too-many = Сегодня этот человек получил уже достаточно автоматических писем
playbooks-hindrance-missing = Не хватает значения
playbooks-cause-date = Наступила дата
playbooks-cause-segment = Попал в сегмент
playbooks-why-segment = Клиент вышел из сегмента
playbooks-outcome-left = Сделал человек
playbooks-outcome-undone = Отменено
playbooks-fate-waiting = В пути
playbooks-fate-sent = Отправлено
playbooks-fate-failed = Отклонено или вернулось
playbooks-fate-unknown = Неизвестно, дошло ли
playbooks-fate-withdrawn = Отозвано вовремя
playbooks-fate-answered = Ответили
playbooks-mail-somebody = Кто-то у клиента
playbooks-call-waiting = в пути
playbooks-call-delivered = вебхук получил
playbooks-call-failed = вебхук не принял
playbooks-set-from-to = с «{ $before }» на «{ $after }»
playbooks-mail-waits = Письмо ждёт вас
playbooks-mail-waits-text = Выберите, кому оно уйдёт; запуск пойдёт дальше. Или напишите сами и отметьте задачу сделанной.
playbooks-mail-send = Отправить
playbooks-mail-was-written = Письмо в пути
playbooks-take-back = Вернуть как было
playbooks-was-taken-back = Поле как прежде
playbooks-preview-about = Письмо таким, каким оно ушло бы каждому. Ничего не отправляется.
playbooks-preview-show = Показать
playbooks-preview-no-account = Клиента с таким названием нет
playbooks-preview-no-account-text = Введите начало названия клиента.
playbooks-preview-nobody = Там ни у кого нет этой роли
playbooks-preview-nobody-text = Запуск ждал бы на этом шаге, пока человек выберет.
playbooks-preview-missing = Этих значений нет, поэтому спросили бы человека:
playbooks-effect = Эффект
playbooks-effect-about = Начатые рядом с намеренно оставленными в покое. Кого оставить, решает случай, поэтому разница между ними — дело сценария.
playbooks-effect-no-holdout = Никого не оставляют в покое
playbooks-effect-no-holdout-text = Задайте в редакторе долю оставляемых в покое и опубликуйте: без сравнения сказать нечего.
playbooks-effect-nobody = Пока никого
playbooks-effect-nobody-text = Пока никто не начат и никто не оставлен в покое.
playbooks-effect-better = Среди начатых достигают чаще: на { $by } п. п., от { $low } до { $high }
playbooks-effect-worse = Среди начатых достигают реже: на { $by } п. п., от { $low } до { $high }
playbooks-effect-unclear = Разницу не отличить от случая: от { $low } до { $high } п. п.
playbooks-effect-too-few = Слишком мало, чтобы судить: n = { $n } оставленных, { $begun } начатых
playbooks-effect-needed = Чтобы увидеть разницу в 10 п. п., нужно около { $needed } оценённых оставленных; пока их { $n }.
playbooks-effect-side = Клиенты
playbooks-effect-begun = Начатые
playbooks-effect-left-alone = Оставленные в покое
playbooks-effect-judged = Оценено
playbooks-effect-reached = Достигли
playbooks-effect-share = Доля
playbooks-effect-interval = Интервал (95 %)
playbooks-effect-remarks = Что нужно знать
playbooks-effect-goal-later = Цель другая, чем при первом запуске: выбранное после просмотра доказывает меньше.
playbooks-effect-cut = Учтены только те, кто был до { $day }: всех слишком много, чтобы сравнить.
playbooks-effect-looks = Кто смотрит часто, рано или поздно найдёт случайную разницу. Решайте, когда оценено достаточно, а не когда выглядит хорошо.
playbooks-effect-how = Считается там, куда клиента поставил случай, как бы ни прошёл запуск (intention to treat), один раз, с первого повода. Доли с интервалом Уилсона, разница с интервалом Ньюкомба; нужное число для мощности 80 % при 95 %.
playbooks-effect-early = { $n ->
    [one] { $n } клиент ещё не оценён: его время не прошло.
    [few] { $n } клиента ещё не оценены: их время не прошло.
    [many] { $n } клиентов ещё не оценены: их время не прошло.
   *[other] { $n } клиента ещё не оценены: их время не прошло.
}
playbooks-effect-unknown = { $n ->
    [one] { $n } клиента нельзя оценить: показатель не был известен.
    [few] { $n } клиентов нельзя оценить: показатель не был известен.
    [many] { $n } клиентов нельзя оценить: показатель не был известен.
   *[other] { $n } клиента нельзя оценить: показатель не был известен.
}
playbooks-effect-crossed = { $n ->
    [one] { $n } из оставленных начат вручную; он считается оставленным.
    [few] { $n } из оставленных начаты вручную; они считаются оставленными.
    [many] { $n } из оставленных начаты вручную; они считаются оставленными.
   *[other] { $n } из оставленных начаты вручную; они считаются оставленными.
}
playbooks-effect-by-hand = { $n ->
    [one] { $n } клиент начат только вручную; он не считается.
    [few] { $n } клиента начаты только вручную; они не считаются.
    [many] { $n } клиентов начаты только вручную; они не считаются.
   *[other] { $n } клиента начаты только вручную; они не считаются.
}
playbooks-effect-uncontrolled = { $n ->
    [one] { $n } клиент начат, когда никого не оставляли в покое; он не считается.
    [few] { $n } клиента начаты, когда никого не оставляли в покое; они не считаются.
    [many] { $n } клиентов начаты, когда никого не оставляли в покое; они не считаются.
   *[other] { $n } клиента начаты, когда никого не оставляли в покое; они не считаются.
}
playbooks-failure-variable = Шаг называет переменную, которой нет.
playbooks-failure-variable-named = Переменной «{ $name }» нет; откройте список над шагами.
playbooks-failure-goal = Выберите, по чему оценивать: 1–100 баллов или 1–1000 %, через 7–365 дней.
playbooks-failure-contact = Выберите того, кто сейчас у клиента.
playbooks-failure-missing = Неизвестны значения, нужные для письма.
playbooks-failure-hindered = Им нельзя написать.
playbooks-failure-not-waiting = Запуск не ждёт письма.
playbooks-failure-changed-since = Там уже стоит другое.
