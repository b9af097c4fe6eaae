# Changing many tickets at once.
bulk-title = Изменение многих обращений
bulk-choose-ticket = Выбрать обращение { $number }
bulk-bar = Изменить выбранные обращения
bulk-chosen = Выбрано:
bulk-page = Все на этой странице
bulk-all = Все в этом виде, и на других страницах
bulk-change = Изменить…
bulk-apply = Изменить их
bulk-take = Назначить мне
bulk-solve = Решить
bulk-clear = Снять выбор
bulk-macro = Макрос
bulk-merge = Объединить с обращением
bulk-merge-hint = Его номер. Тогда больше ничего не меняется.
bulk-no-macro = Никакой
bulk-by = Кто
bulk-fields = Поля
bulk-gone-through = Пройдено
bulk-changed = Изменено
bulk-refused = Не получилось
bulk-undo = Отменить всё
bulk-back = Назад к списку
bulk-troubles = Эти остались как были
bulk-state-running = Обращения меняются. Можно уйти; работа продолжится.
bulk-state-done = Готово.
bulk-state-undoing = Отменяется.
bulk-state-undone = Отменено.
bulk-failure-no-tickets = Выберите хотя бы одно обращение
bulk-failure-too-many = За раз меняется до 5000 обращений. Выберите вид поуже.
bulk-failure-no-changes = Выберите, что изменить
bulk-failure-changes = Каждое поле один раз, до 300 знаков
bulk-failure-macro = Этого макроса больше нет, или в нём есть текст. Выберите другой
bulk-failure-not-now = Сейчас отменить нельзя: ещё идёт или уже отменено.
command-bulk = Изменить выбранное
command-bulk-words = много массово
command-list-range = Выделить до этой строки
command-list-range-words = диапазон отметить
bulk-was-done = { $n ->
    [one] Изменено { $n } обращение.
    [few] Изменено { $n } обращения.
    [many] Изменено { $n } обращений.
   *[other] Изменено { $n } обращения.
}
bulk-was-undone = { $n ->
    [one] { $n } обращение снова как было.
    [few] { $n } обращения снова как были.
    [many] { $n } обращений снова как были.
   *[other] { $n } обращения снова как были.
}
bulk-answer = Ответ на много обращений
bulk-answer-these = Ответить…
bulk-answer-text = Каждый уходит как любой ответ, и какое-то время его можно отозвать. Обращение, в котором за это время кто-то напишет, останется как есть и будет названо.
bulk-answer-reply = Сохранённый ответ
bulk-answer-reply-hint = Его текст, на языке каждого контакта, если он на нём записан
bulk-answer-own = Нет: текст ниже
bulk-answer-body-hint = Переменные сохранённых ответов заполняются для каждого обращения
bulk-answer-then = Статус вместе с ответом
bulk-answer-look = Показать в первом обращении
bulk-answer-send = Отправить всем
bulk-failure-answer = Напишите текст или выберите сохранённый ответ, который не заметка и не макрос
bulk-answer-to = { $n ->
    [one] Этот ответ уйдёт в { $n } обращение.
    [few] Этот ответ уйдёт в { $n } обращения.
    [many] Этот ответ уйдёт в { $n } обращений.
   *[other] Этот ответ уйдёт в { $n } обращения.
}
bulk-was-answered = { $n ->
    [one] Отвечено на { $n } обращение.
    [few] Отвечено на { $n } обращения.
    [many] Отвечено на { $n } обращений.
   *[other] Отвечено на { $n } обращения.
}
