table-columns = Sütunlar
table-keep = Saxla
table-usual = Adi halda
table-kept-for-you = Siyahının indiki sırası ilə birlikdə bütün cihazlarda sizin üçün saxlanılır.
sheets-cut = { $n ->
    [one] Bu faylda yalnız ilk { $n } sətir var: götürdüyünüzü daraldın.
   *[other] Bu faylda yalnız ilk { $n } sətir var: götürdüyünüzü daraldın.
}
