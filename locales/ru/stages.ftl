# Этапы клиентов.
stages-stage = Этап
stages-set = Сменить этап
stages-none = У клиента пока нет этапа.
stages-since = с { $day }
stages-experience = Опыт { $index } (n = { $n })
stages-experience-none = Нет впечатлений
stages-was-set = Теперь этап «{ $name }»
stages-failure-stage = Выберите используемый этап
