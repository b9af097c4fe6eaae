imports-title = Импорт
imports-new = Импортировать файл
imports-empty = Пока ничего не импортировано
imports-empty-text = Загрузите список, который у вас уже есть: файл CSV из таблицы или другой программы. Вы увидите, что произойдёт, прежде чем что-то случится.
imports-target = Что в файле?
imports-file = Файл
imports-file-hint = CSV с любым разделителем и кодировкой; ничего не импортируется, пока вы не посмотрите
imports-look = Посмотреть
imports-cancel = Отмена
imports-state = Состояние
imports-rows = Строки
imports-by = Кто
imports-when = Когда
imports-external-id = Внешний ID
imports-state-draft = Черновик
imports-state-running = Идёт
imports-state-paused = Приостановлен
imports-state-done = Готов
imports-state-failed = Не удался
imports-state-undoing = Отменяется
imports-state-undone = Отменён
imports-columns = Столбцы
imports-columns-text = Укажите, что означает каждый столбец. Пропущенное не импортируется. Куда: { $target }.
imports-rows-count = { $n ->
    [one] В файле { $n } строка.
    [few] В файле { $n } строки.
    [many] В файле { $n } строк.
   *[other] В файле { $n } строки.
}
imports-column = Столбец
imports-samples = Например
imports-field = Поле
imports-leave-out = Пропустить
imports-dialect = Текст выглядит неправильно?
imports-charset = Кодировка
imports-separator = Разделитель
imports-separator-comma = Запятая
imports-separator-semicolon = Точка с запятой
imports-separator-tab = Табуляция
imports-separator-bar = Вертикальная черта
imports-header = Первая строка
imports-header-yes = Названия столбцов
imports-header-no = Уже данные
imports-run = Импортировать
imports-look-again = Посмотреть ещё раз
imports-discard = Убрать этот файл
imports-preview = Что произойдёт
imports-preview-text = { $n ->
    [one] Первая { $n } строка, на пробу. Пока ничего не сохранено.
    [few] Первые { $n } строки, на пробу. Пока ничего не сохранено.
    [many] Первые { $n } строк, на пробу. Пока ничего не сохранено.
   *[other] Первые { $n } строки, на пробу. Пока ничего не сохранено.
}
imports-preview-added = Новых: { $n }
imports-preview-changed = Изменённых: { $n }
imports-preview-unchanged = Без изменений: { $n }
imports-preview-refused = Отклонённых: { $n }
imports-row = Строка
imports-outcome = Итог
imports-row-added = Новые
imports-row-changed = Изменённые
imports-row-unchanged = Без изменений
imports-row-refused = Отклонённые
imports-head-reason = Причина
imports-head-remedy = Подсказка
imports-pause = Приостановить
imports-resume = Продолжить
imports-undo = Отменить импорт
imports-download = Скачать отклонённые строки
imports-begun = Импорт начался
imports-was-paused = Импорт приостановлен
imports-goes-on = Импорт продолжается
imports-is-undone = Импорт отменяется
imports-was-discarded = Файл убран
imports-taken-back = Возвращено
imports-left-alone = Оставлено
imports-refused-rows = Отклонённые строки
imports-refused-text = Скачайте их, исправьте в файле и импортируйте этот файл: то, что уже вошло, не удвоится.
imports-left-rows = Оставлено
imports-left-text = После импорта их кто-то изменил, или они нужны чему-то ещё.
imports-left-row = Строка { $row }
imports-problem-forbidden = Тому, кто его начал, больше нельзя импортировать.
imports-failure-empty = В файле нет строк
imports-failure-target = Выберите, что в файле
imports-failure-cell = Ячейка файла длиннее 1 МиБ; поищите незакрытую кавычку
imports-failure-columns = В строке файла больше 1000 столбцов; проверьте, файл ли это CSV
imports-failure-unmapped = У обязательного поля нет столбца; выберите его
imports-failure-twice = Два столбца ведут в одно поле; один пропустите
imports-failure-past = Поздно: импорт уже дальше
imports-perhaps = Возможно, { $value }
imports-reason-missing = Поле «{ $field }» пусто
imports-remedy-missing = Заполните его
imports-reason-too-long = Поле «{ $field }» длиннее допустимого ({ $about })
imports-remedy-too-long = Сократите его
imports-reason-ambiguous = Подходит несколько записей: { $about }
imports-remedy-ambiguous = Добавьте сайт или внешний ID, чтобы их различить
imports-reason-same-key = Строка { $about } говорит о том же другое
imports-remedy-same-key = Оставьте одну из двух строк
imports-reason-many-cells = В строке больше ячеек, чем столбцов ({ $about })
imports-remedy-many-cells = Возьмите в кавычки значение с разделителем внутри
imports-reason-unreadable = В поле «{ $field }» есть нечитаемые символы
imports-remedy-unreadable = Импортируйте файл в другой кодировке
imports-reason-bad-website = В поле «{ $field }» не сайт
imports-remedy-bad-website = Напишите как example.com или оставьте пустым
imports-reason-other = Строка не подходит
imports-remedy-other = Добавьте её вручную
