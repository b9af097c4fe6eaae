subscriptions-new = Добавить подписку
subscriptions-change = Изменить
subscriptions-renew = Продлить
subscriptions-end = Завершить подписку
subscriptions-resume = Продолжить
subscriptions-save = Сохранить
subscriptions-cancel = Отмена
subscriptions-account = Клиент
subscriptions-product = Продукт
subscriptions-seats = Места
subscriptions-mrr = Доход в месяц
subscriptions-arr = Доход в год
subscriptions-goes-on = Дальше
subscriptions-starts = Первый день
subscriptions-term = Срок
subscriptions-term-months = Срок, в месяцах
subscriptions-period = Цена покрывает
subscriptions-months = { $n ->
    [one] { $n } месяц
    [few] { $n } месяца
    [many] { $n } месяцев
   *[other] { $n } месяца
}
subscriptions-days = { $n ->
    [one] { $n } день
    [few] { $n } дня
    [many] { $n } дней
   *[other] { $n } дня
}
subscriptions-price = Цена места
subscriptions-price-in = Цена места, в { $currency }
subscriptions-price-hint = До скидки, за время, выбранное ниже
subscriptions-price-for = { $n ->
    [one] Место на { $n } месяц
    [few] Место на { $n } месяца
    [many] Место на { $n } месяцев
   *[other] Место на { $n } месяца
}
subscriptions-price-since = Цена с
subscriptions-price-since-hint = Прошлые месяцы сохраняют свою цену
subscriptions-prices = Цены
subscriptions-since = С
subscriptions-discount = Скидка
subscriptions-discount-hint = В процентах; можно оставить пустым
subscriptions-notice = Предупреждение
subscriptions-notice-days = Предупреждение до продления, в днях
subscriptions-automatic = Продлевается сама
subscriptions-automatic-hint = Иначе заканчивается вместе со сроком, если её никто не продлит
subscriptions-by-itself = сама
subscriptions-by-hand = когда её продлят
subscriptions-renews = Продление
subscriptions-renews-hint = Когда заканчивается нынешний срок; если пусто, считается от первого дня
subscriptions-ends = Конец
subscriptions-ends-hint = Первый день без неё, если он уже известен
subscriptions-ends-first = Первый день без неё
subscriptions-reason = Причина
subscriptions-reason-not-renewed = Её никто не продлил
subscriptions-reason-price = Слишком дорого
subscriptions-reason-missing = Чего-то не хватало
subscriptions-reason-service = Обслуживание или качество
subscriptions-reason-competitor = Ушли к конкуренту
subscriptions-reason-no-need = Больше не нужна
subscriptions-reason-out-of-business = Закрылись
subscriptions-reason-replaced = Её заменяет другая подписка
subscriptions-reason-other = Другое
subscriptions-from-day = С { $day }
subscriptions-until-day = Закончится { $day }
subscriptions-ended-day = Закончилась { $day }
subscriptions-renews-day = Продление { $day }
subscriptions-empty = Подписок нет
subscriptions-empty-text = Здесь будет то, за что этот клиент платит регулярно, с ценой и продлением.
subscriptions-was-added = Добавлена подписка «{ $product }»
subscriptions-was-changed = Подписка «{ $product }» изменена
subscriptions-was-ended = Конец подписки «{ $product }» записан
subscriptions-was-resumed = Подписка «{ $product }» продолжается
subscriptions-was-renewed = Подписка «{ $product }» продолжается до { $renews }
subscriptions-was-unrenewed = Подписка «{ $product }» снова продлевается { $renews }
subscriptions-failure-product = Выберите продукт из списка
subscriptions-failure-seats = Места — число от 1 до 10 000 000
subscriptions-failure-price = Цена — ноль или больше, и её можно сосчитать
subscriptions-failure-discount = Скидка — от 0 до 100 процентов
subscriptions-failure-period = Цена покрывает от 1 до 60 месяцев
subscriptions-failure-term = Срок — от 1 до 120 месяцев
subscriptions-failure-notice = Предупреждение — от 0 до 365 дней
subscriptions-failure-renews = Продление наступает после первого дня
subscriptions-failure-ends = Конец наступает после первого дня
subscriptions-failure-since = Цена действует со дня между первым днём и концом
subscriptions-failure-overlap = У клиента уже есть этот продукт в это время
subscriptions-failure-over = У неё есть конец; сначала продолжите её
subscriptions-failure-reason = Выберите причину из списка
subscriptions-failure-stale = Кто-то изменил эту подписку, пока вы писали
renewals-title = Продления
renewals-earlier = Раньше
renewals-now = Этот месяц
renewals-later = Позже
renewals-count = { $n ->
    [one] { $n } продление
    [few] { $n } продления
    [many] { $n } продлений
   *[other] { $n } продления
}
renewals-empty = В эти месяцы ничего не продлевается
renewals-empty-text = Здесь по месяцам стоят подписки, срок которых заканчивается, с последним днём предупреждения.
renewals-more = В эти месяцы продлений больше, чем помещается на странице; в файле их до 100 000.
renewals-no-notice = Нет
renewals-notice-by = До { $day }
renewals-notice-over = Прошло { $day }
renewals-rates = Суммы в { $base } по курсам на { $day }.
subscriptions-is-ending = Заканчивается или закончена
subscriptions-trace-added = Оформлена подписка
subscriptions-trace-changed = Подписка изменена
subscriptions-trace-ended = Подписка закончена
subscriptions-trace-resumed = Подписка продолжается
subscriptions-trace-renewed = Подписка продлена
renewals-all = Все клиенты
