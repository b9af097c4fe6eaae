# Уровни клиентов.
tiers-tier = Уровень
tiers-none = Без уровня
tiers-pinned = Вручную
tiers-pin = Назначить вручную
tiers-unpin = Пусть решает правило
tiers-reason = Причина
tiers-reason-hint = Почему клиент не там, куда указывает правило
tiers-because-pinned = Назначил(а) { $by }, { $day }:
tiers-because-rule = По правилу, исходя из выручки.
tiers-because-reached = По правилу: приносит { $mrr } в месяц, а уровень начинается с { $from }.
tiers-because-none = По правилу: приносит { $mrr } в месяц, ни один уровень не начинается так низко.
tiers-rule-says = Правило указало бы «{ $tier }».
tiers-next = «{ $tier }» начинается с { $from }.
tiers-was-pinned = Теперь уровень «{ $tier }», вручную
tiers-was-unpinned = Снова решает правило
tiers-failure-tier = Выберите используемый уровень
tiers-failure-reason = Напишите почему, до 500 знаков
