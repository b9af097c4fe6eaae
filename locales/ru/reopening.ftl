# Whether answers open solved tickets again.
audit-act-reopening-changed = Изменено, когда ответы открывают заявки снова
reopening-text = Ответ по почте снова открывает решённую заявку. Спустя время лучше, чтобы он был отдельной заявкой, связанной со старой.
reopening-days = Сколько дней ответ снова открывает заявку
reopening-days-hint = Пусто: всегда. 0: никогда, каждый ответ — новая заявка.
reopening-save = Сохранить
reopening-was-changed = Сохранено: действует для ответов начиная с этого момента
reopening-failure-days = Введите число от 0 до 3650 или ничего
reopening-failure-stale = Кто-то изменил это, пока вы писали. Сохраните ещё раз, чтобы поставить своё.
