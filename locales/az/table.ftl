table-columns = Sütunlar
table-keep = Saxla
table-usual = Adi halda
table-kept-for-you = Siyahının indiki sırası ilə birlikdə bütün cihazlarda sizin üçün saxlanılır.
