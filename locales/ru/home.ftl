home-greeting = Здравствуйте, { $name }
home-open-accounts = Открытые клиенты
home-nothing-yet = Пока ничего не произошло
home-nothing-yet-text = Здесь сразу видно, что делает ваша команда.
home-imported = { $n ->
    [one] Импорт принёс { $n } клиента
    [few] Импорт принёс { $n } клиентов
    [many] Импорт принёс { $n } клиентов
   *[other] Импорт принёс { $n } клиента
}
