# Müştərilərin səviyyələri.
tiers-tier = Səviyyə
tiers-none = Səviyyəsiz
tiers-pinned = Əllə
tiers-pin = Əllə təyin et
tiers-unpin = Qayda qərar versin
tiers-reason = Səbəb
tiers-reason-hint = Müştəri niyə qaydanın dediyi yerdə deyil
tiers-because-pinned = Təyin edən: { $by }, { $day }:
tiers-because-rule = Qaydaya görə, gətirdiyi gəlirdən.
tiers-because-reached = Qaydaya görə: ayda { $mrr } gətirir, bu səviyyə { $from } məbləğindən başlayır.
tiers-because-none = Qaydaya görə: ayda { $mrr } gətirir, heç bir səviyyə bu qədər aşağıdan başlamır.
tiers-rule-says = Qayda “{ $tier }” deyərdi.
tiers-next = “{ $tier }” { $from } məbləğindən başlayır.
tiers-was-pinned = Səviyyə indi “{ $tier }”, əllə
tiers-was-unpinned = Yenə qayda qərar verir
tiers-failure-tier = İstifadədə olan səviyyəni seçin
tiers-failure-reason = Səbəbini yazın, 500 işarəyə qədər
