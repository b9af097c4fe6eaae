value-title = Ценность
value-accounts = Клиенты
value-models = Модели и проверки
value-settings = Допущения
value-ask = Посчитать заново
value-was-asked = Готовится новая оценка
value-was-changed = Допущения изменены; готовится новая оценка
value-is-asked = Готовится новая оценка; она появится здесь, как только будет готова.
value-made = Оценено
value-assumed = На { $months } мес. вперёд, маржа { $margin }, дисконт { $discount } в год.
value-rates = в { $base } по курсам на { $day }
value-total = Все клиенты вместе
value-worth = Ценность
value-contract = Будущие продления
value-repeat = Будущие заказы
value-empty = Оценки пока нет
value-empty-text = Сколько ещё принесут клиенты, оценивается по их подпискам и заказам, а допущения проверяются на ваших данных.
value-none = Ни у одного клиента нет оценки
value-none-text = Данных слишком мало; чего не хватает, сказано у моделей.
value-not-here = Оценка ничего не говорит об этом клиенте: у него нет ни действующей подписки с обычным сроком, ни заказов, или данных слишком мало.
value-believe = Можно ли этому верить?
value-contract-says = { $worth } от продлений: продлений до сих пор { $renewed }, вероятность продления { $renews } — { $chance }, ожидается { $terms } дисконтированных сроков по { $revenue }.
value-repeat-says = { $worth } от заказов: дней с заказом { $orders }, последний { $last }, вероятность новых { $alive }, ожидается { $expected } заказов примерно по { $spend }.
value-missing = Не учтено, потому что нет курса
value-contract-model = Сдвинутая бета-геометрическая модель (Fader и Hardie, 2007): каждый клиент продлевает со своей постоянной вероятностью; кто легко уходит, уходит первым.
value-repeat-model = BG/NBD (Fader, Hardie и Lee, 2005) — как часто, гамма-гамма (Fader и Hardie, 2013) — на сколько: каждый клиент заказывает в своём темпе, пока после какого-то заказа не перестанет навсегда.
value-refused = Модели нет: данных слишком мало
value-too-few-accounts = Клиентов с полным сроком или заказом: { $given }; нужно { $needed }.
value-too-few-repeaters = Заказали снова: { $given }; нужно { $needed }.
value-too-few-losses = Ушло клиентов: { $given }; чтобы понять, кто уходит, нужно { $needed }.
value-too-short = История длиной { $given } (сроки договоров или недели заказов); нужно { $needed }.
value-no-fit = Параметров, подходящих к этим данным, не нашлось.
value-made-from = Построено по
value-n-accounts = { $n ->
    [one] { $n } клиент
    [few] { $n } клиента
    [many] { $n } клиентов
   *[other] { $n } клиента
}
value-n-repeaters = { $n ->
    [one] { $n } заказал снова
    [few] { $n } заказали снова
    [many] { $n } заказали снова
   *[other] { $n } заказали снова
}
value-parameters = Параметры
value-likelihood = Логарифм правдоподобия
value-how-often = Как часто
value-how-much = На сколько
value-error = Ошибка на контрольной части
value-errors = в среднем { $mean } заказа на клиента, среднеквадратично { $root }
value-survival = Клиенты, оставшиеся после каждого срока
value-survival-says = После { $terms } сроков осталось { $actual }; модель ожидает { $expected }.
value-cumulative = Повторные заказы на сегодня
value-cumulative-says = После { $day } модель ничего не знала: она ждала { $expected } повторных заказов, пришло { $actual }.
value-actual = Как было
value-expected = Что ожидает модель
value-checks = Проверки
value-check = Что предполагается
value-found = Результат
value-verdict = Вывод
value-holds = Верно
value-doubtful = Сомнительно
value-fails = Неверно
value-found-of = { $found } из { $beside }
value-found-hold-out = ожидалось { $found }, было { $beside }
value-found-independence = Ранговая корреляция { $found }, n = { $beside }
value-check-enough = Данных достаточно
value-check-enough-how = Ушедшие или заказавшие снова из всех; если их мало, числа грубы.
value-check-independence = Сумма не зависит от частоты
value-check-independence-how = Среди заказавших снова; 0 означает отсутствие связи.
value-check-worthless = Заказы что-то приносят
value-check-worthless-how = Клиенты, чьи повторные заказы дали ноль, не входят в модель сумм.
value-check-hold-out = Предсказывает то, чего не видела
value-check-hold-out-how = Построена по первым двум третям времени, сверена с последней.
value-check-at-renewal = Клиенты уходят при продлении
value-check-at-renewal-how = Окончания в последний день срока; остальные считаются следующим продлением.
value-check-other-terms = Сроки одной длины
value-check-other-terms-how = Клиенты со сроками другой длины не учитываются.
value-margin = Маржа, в процентах
value-margin-hint = Что остаётся от выручки после затрат
value-discount = Ставка дисконта, в процентах в год
value-discount-hint = Насколько деньги через год стоят меньше сегодняшних
value-horizon = Горизонт, в месяцах
value-horizon-hint = Как далеко вперёд учитываются продления и заказы
value-failure-margin = Маржа — от 0 до 100 процентов
value-failure-discount = Ставка — от 0 до 100 процентов в год
value-failure-horizon = Горизонт — от 1 до 120 месяцев
