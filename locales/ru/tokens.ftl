# Токены программ и агенты для машин.
tokens-name = Название
tokens-name-hint = Для чего он, например «ночной импорт»
tokens-agent = Действует как
tokens-agent-hint = Вы или агент машины
tokens-myself = Я
tokens-life = Срок действия
tokens-never = Пока не отозван
tokens-scopes = Разрешения
tokens-scopes-hint = Отметьте только то, что нужно программе. Токен никогда не разрешает больше, чем может его агент.
tokens-made = Создан
tokens-expires = Истекает
tokens-revoke = Отозвать
tokens-revoked = Токен «{ $name }» отозван
tokens-new = Новый токен
tokens-make = Создать токен
tokens-made-title = Токен создан
tokens-made-text = С этим токеном программа действует как { $agent }. Он виден только сейчас.
tokens-made-how = Программы передают его в заголовке:
tokens-machine-new = Новая машина
tokens-machine-make = Добавить машину
tokens-machine-text = Машина — агент без человека: у неё есть роль, она никуда не входит и действует только токенами.
tokens-empty = Токенов пока нет
tokens-empty-text = Токен позволяет программе работать с API от вашего имени или как отдельный агент.
tokens-failure-name = Название токена — от 1 до 60 знаков
tokens-failure-life = Токен действует от 1 до 366 дней
tokens-failure-scopes = Отметьте хотя бы одно разрешение и ни одного, которого нет у агента
tokens-failure-agent = Ни у одного действующего сотрудника этого пространства нет такого номера
tokens-days = { $n ->
    [one] { $n } день
    [few] { $n } дня
    [many] { $n } дней
   *[other] { $n } дня
}
