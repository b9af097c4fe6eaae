# Poziomy klientów.
tiers-tier = Poziom
tiers-none = Bez poziomu
tiers-pinned = Ręcznie
tiers-pin = Ustaw ręcznie
tiers-unpin = Niech zdecyduje reguła
tiers-reason = Powód
tiers-reason-hint = Dlaczego ten klient stoi gdzie indziej, niż mówi reguła
tiers-because-pinned = Ustawione przez { $by }, { $day }:
tiers-because-rule = Według reguły, z tego, co przynosi klient.
tiers-because-reached = Według reguły: przynosi { $mrr } miesięcznie, a ten poziom zaczyna się od { $from }.
tiers-because-none = Według reguły: przynosi { $mrr } miesięcznie, a żaden poziom nie zaczyna się tak nisko.
tiers-rule-says = Reguła powiedziałaby „{ $tier }”.
tiers-next = „{ $tier }” zaczyna się od { $from }.
tiers-was-pinned = Poziom to teraz „{ $tier }”, ręcznie
tiers-was-unpinned = Znów decyduje reguła
tiers-failure-tier = Wybierz poziom, który jest w użyciu
tiers-failure-reason = Napisz dlaczego, do 500 znaków
