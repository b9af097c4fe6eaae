# What the workspace's own fields say of tickets.
details-taken-back = У полей снова прежние значения
details-rule = У каких обращений есть это поле
details-kinds = Виды обращений
details-kinds-hint = Если не выбрать ни одного, поле будет у каждого обращения. Поле, которого у обращения больше нет, сохраняет своё значение.
details-when = Показывается
details-when-hint = Всегда или только там, где у другого поля это значение
details-is-before-solving = Заполняется до решения
details-is-before-solving-hint = Того, кто решает обращение, об этом спросят. То, что решается само, не останавливается.
details-save-rule = Сохранить
details-rule-was-set = Сохранено, у каких обращений есть поле «{ $name }»
details-before-solving = До решения
details-before-solving-text = Заполните это, и отправленное будет выполнено.
details-fill-and-go = Заполнить и продолжить
details-missing = Заполните это до решения
details-missing-names = До решения заполните: { $names }
details-failure-condition = Поле зависит от выбора в другом поле, которое не зависит от него
details-failure-stale = Кто-то изменил это, пока вы писали. Сохраните ещё раз, чтобы заменить своим.
