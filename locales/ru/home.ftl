home-greeting = Здравствуйте, { $name }
home-open-accounts = Открытые клиенты
home-nothing-yet = Пока ничего не произошло
home-nothing-yet-text = Здесь сразу видно, что делает ваша команда.
