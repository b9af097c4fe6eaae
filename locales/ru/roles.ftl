# Роли и что разрешает каждое разрешение.
role-custom = Своя роль
roles-name = Роль
roles-allows = Разрешает
roles-agents = Агенты
roles-everything = Всё
roles-own = Свои роли
roles-built-in = Встроенные роли
roles-built-in-text = Эти шесть везде одинаковы и не меняются.
roles-empty = Своих ролей пока нет
roles-empty-text = Если ни одна из шести не подходит, создайте роль, отметив, что она разрешает.
roles-new = Новая роль
roles-edit = Изменить роль
roles-save = Сохранить роль
roles-remove = Удалить роль
roles-made = Роль «{ $name }» создана
roles-changed = Роль «{ $name }» сохранена
roles-removed = Роль «{ $name }» удалена
roles-failure-name = Название роли — от 1 до 60 знаков
roles-failure-taken = Так уже называется другая роль
roles-failure-in-use = Эта роль есть у агентов или в приглашениях
roles-failure-last-admin = После этого никто не сможет управлять рабочим пространством
roles-failure-stale = Кто-то изменил эту роль, пока вы писали. Сохраните ещё раз, чтобы поставить свой вариант.
permission-group-accounts = Клиенты
permission-accounts-read = Видеть клиентов
permission-accounts-read-hint = Список, каждый клиент и его история
permission-accounts-write = Изменять клиентов
permission-accounts-write-hint = Добавлять клиентов и менять их данные
permission-accounts-close = Закрывать клиентов
permission-accounts-close-hint = Закрывать клиентов и открывать снова
permission-group-imports = Импорт
permission-imports-write = Импортировать файлы
permission-imports-write-hint = Загружать списки и отменять то, что они принесли
permission-group-agents = Агенты
permission-agents-read = Видеть агентов
permission-agents-read-hint = Кто здесь работает, в каких командах и ролях
permission-agents-write = Управлять агентами
permission-agents-write-hint = Приглашать агентов, менять роли, закрывать доступ
permission-group-teams = Команды
permission-teams-write = Управлять командами
permission-teams-write-hint = Создавать команды, менять состав, убирать в архив
permission-group-roles = Роли
permission-roles-write = Управлять ролями
permission-roles-write-hint = Создавать роли, менять разрешения, удалять
permission-group-tokens = Программы
permission-tokens-own = Создавать свои токены
permission-tokens-own-hint = Разрешать программам действовать от своего имени
permission-tokens-write = Управлять всеми токенами
permission-tokens-write-hint = Видеть и отзывать все токены, добавлять машины
permission-group-audit = Журнал аудита
permission-audit-read = Читать журнал аудита
permission-audit-read-hint = Кто, что и откуда изменил в управлении
permission-group-work = Фоновая работа
permission-work-read = Видеть фоновую работу
permission-work-read-hint = Что выполняется, ждёт или не удалось
permission-work-write = Управлять фоновой работой
permission-work-write-hint = Повторять, отменять, удалять
roles-in-use = { $n ->
    [one] Эта роль у { $n } агента или приглашения
    [few] Эта роль у { $n } агентов или приглашений
    [many] Эта роль у { $n } агентов или приглашений
   *[other] Эта роль у { $n } агента или приглашения
}
permission-group-workspace = Рабочее пространство
permission-workspace-read = Видеть рабочее пространство
permission-workspace-read-hint = Название, язык, часовой пояс и рабочие часы
permission-workspace-write = Изменять рабочее пространство
permission-workspace-write-hint = Менять название, язык, пояс и часы; примеры данных
