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
