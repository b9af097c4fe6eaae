# Müştərilərin göstəriciləri və onların bölgüsü.
metrics-title = Göstəricilər
metrics-about = Tandem-in hər müştəri üçün özü tapdığı və sağlamlıq balının dayandığı rəqəmlər. Hər biri bütün müştərilər üzrə bölgünü göstərir.
metrics-metric = Göstərici
metrics-accounts = Müştərilər
metrics-quarter = Dörddə biri aşağıdır
metrics-median = Median
metrics-three-quarters = Dörddə üçü aşağıdır
metrics-lowest = Ən aşağı
metrics-highest = Ən yüksək
metrics-none = Hələ heç bir müştəridə bu rəqəm yoxdur
metrics-none-text = Saymağa bir şey olan kimi görünəcək.
metrics-spread = Müştərilər üzrə bölgü
metrics-spread-says = { $accounts } müştəridən yarısı { $low } ilə { $high } arasındadır.
metrics-days = { $n ->
    [one] { $n } gün
   *[other] { $n } gün
}
metric-people-experience = Təcrübə indeksi
metric-people-last-touch = Son əlaqədən bəri
metric-people-contacts = Əlaqədar şəxslər
metric-people-champions = Tərəfdarlar
metric-people-champion-seen = Tərəfdardan son xəbərdən bəri
metric-people-active-90d = 90 gündə xəbər alınan şəxslər
metric-tickets-open = Açıq müraciətlər
metric-tickets-urgent = Təcili açıq müraciətlər
metric-tickets-oldest-open = Ən köhnə açıq müraciət
metric-tickets-opened-30d = 30 gündə açılan müraciətlər
metric-tickets-reopened-90d = 90 gündə yenidən açılanlar
metric-money-mrr = Aylıq gəlir
metric-money-renewal = Yenilənməyə qədər
metric-money-overdue-invoices = Vaxtı keçmiş hesab-fakturalar
metric-money-overdue-since = Ən köhnə ödənilməmiş hesab-fakturanın vaxtından keçən günlər
metric-usage-active-people-7d = 7 gündə fəal şəxslər
metric-usage-active-people-30d = 30 gündə fəal şəxslər
metric-usage-features-30d = 30 gündə işlədilən funksiyalar
metric-usage-change-14d = Fəal şəxslər, 14 gündə dəyişmə
metric-usage-stickiness = İstifadə müntəzəmliyi
metric-usage-last-used = Son istifadədən bəri
metric-people-last-heard = Onların son müraciətindən bəri
metric-people-reached-30d = 30 gündə onlara müraciətlərimiz
metric-stages-place = Mərhələ, birincidən sayanda
metric-stages-since = Öz mərhələsində
metric-usage-seats-used = İstifadə olunan yerlər
metric-surveys-csat = Dəstəkdən məmnun (4–5 payı)
metric-surveys-effort = Kömək almağa sərf olunan zəhmət, 0–100
metric-surveys-answers-90d = Həlldən sonrakı cavablar, 90 gün
metric-surveys-unhappy-90d = Aşağı qiymətlər, 90 gün
