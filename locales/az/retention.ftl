ledger-new = Yeni
ledger-reactivation = Qayıdan
ledger-expansion = Artım
ledger-contraction = Azalma
ledger-churn = Gedən
retention-title = Saxlama
retention-from = İlk ay
retention-last = Son ay
retention-show = Göstər
retention-empty = Hələ gəlir yoxdur
retention-empty-text = Müştərilərin abunəsi olanda bu səhifə kimin qaldığını və nə qədər gətirdiyini deyəcək.
retention-missing = Məzənnə olmadığı üçün daxil deyil: { $missing }
retention-behind-start = Əvvəldəki müştərilər
retention-behind-lost = İtirilmiş müştərilər
retention-behind-end = Sondakı müştərilər
retention-behind-came = İlk dəfə gələn müştərilər: { $month }
retention-behind-stayed = { $n ->
    [0] Gələn ({ $month }) və həmin ayın sonunda qalan müştərilər
    [one] Gələn ({ $month }) və { $n } ay sonra qalan müştərilər
   *[other] Gələn ({ $month }) və { $n } ay sonra qalan müştərilər
}
retention-then = O vaxt ayda
retention-now = İndi ayda
retention-kept = Ondan saxlanan
retention-cut = { $n ->
    [one] Bu faylda yalnız ilk { $n } sətir var: daha az ay seçin.
   *[other] Bu faylda yalnız ilk { $n } sətir var: daha az ay seçin.
}
retention-cohorts-csv = Kohortlar CSV kimi
retention-cohorts-xlsx = Kohortlar Excel kimi
retention-logo-churn = Müştəri itkisi
retention-lost = { $n ->
    [one] { $n } müştəri itirildi
   *[other] { $n } müştəri itirildi
}
retention-yearly-churn = Müştəri itkisi, illik
retention-monthly-churn = Ayda { $share }
retention-grr = Ümumi gəlir saxlaması
retention-nrr = Xalis gəlir saxlaması
retention-of-accounts = əvvəldəki müştərilər üzrə
retention-of-ledger = bütün hərəkətlərdən
retention-waterfall = Aylıq gəlir
retention-waterfall-says = Aylıq gəlir { $opening } idi, { $closing } oldu.
retention-opening = Əvvəldə
retention-closing = Sonda
retention-months = Ay-ay
retention-month = Ay
retention-cohorts = Kohortlar
retention-cohorts-say = { $n ->
    [one] { $n } ayın yeni müştərilərindən hər ayın sonunda qalan.
   *[other] { $n } ayın yeni müştərilərindən hər ayın sonunda qalan.
}
retention-accounts = Müştərilər
retention-revenue = Gəlir
retention-how = Necə sayılır
retention-how-bases = Əvvəldə — bir gün əvvəlin sonunda deməkdir. Yeni müştərilər saxlamaya daxil olmur. “Əvvəldəki müştərilər üzrə” onların sonda və əvvəldə nə qədər gətirdiyini müqayisə edir; gedən sıfır gətirir, ümumi saxlama əvvəldəkindən çox saymır. “Bütün hərəkətlərdən” hər ayın payını jurnaldan götürür, yeni müştərilərin hərəkətləri ilə birlikdə, və ayları vurur. Əvvəldəki müştərinin bütün valyutaları birlikdə götürülür; jurnaldakı hərəkətlər hər birində ayrıca sayılır.
retention-how-rates = Cəmlər { $base } ilə, hamısı { $day } məzənnələri üzrə: məzənnələrin etdiyi saxlama deyil.
retention-csv = CSV
retention-xlsx = Excel
retention-none = Müştəri yoxdur
retention-none-text = Bu aylarda belə bir şey olmayıb.
retention-moved = Nə vaxt
retention-kind = Hərəkət
retention-amount = Nə qədər
retention-from-then = O vaxtdan
retention-ordering = Sifariş edən müştərilər
retention-repeat-rate = Təkrar sifarişlər
retention-repeat-n = { $n ->
    [one] sifariş edən { $n } müştəridən, { $low } – { $high }
   *[other] sifariş edən { $n } müştəridən, { $low } – { $high }
}
retention-repeat-how = Təkrar sifarişlər bu aylarda sifariş edən müştərilər arasında sayılır: əvvəlki bir gündə də sifariş edənlərin payı. Yanındakı iki ədəd Vilsonun 95 % intervalıdır.
retention-ordered-again = Yenidən sifariş edən müştərilər
retention-first-order = İlk sifariş
retention-last-order = Son sifariş
retention-lost-n = { $n ->
    [one] { $all } müştəridən { $n } itirilib, { $low }–{ $high }
   *[other] { $all } müştəridən { $n } itirilib, { $low }–{ $high }
}
retention-behind-lessened = Azalma və gedən
retention-behind-changed = Artım, azalma və gedən
retention-how-churn = Müştəri itkisinin yanındakı iki pay Vilsonun 95 %-lik intervalıdır: müştərilər az olanda təkcə təsadüf onu bu qədər dəyişir.
revenue-title = Günün gəliri
revenue-day = Günün sonuna
revenue-text = Bütün müştərilərin { $day } sonuna gətirdiyi.
revenue-movements = Gəlir hərəkətləri
revenue-movements-text = Onlar abunəliklərdən irəli gəlir və əl ilə yazılmır; birlikdə müştərinin gətirdiyini verir.
revenue-movements-none = Hələ hərəkət yoxdur
