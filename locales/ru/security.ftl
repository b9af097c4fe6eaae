# Пароли, второй шаг и страница, на которой сотрудники о них заботятся.
doors-email = Адрес электронной почты
doors-password = Пароль
doors-need-help = Забыли пароль или у вас его никогда не было?
doors-wrong = Этот адрес и этот пароль не подходят друг к другу
doors-too-many = { $n ->
    [one] Слишком много попыток. Подождите { $n } минуту и попробуйте снова.
    [few] Слишком много попыток. Подождите { $n } минуты и попробуйте снова.
    [many] Слишком много попыток. Подождите { $n } минут и попробуйте снова.
   *[other] Слишком много попыток. Подождите { $n } минуты и попробуйте снова.
}
doors-choose-workspace = Выберите рабочее пространство
doors-choose-workspace-why = Вы работаете в нескольких. Какое открыть?
doors-code-title = Ещё один шаг
doors-code-why = Ваше приложение-аутентификатор показывает код из шести цифр.
doors-code = Код
doors-code-hint = Нет приложения под рукой? Введите один из кодов восстановления.
doors-code-wrong = Этот код неверен или уже использован
doors-go-on = Дальше
doors-start-again = Начать заново
security-title = Безопасность
security-sessions = Где вы вошли
security-device = { $browser }, { $system }
security-device-unknown = Неизвестный браузер
security-last-used = Последнее использование
security-began = Вход выполнен
security-this-one = Этот браузер
security-end-session = Выйти там
security-end-others = Выйти везде, кроме этого браузера
security-session-ended = В том браузере выполнен выход
security-sessions-ended = Во всех других браузерах выполнен выход
security-no-sessions = Вы не вошли ни в одном браузере.
security-password = Пароль
security-no-password = Пароля у вас пока нет: вы входите по ссылкам.
security-present = Текущий пароль
security-present-wrong = Это не ваш текущий пароль
security-come-in-again = Вы вошли больше получаса назад. Выйдите, войдите снова и тогда измените это.
security-new-password = Новый пароль
security-new-password-hint = Не меньше { $shortest } знаков. Хорошо подходят несколько слов, не связанных между собой.
security-set-password = Задать пароль
security-change-password = Изменить пароль
security-password-changed = Пароль изменён, во всех других браузерах выполнен выход
security-password-short = Слишком коротко: в пароле не меньше 12 знаков
security-password-long = Слишком длинно: в пароле не больше 200 знаков
security-password-common = Этот пароль пробуют одним из первых
security-password-personal = Это в основном ваше имя, адрес или название рабочего пространства
security-password-repeating = Одни и те же знаки подряд легко угадать
security-second-step = Второй шаг
security-second-step-why = Приложение на телефоне каждые полминуты показывает новый код. С ним один украденный пароль ничего не откроет.
security-authenticator-set-up = Настроить приложение-аутентификатор
security-authenticator-on = При входе запрашивается код приложения
security-authenticator-off = Код приложения больше не запрашивается
security-switch-on = Включить
security-switch-off = Выключить
security-cancel = Отмена
security-scan = Отсканируйте эту картинку приложением-аутентификатором.
security-picture = Картинка для приложения-аутентификатора
security-scan-not = Нет камеры? Введите в приложении этот ключ:
security-type-code = Введите код, который приложение показывает сейчас.
security-codes = Коды восстановления
security-codes-why = Каждый из этих кодов один раз откроет дверь, когда приложения нет под рукой. Распечатайте их или храните там же, где пароли.
security-codes-once = Они показываются только сейчас.
security-codes-kept = Коды сохранены
security-new-codes = Создать новые коды восстановления
security-codes-left = { $n ->
    [0] Кодов восстановления не осталось. Создайте новые.
    [one] Остался { $n } код восстановления.
    [few] Осталось { $n } кода восстановления.
    [many] Осталось { $n } кодов восстановления.
   *[other] Осталось { $n } кода восстановления.
}
security-failure-nothing-to-confirm = Ни одно приложение-аутентификатор не ждёт подтверждения
doors-help = Другой способ войти
doors-help-mail = Введите свой адрес, и ссылка придёт по почте.
doors-send-link = Прислать ссылку для входа
doors-send-reset = Сбросить пароль
doors-no-address = Это не адрес электронной почты
doors-mail-left = Проверьте почту
doors-mail-left-why = Если этот адрес кому-то здесь принадлежит, ссылка уже отправлена.
doors-mail-left-wait = Через несколько минут ничего не пришло? Посмотрите в папке со спамом или попросите ссылку у администратора рабочего пространства.
doors-back = Вернуться ко входу
doors-new-password = Выберите новый пароль
doors-new-password-why = Во всех браузерах, где вы вошли, будет выполнен выход.
# Letters of the program itself.
letter-greeting = Здравствуйте, { $name }!
letter-entry-subject = Ваша ссылка для входа: { $workspace }
letter-entry = Эта ссылка впустит вас в рабочее пространство «{ $workspace }». Она действует один раз, в течение суток.
letter-reset-subject = Выберите новый пароль: { $workspace }
letter-reset = По этой ссылке вы выберете новый пароль для рабочего пространства «{ $workspace }». Она действует один раз, в течение часа.
letter-not-you = Если вы об этом не просили, делать ничего не нужно: без этой ссылки никто не войдёт.
# Acts in the audit trail, and the entry in the settings.
audit-act-password-changed = Изменён пароль
audit-act-second-step-on = Включён второй шаг входа
audit-act-second-step-off = Выключен второй шаг входа
audit-act-recovery-code-used = Использован код восстановления
settings-security = Безопасность
settings-security-hint = Пароль, второй шаг и места, где вы вошли
# Passkeys.
doors-passkey = Войти с ключом доступа
doors-passkey-refused = Этот ключ доступа не принят
doors-failure-too-many = Слишком много попыток, подождите немного
security-passkeys = Ключи доступа
security-passkeys-why = Ключ доступа хранится в телефоне, компьютере или аппаратном ключе и открывается пальцем, лицом или PIN-кодом. Его нельзя угадать или ввести на поддельной странице.
security-passkey-name = Название
security-passkey-sample = Мой ключ
security-passkey-make = Добавить ключ доступа
security-passkey-added = Ключ доступа добавлен
security-passkey-renamed = Ключ доступа переименован
security-passkey-removed = Ключ доступа удалён
security-passkey-rename = Сохранить название
security-passkey-remove = Удалить ключ доступа
security-passkey-made = Добавлен
security-failure-passkeys = Этот ключ у вас уже есть, или ключей столько, сколько можно
audit-act-passkey-added = Добавлен ключ доступа
audit-act-passkey-removed = Удалён ключ доступа
security-providers = Единый вход
security-providers-why = Система вашей компании может впускать вас сюда. Свяжите её один раз; потом достаточно её слова.
security-provider-since = Связано
security-provider-unknown = Ещё не связано с вами
security-provider-link = Связать
security-provider-unlink = Отвязать
security-provider-linked = { $provider } теперь вас впускает
security-provider-unlinked = { $provider } больше вас не впускает
security-provider-taken = { $provider } знает под этой учётной записью другого или вас под другой. Ничего не связано.
