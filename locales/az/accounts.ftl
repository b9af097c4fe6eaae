accounts-title = Müştərilər
accounts-new = Yeni müştəri
accounts-edit = Müştərini dəyişmək
accounts-name = Ad
accounts-website = Sayt
accounts-website-hint = Məsələn, example.com; boş qala bilər
accounts-state = Vəziyyət
accounts-changed = Dəyişib
accounts-since = Müştəridir
accounts-is-open = Açıq
accounts-is-closed = Bağlı
accounts-open-count = { $n ->
    [one] { $n } açıq müştəri
   *[other] { $n } açıq müştəri
}
accounts-empty = Hələ müştəri yoxdur
accounts-empty-text = Qayğısına qaldığınız şirkətlər və insanlar, onlarla baş verən hər şey burada görünəcək.
accounts-save = Yadda saxla
accounts-cancel = Ləğv et
accounts-close = Müştərini bağla
accounts-reopen = Yenidən aç
accounts-closed-notice = Bu müştəri bağlıdır
accounts-event-added = Müştəri əlavə edildi
accounts-event-imported = { $file } faylı ilə gəldi
accounts-event-changed = Müştəri dəyişdirildi
accounts-event-closed = Müştəri bağlandı
accounts-event-reopened = Müştəri yenidən açıldı
accounts-event-other = Başqa bir şey baş verdi
accounts-failure-name = Ad 1-dən 200-ə qədər simvoldan ibarətdir
accounts-failure-website = Sayt example.com kimi görünür
accounts-failure-stale = Siz yazarkən kimsə bu müştərini dəyişdi
accounts-stale-now = İndi adı “{ $name }”. Mətninizi yerinə qoymaq üçün yenidən yadda saxlayın.
accounts-was-closed = “{ $name }” bağlandı
accounts-was-reopened = “{ $name }” yenidən açıldı
accounts-kind = Növ
accounts-kind-company = Şirkət
accounts-kind-person = Fərd
accounts-family-none = Bu müştərinin nə yuxarısında, nə aşağısında başqa müştəri var.
accounts-family-mrr = Birgə MRR
accounts-family-open = Abunəliklər
accounts-family-subscriptions = { $n ->
    [one] { $n } abunəlik
   *[other] { $n } abunəlik
}
accounts-family-contacts = { $n ->
    [one] { $n } əlaqə
   *[other] { $n } əlaqə
}
accounts-parent = Baş müştəri
accounts-parent-hint = Adı və ya adın əvvəli
accounts-parent-set = Baş müştərini seç
accounts-parent-place = Onun altına qoy
accounts-parent-end = Qrupdan çıxar
accounts-was-moved = “{ $name }” qrupda başqa yer tutdu
accounts-external-ids-none = Bu müştəri heç bir başqa sistemdə qeyd olunmayıb.
accounts-external-id-new = Yeni xarici ID
accounts-external-id-add = Əlavə et
accounts-external-id-source = Sistem
accounts-external-id-source-hint = Qısa söz, məsələn crm və ya billing
accounts-external-id-value = Həmin sistemdəki ID
accounts-external-id-remove = { $value } sil
accounts-external-id-added = Müştəri { $value } kimi tanınır
accounts-external-id-removed = { $value } silindi
accounts-event-moved = Qrupda başqa yer
accounts-event-identified = Xarici ID-lər dəyişdi
accounts-failure-parent = Burada bu adda müştəri yoxdur
accounts-failure-loop = Müştəri öz-özünün yuxarısında ola bilməz
accounts-failure-loop-way = Müştəri öz-özünün yuxarısında ola bilməz: { $way }
accounts-failure-family-size = Qrupda ən çox 6 səviyyə və 200 müştəri olur
accounts-failure-source = Sistem 1–60 hərf, rəqəm, nöqtə, tire və ya alt xəttdən ibarətdir
accounts-failure-external-id = Xarici ID 1–200 işarədən ibarətdir
accounts-failure-external-id-taken = Bu xarici ID başqa müştəridədir
accounts-event-tagged = Teqlər dəyişdi
accounts-event-described = Sahələr dolduruldu
accounts-event-stage = Başqa mərhələdə
accounts-event-tier = Başqa səviyyədə
accounts-event-worth = Gəlir və ya yenilənmə dəyişdi
accounts-renews = Növbəti yenilənmə
accounts-event-owner = Başqa məsul şəxs
accounts-all = Bütün müştərilər
accounts-none-found = Heç nə uyğun gəlmir
accounts-none-found-text = Heç bir müştəri bütün süzgəclərə uyğun deyil. Birini götürün.
accounts-within-days = { $n ->
    [one] { $n } gün ərzində
   *[other] { $n } gün ərzində
}
