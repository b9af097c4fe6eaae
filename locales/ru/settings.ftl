# Оглавление настроек.
settings-group-own = Вы
settings-group-people = Люди и доступ
settings-group-operations = Работа системы
settings-look = Вид и язык
settings-look-hint = Тема, плотность, язык, клавиатура
settings-audit = Журнал аудита
settings-audit-hint = Кто, что и откуда изменил, было и стало
settings-work = Фоновая работа
settings-work-hint = Что выполняется, ждёт или не удалось
settings-group-workspace = Рабочее пространство
settings-workspace = Название, язык, часовой пояс
settings-workspace-hint = Что действует, если никто не выбрал своё
settings-hours = Рабочее время и праздники
settings-hours-hint = Когда работает команда; по нему считаются обещания
settings-samples = Примеры данных
settings-samples-hint = Вымышленные клиенты для знакомства
