# Подсказки: что клиент говорит о том, как вести обращение.
hints-renews = продление через { $days }
hints-brings = { $money } в год
hints-fell = оценка упала до { $score }
hints-poor = оценка { $score }
hints-warned = { $n ->
    [one] { $n } открытое предупреждение
    [few] { $n } открытых предупреждения
    [many] { $n } открытых предупреждений
   *[other] { $n } открытого предупреждения
}
hints-set = Поставить приоритет: { $priority }
hints-tell = Заметка для { $name }
hints-begun = Заметка начата: отправьте, когда будете готовы
hints-known = Тот, кто ведёт клиента, уже знает
hints-health = Здоровье клиента: { $band }, { $score }
