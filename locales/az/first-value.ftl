# İlk fayda və ona qədər keçən vaxt.
nav-first-value = Faydaya qədər vaxt
first-value-title = Faydaya qədər vaxt
first-value-is = { $n ->
    [one] İlk fayda: { $event }.
   *[other] İlk fayda: { $event }, müştəridə { $n } dəfə.
}
first-value-change = Dəyiş
first-value-how = İlk abunənin ilk günündən sayılır; abunə yoxdursa, müştərinin əlavə edildiyi və ya məhsulu ilk dəfə işlətdiyi gündən. İlk faydası olmayan müştərilər müşahidə olunduqları müddət qədər sayılır (Kaplan–Meier).
first-value-known-since = İstifadə { $day } tarixindən məlumdur.
first-value-unknown-since = Hələ heç bir hadisə gəlməyib.
first-value-left-out = { $n ->
    [one] { $n } müştəri nəzərə alınmayıb
   *[other] { $n } müştəri nəzərə alınmayıb
}
first-value-left-out-text = Onlar istifadə məlum olmazdan əvvəl başlayıb, buna görə ilk faydanı nə vaxt gördüklərini heç kim görməyib. Keçmiş hadisələri yükləmək onları da əlavə edər.
first-value-none = Başlanğıcdan müşahidə olunan müştəri hələ yoxdur
first-value-none-text = Burada məlum istifadənin ilk günündən sonra başlayan müştərilər görünəcək.
first-value-median = Yarısında var, bu qədərə
first-value-interval = 95 % intervalı
first-value-accounts = Müştərilər
first-value-reached = İlk faydası olan
first-value-censored = Hələ olmayan
first-value-censored-text = senzuralanmış
first-value-parts = Müştərilərin hissələri
first-value-part = Hissə
first-value-no-parts = Onların heç biri belə hissədə deyil.
first-value-by-quarter = Başlanğıc rübü üzrə
first-value-by-tier = Səviyyə üzrə
first-value-by-segment = Seqment üzrə
first-value-quarter = { $year }, { $n }-ci rüb
first-value-no-tier = Səviyyəsiz
first-value-between = { $low }–{ $high } gün
first-value-from = { $low }-ci gündən
first-value-curve = Başlanğıcdan keçən günlər üzrə ilk faydası olan müştərilərin payı
first-value-curve-says = Müştərilərin yarısında ilk fayda { $days } ərzində olur; { $last } ərzində bu, { $share } təşkil edir.
first-value-curve-open = { $last } ərzində müştərilərin { $share } hissəsində ilk fayda var; yarıya hələ çatmayıb.
first-value-share = İlk faydası olan
first-value-low = Aşağı hədd, 95 %
first-value-high = Yuxarı hədd, 95 %
first-value-waiting = Ən çox gözləyənlər
first-value-waiting-of = { $n ->
    [one] { $n } müştəri ilk faydanı gözləyir.
   *[other] { $n } müştəri ilk faydanı gözləyir, ən çox gözləyən birincidir.
}
first-value-start = Başlanğıc
first-value-waits = Gözləyir
first-value-tier = Səviyyə
first-value-empty = İlk faydanın nə olduğu deyilməyib
first-value-empty-text = Müştərinin məhsuldan ilk dəfə fayda gördüyü hadisəni seçin. Buna qədər nə qədər keçdiyi hər müştəri üçün, keçmiş də daxil, hesablanacaq.
first-value-after = { $n ->
    [0] İlk fayda başlanğıcdan var
    [one] İlk fayda { $n } gündən sonra
   *[other] İlk fayda { $n } gündən sonra
}
first-value-sometime = İlk fayda var, amma müşahidədən əvvəl
first-value-still = { $n ->
    [one] { $n } gün keçib, ilk fayda yoxdur
   *[other] { $n } gün keçib, ilk fayda yoxdur
}
first-value-half = { $still } (müştərilərin yarısında { $by }-ci günə qədər olur)
