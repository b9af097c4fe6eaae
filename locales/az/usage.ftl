settings-sources = İstifadə mənbələri
settings-sources-hint = Məhsul hadisələrinin haradan gəldiyi və yazma açarları
audit-act-usage-source-added = İstifadə mənbəyi quruldu
audit-act-usage-source-changed = İstifadə mənbəyi dəyişdi
audit-act-usage-key-rotated = Mənbənin yeni yazma açarı
audit-act-usage-source-stopped = İstifadə mənbəyi söndürüldü
audit-act-usage-source-started = İstifadə mənbəyi yandırıldı
usage-sources-title = İstifadə mənbələri
usage-sources-about = Hadisələr Segment protokolu ilə gəlir: məhsulda olan SDK, hostu dəyişəndən sonra bura göndərir.
usage-sources-empty = Hələ mənbə yoxdur
usage-sources-empty-text = Göndərən hər yer üçün birini əlavə edin: veb tətbiq, server, mobil tətbiq.
usage-sources-add = Mənbə əlavə et
usage-sources-name = Ad
usage-sources-name-hint = Nə göndərir: “Veb tətbiq”, “Server”
usage-sources-state = Vəziyyət
usage-sources-since = Qurulub
usage-sources-on = Açıq
usage-sources-off = Söndürülüb
usage-sources-is-off = Mənbə söndürülüb: hadisələrinə 403 cavabı verilir və saxlanılmır
usage-sources-point = SDK-nı bura yönəldin
usage-sources-point-text = Hostu və yazma açarını dəyişin; qalan hər şey olduğu kimi qalır.
usage-sources-host = Host
usage-sources-key = Yazma açarı
usage-sources-key-old = əvvəlki açar, bu vaxtadək qüvvədədir:
usage-sources-code = Kod
usage-sources-settings = Ayarlar
usage-sources-save = Yadda saxla
usage-sources-rotate = Yeni yazma açarı
usage-sources-rotate-text = İndiki açar bir gün də qüvvədədir, dəyişəndə heç nə itmir.
usage-sources-stop = Söndür
usage-sources-start = Yandır
usage-sources-was-added = Mənbə əlavə olundu
usage-sources-was-changed = Mənbə yadda saxlanıldı
usage-sources-was-rotated = Mənbənin yeni yazma açarı var
usage-sources-was-stopped = Mənbə söndürüldü
usage-sources-was-started = Mənbə yandırıldı
usage-sources-failure-name = Ad 1-dən 100-ə qədər simvoldur
usage-sources-failure-too-many = Mümkün olan qədər mənbə var
usage-sources-failure-stale = Bu arada kimsə mənbəni dəyişdi. Öz mətninizi qoymaq üçün yenidən yadda saxlayın.
usage-reason-no-body = Gövdə JSON obyekti deyil və ya “batch” siyahısı yoxdur
usage-remedy-no-body = JSON obyekti göndərin; /v1/batch üçün hadisələr “batch” altında siyahı olsun.
usage-reason-large-body = Sorğu 500 KB-dan böyükdür
usage-remedy-large-body = Bir dəfəyə az hadisə göndərin: əksər SDK-larda “flushAt” kimi ayar var.
usage-reason-many-items = Paketdə 5000-dən çox element var
usage-remedy-many-items = Onu bir neçə paketlə göndərin; SDK-lar bunu özləri edir.
usage-reason-malformed = Oxuna bilən JSON obyekti deyil: { $about }
usage-remedy-malformed = Mətnləri birləşdirmək əvəzinə hadisəni JSON kitabxanası yazsın.
usage-reason-no-call = Hansı çağırış olduğu deyilmir
usage-remedy-no-call = “type” dəyəri track, identify, group, page, screen və ya alias olsun.
usage-reason-wrong-type = “{ $about }” sahəsində ora aid olmayan bir şey var
usage-remedy-wrong-type = İd və adlar mətndir; properties, traits və context obyektdir.
usage-reason-large = Hadisə { $about } KB-dır; ən çoxu 32
usage-remedy-large = Uzun mətn və siyahıları properties-dən çıxarın; saydığınızı göndərin.
usage-reason-no-person = Heç kimi göstərmir: bir nəfərin userId və ya anonymousId-si yoxdur
usage-remedy-no-person = Kimsə daxil olanda userId verin. “null”, “anonymous” və ya sıfırlar heç kimindir və qəbul edilmir.
usage-reason-no-event = Hadisə adı olmayan track çağırışı
usage-remedy-no-event = “event” dəyərinə nə edildiyini yazın: “Report opened”.
usage-reason-no-group = Qrupun id-si olmayan group çağırışı
usage-remedy-no-group = “groupId” məhsulun müştəriyə verdiyi ad olsun.
usage-reason-no-previous = Hər iki id olmayan alias çağırışı
usage-remedy-no-previous = “previousId” əvvəlki, “userId” isə indiki id olsun.
usage-reason-long-id = “{ $about }” 200 simvoldan uzundur
usage-remedy-long-id = Token və ya bütöv qeyd deyil, id göndərin.
usage-reason-long-name = “{ $about }” 200 simvoldan uzundur
usage-remedy-long-name = Hadisəni qısa adlandırın, fərqlənəni properties-ə qoyun.
usage-reason-many-properties = { $about } xüsusiyyəti var; ən çoxu 500
usage-remedy-many-properties = Saydığınız bir neçəsini göndərin; id-ləri xüsusiyyət adı etmək çox olan səhvdir.
usage-reason-nul = “{ $about }” içində NUL simvolu var
usage-remedy-nul = Göndərməzdən əvvəl id və adlardan mənasız simvolları çıxarın.
usage-reason-bad-time = “{ $about }” vaxt deyil
usage-remedy-bad-time = Vaxtı belə yazın: 2026-03-02T09:00:00.000Z.
usage-reason-future = Gələcəkdə baş verir
usage-remedy-future = “sentAt” ilə “timestamp” eyni saatla olsun: yanlış saat onda düzəldilir.
usage-reason-ancient = On ildən çox köhnədir
usage-remedy-ancient = Adətən 1970-dən başlayan saatdır: “sentAt” eyni saatla olsun.
panel-usage = Məhsuldan istifadə
usage-account-active-7 = Aktiv, 7 gün
usage-account-active-30 = Aktiv, 30 gün
usage-account-events-30 = Hadisələr, 30 gün
usage-account-line = 13 həftədə həftəlik aktiv insanlar, { $from } → { $to }
usage-account-weeks = həftəlik aktiv insanlar, 13 həftə
usage-account-last = son dəfə
usage-account-features = Funksiya
usage-account-people = İnsanlar
usage-account-person = Şəxs
usage-account-events = Hadisələr
usage-account-nameless = (adsız səhifə)
usage-account-quiet = Son 30 gündə heç kim olmayıb.
usage-account-empty = Hələ istifadə görünmür
usage-account-empty-text = Hadisələrin qrupu bu müştəri olduğu bilinəndə burada görünəcək: xarici id-si və ya burada olan bir şəxs.
usage-debugger-title = Hadisə sazlayıcısı
usage-debugger-came = Nə gəldi
usage-debugger-rejected = Rədd edilənlər
usage-debugger-rejected-one = Rədd edilib
usage-debugger-unsettled = Müştərisiz
usage-debugger-about = Ən yeni hadisələr gəldikcə.
usage-debugger-empty = Hələ heç nə gəlməyib
usage-debugger-empty-text = SDK-nı yazma açarı ilə bura yönəldin: ilk hadisə iki saniyəyə görünəcək.
usage-debugger-event = Hadisə
usage-debugger-who = Kim
usage-debugger-group = Qrup
usage-debugger-user = Şəxs
usage-debugger-anonymous = Anonim brauzer
usage-debugger-source = Mənbə
usage-debugger-at = Gəldi
usage-debugger-happened = baş verdi
usage-debugger-raw = Gəldiyi kimi hadisə
usage-debugger-none-rejected = Heç nə rədd edilməyib
usage-debugger-none-rejected-text = Qəbul edilə bilməyən 30 gün burada qalır, səbəbi və nə etməli olduğu ilə.
usage-debugger-why = Niyə
usage-debugger-sent-again = Yenidən göndərilib
usage-debugger-send = Yenidən göndər
usage-debugger-mend = Burada düzəldib yenidən göndərin; vaxtları qalır.
usage-debugger-not-whole = Yalnız başlanğıcı saxlanılıb, buradan yenidən göndərilə bilməz.
usage-debugger-refused = Hələ də qəbul edilə bilmir
usage-debugger-was-sent = Hadisə qəbul olundu
usage-debugger-was-settled = Artıq yenidən göndərilib
usage-debugger-was-settled-group = Qrup bundan sonra bu müştəridir
usage-debugger-no-account = Belə adlanan tək müştəri yoxdur
usage-debugger-account = Müştəri, adı və ya id
usage-debugger-settle = Bu müştəridir
usage-debugger-contact = Kontakta keç
usage-debugger-all-settled = Hər hadisənin müştərisi var
usage-debugger-all-settled-text = Müştərisi bilinməyən hadisələr burada gözləyir.
usage-debugger-unsettled-text = Bu hadisələrin hələ müştərisi yoxdur. Qrupun hansı müştəri olduğunu deyin, bütün hadisələri, keçmişlər də, onun olacaq. Şəxs bir müştəridə olmalıdır.
usage-debugger-events = { $n ->
    [one] { $n } hadisə
   *[other] { $n } hadisə
}
usage-sources-events = Hadisə sazlayıcısı
usage-account-seen = Son dəfə
audit-act-usage-keeping-changed = Hadisələrin saxlanma müddəti dəyişdi
settings-keeping = Hadisələrin saxlanması
usage-keeping-title = Hadisələrin saxlanması
settings-keeping-hint = Məhsul hadisələri gəldiyi kimi neçə gün saxlanır
usage-keeping-about = Hadisələr gəldiyi kimi saxlanır: yoxlama, yeni öz göstəricilər və şəxslərin silinməsi üçün. Onlardan çıxan rəqəmlər – şəxs, funksiya və gün üzrə – həmişə saxlanır.
usage-keeping-now = { $n ->
    [one] Hadisələr { $n } gün saxlanır.
   *[other] Hadisələr { $n } gün saxlanır.
}
usage-keeping-days = Hadisələri saxla (gün)
usage-keeping-days-hint = 7–3650 gün
usage-keeping-look = Nəyin gedəcəyini göstər
usage-keeping-what-goes = Nə gedəcək
usage-keeping-goes = { $n ->
    [0] Heç nə getmir.
    [one] Növbəti gecə { $n } hadisə gedir.
   *[other] Növbəti gecə { $n } hadisə gedir.
}
usage-keeping-stays = { $n ->
    [one] { $n } hadisə qalır.
   *[other] { $n } hadisə qalır.
}
usage-keeping-before = { $day } tarixindən əvvəl gələn hər şey gedir. O vaxta qədər ayarı geri almaq olar; gedəni yeni göstərici saya bilməz.
usage-keeping-save = Saxla
usage-keeping-was-set = { $n ->
    [one] Hadisələr { $n } gün saxlanır; köhnələr gecə gedir
   *[other] Hadisələr { $n } gün saxlanır; köhnələr gecə gedir
}
usage-keeping-failure-days = Hadisələr 7–3650 gün saxlanır
