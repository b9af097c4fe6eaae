subscriptions-new = Abunə əlavə et
subscriptions-change = Dəyiş
subscriptions-renew = Uzat
subscriptions-end = Abunəni bitir
subscriptions-resume = Davam etsin
subscriptions-save = Yadda saxla
subscriptions-cancel = Ləğv et
subscriptions-account = Müştəri
subscriptions-product = Məhsul
subscriptions-seats = Yerlər
subscriptions-mrr = Aylıq gəlir
subscriptions-arr = İllik gəlir
subscriptions-goes-on = Davamı
subscriptions-starts = İlk gün
subscriptions-term = Müddət
subscriptions-term-months = Müddət, ayla
subscriptions-period = Qiymət nə qədər vaxt üçündür
subscriptions-months = { $n ->
    [one] { $n } ay
   *[other] { $n } ay
}
subscriptions-days = { $n ->
    [one] { $n } gün
   *[other] { $n } gün
}
subscriptions-price = Bir yerin qiyməti
subscriptions-price-in = Bir yerin qiyməti, { $currency } ilə
subscriptions-price-hint = Endirimdən əvvəl, aşağıda seçilən vaxt üçün
subscriptions-price-for = { $n ->
    [one] Bir yer { $n } ay üçün
   *[other] Bir yer { $n } ay üçün
}
subscriptions-price-since = Qiymət bu gündən
subscriptions-price-since-hint = Əvvəlki ayların qiyməti qalır
subscriptions-prices = Qiymətlər
subscriptions-since = Bu gündən
subscriptions-discount = Endirim
subscriptions-discount-hint = Faizlə; boş qala bilər
subscriptions-notice = Xəbərdarlıq
subscriptions-notice-days = Uzatmadan əvvəl xəbərdarlıq, günlə
subscriptions-automatic = Özü uzanır
subscriptions-automatic-hint = Əks halda kimsə uzatmasa, müddəti ilə bitir
subscriptions-by-itself = özü
subscriptions-by-hand = kimsə uzadanda
subscriptions-renews = Uzanma
subscriptions-renews-hint = İndiki müddət nə vaxt bitir; boş olsa, ilk gündən sayılır
subscriptions-ends = Bitmə
subscriptions-ends-hint = Onsuz ilk gün, artıq razılaşdırılıbsa
subscriptions-ends-first = Onsuz ilk gün
subscriptions-reason = Səbəb
subscriptions-reason-not-renewed = Heç kim uzatmadı
subscriptions-reason-price = Çox bahadır
subscriptions-reason-missing = Nəsə çatmırdı
subscriptions-reason-service = Xidmət və ya keyfiyyət
subscriptions-reason-competitor = Rəqibə getdi
subscriptions-reason-no-need = Daha lazım deyil
subscriptions-reason-out-of-business = Fəaliyyətini dayandırdı
subscriptions-reason-replaced = Yerinə başqa abunə gəlir
subscriptions-reason-other = Başqa səbəb
subscriptions-from-day = { $day } tarixindən
subscriptions-until-day = { $day } bitir
subscriptions-ended-day = { $day } bitib
subscriptions-renews-day = { $day } uzanır
subscriptions-empty = Abunə yoxdur
subscriptions-empty-text = Bu müştərinin mütəmadi ödədikləri qiyməti və uzanma günü ilə burada olacaq.
subscriptions-was-added = “{ $product }” əlavə olundu
subscriptions-was-changed = “{ $product }” dəyişdi
subscriptions-was-ended = “{ $product }” abunəsinin sonu yazıldı
subscriptions-was-resumed = “{ $product }” davam edir
subscriptions-was-renewed = “{ $product }” { $renews } tarixinə qədər davam edir
subscriptions-was-unrenewed = “{ $product }” yenə { $renews } uzanır
subscriptions-failure-product = Siyahıdan məhsul seçin
subscriptions-failure-seats = Yerlər 1-dən 10.000.000-a qədər ədəddir
subscriptions-failure-price = Qiymət sıfır və ya daha çoxdur və sayıla bilir
subscriptions-failure-discount = Endirim 0-dan 100 faizə qədərdir
subscriptions-failure-period = Qiymət 1-dən 60 aya qədər vaxt üçündür
subscriptions-failure-term = Müddət 1-dən 120 aya qədərdir
subscriptions-failure-notice = Xəbərdarlıq 0-dan 365 günə qədərdir
subscriptions-failure-renews = Uzanma ilk gündən sonradır
subscriptions-failure-ends = Bitmə ilk gündən sonradır
subscriptions-failure-since = Qiymət ilk günlə son arasındakı gündən qüvvədədir
subscriptions-failure-overlap = Müştərinin həmin vaxtda bu məhsulu artıq var
subscriptions-failure-over = Onun sonu var; əvvəlcə davam etdirin
subscriptions-failure-reason = Siyahıdan səbəb seçin
subscriptions-failure-stale = Siz yazarkən kimsə bu abunəni dəyişdi
renewals-title = Uzanmalar
renewals-earlier = Əvvəl
renewals-now = Bu ay
renewals-later = Sonra
renewals-count = { $n ->
    [one] { $n } uzanma
   *[other] { $n } uzanma
}
renewals-empty = Bu aylarda heç nə uzanmır
renewals-empty-text = Müddəti bitən abunələr burada ay-ay, son xəbərdarlıq günü ilə durur.
renewals-more = Bu aylarda bir səhifəyə sığandan çox uzanma var; faylda onların 100 000-ə qədəri olur.
renewals-no-notice = Yoxdur
renewals-notice-by = { $day } tarixinə qədər
renewals-notice-over = { $day } keçib
renewals-rates = Cəmlər { $base } ilə, { $day } məzənnələri üzrə.
subscriptions-is-ending = Bitir və ya bitib
subscriptions-trace-added = Abunə olundu
subscriptions-trace-changed = Abunəlik dəyişdi
subscriptions-trace-ended = Abunəlik bitdi
subscriptions-trace-resumed = Abunəlik davam edir
subscriptions-trace-renewed = Abunəlik yeniləndi
renewals-all = Bütün müştərilər
