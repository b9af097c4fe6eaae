# Что получают клиенты на уровне.
service-title = Обслуживание
service-about = Как мы заботимся о клиентах этого уровня и на что они могут рассчитывать. Этому следуют распределение, списки, предупреждения и главная страница. Пока ничего не сказано, ничего не обещано и ничего не запрещено.
service-model = Модель контакта
service-unsaid = Не сказано
service-self = Самообслуживание
service-tech = Автоматический контакт
service-high = Личный контакт
service-say = Указать, что он даёт
service-channels = Каналы
service-lacks = Не входит: { $channels }
service-cadence = Лично не реже, чем раз в столько дней
service-cadence-hint = От 1 до 730. Пусто: без обещания. Клиенты, с которыми не связались вовремя, видны на главной странице и в предупреждениях.
service-has-owner = У каждого клиента есть свой ответственный
service-has-owner-hint = Без этого правила распределения никому не отдают этих клиентов.
service-most = Клиентов этого уровня на одного человека
service-most-hint = Больше правила никому не дадут. Пусто: без ограничения.
service-person = Ответственный
service-owner-missing = Обещан свой ответственный; пока никого нет
service-owner-beyond = { $owner }, хотя уровень никого не обещает
service-owner-none = Никто лично
service-in-person = Лично
service-every = { $n ->
    [one] Каждый { $n } день
    [few] Каждые { $n } дня
    [many] Каждые { $n } дней
   *[other] Каждые { $n } дня
}
service-never = Никогда
service-next = Следующий контакт до
service-late = { $n ->
    [one] Опоздание { $n } день
    [few] Опоздание { $n } дня
    [many] Опоздание { $n } дней
   *[other] Опоздание { $n } дня
}
service-today = Связаться сегодня
service-soon = { $n ->
    [one] Остался { $n } день
    [few] Осталось { $n } дня
    [many] Осталось { $n } дней
   *[other] Осталось { $n } дня
}
service-unknown = Не сказано, что даёт этот уровень.
service-was-saved = Обслуживание уровня «{ $name }» сохранено
service-failure-model = Выберите модель контакта
service-failure-cadence = Число дней от 1 до 730
service-failure-most = Число от 1 до 100000
service-failure-channel = Выберите из показанных каналов
