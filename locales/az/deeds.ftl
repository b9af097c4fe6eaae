# Bir çox müştərini birdən dəyişmək və onların siyahısına əlavə olunanlar.
deeds-title = Bir çox müştərinin dəyişməsi
deeds-choose = Seç: { $name }
deeds-bar = Seçilmiş müştəriləri dəyiş
deeds-all = Siyahının tapdıqlarının hamısı, başqa səhifələrdə də
deeds-count-title = Siyahı neçə müştəri tapır
deeds-apply = İcra et
deeds-take = Məni məsul et
deeds-csv = Seçilmişlər CSV kimi
deeds-xlsx = Seçilmişlər Excel üçün
deeds-me = Mən
deeds-by-rule = Yenə qayda üzrə
deeds-owner = Məsul şəxs
deeds-tag = Etiket qoy
deeds-untag = Etiketi götür
deeds-tier = Səviyyə
deeds-tier-detail = Səviyyənin səbəbi
deeds-stage = Mərhələ
deeds-state = Vəziyyət
deeds-playbook = Ssenari başlat
deeds-field = Öz sahəsi
deeds-empty-field = Sahəni boşalt
deeds-what = Nə edilir
deeds-others = Qalanlar
deeds-state-running = Müştərilər dəyişdirilir. Çıxa bilərsiniz; davam edəcək.
deeds-state-done = Hazırdır.
deeds-state-undoing = Geri alınır.
deeds-state-undone = Geri alındı.
deeds-fate-waiting = Hələ yox
deeds-fate-changed = Dəyişdirildi
deeds-fate-same = Onsuz da belə idi
deeds-fate-refused = Mümkün olmadı
deeds-fate-undone = Əvvəlki kimi
deeds-fate-kept = Qaldı
deeds-failure-no-accounts = Ən azı bir müştəri seçin
deeds-failure-too-many = Bir dəfəyə 5000 müştəriyə qədər dəyişdirilir. Filtri daraldın.
deeds-failure-no-deeds = Nə edəcəyinizi seçin
deeds-failure-deed = Bunu etmək olmaz və ya iki dəfə seçilib
deeds-failure-value = Mövcud olanı seçin
deeds-failure-not-now = İndi geri almaq olmaz: davam edir və ya artıq geri alınıb.
deeds-failure-since = O vaxtdan kimsə bunu dəyişib
deeds-failure-reason = 1–500 işarəlik səbəb yazın
deeds-failure-field = İstifadədə belə sahə yoxdur
deeds-failure-field-value = Sahəni belə doldurmaq olmaz
deeds-failure-no-stage = Əvvəl heç bir mərhələdə deyildi
deeds-column-touch = Son əlaqə
deeds-column-tickets = Açıq müraciətlər
deeds-all-count = { $n ->
    [one] Siyahının tapdığı { $n } müştəri
   *[other] Siyahının tapdığı { $n } müştərinin hamısı, başqa səhifələrdə də
}
deeds-all-over = { $n ->
    [one] { $n }-dən çox: əvvəl filtri daraldın
   *[other] { $n }-dən çox: əvvəl filtri daraldın
}
deeds-was-done = { $n ->
    [one] { $n } müştəri dəyişdirildi.
   *[other] { $n } müştəri dəyişdirildi.
}
deeds-was-undone = { $n ->
    [one] { $n } müştəri əvvəlki kimidir.
   *[other] { $n } müştəri əvvəlki kimidir.
}
