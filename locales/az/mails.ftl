# Məktublar.
mails-all = Hamısı
mails-states = Vəziyyətinə görə məktublar
mails-empty = Burada məktub yoxdur
mails-empty-text = Poçt qutularına gələnlər və onlarla nə olduğu burada görünür.
mails-subject = Mövzu
mails-no-subject = (mövzusuz)
mails-from = Kimdən
mails-state = Vəziyyət
mails-mailbox = Qutu
mails-ticket = Müraciət
mails-arrived = Gəlib
mails-stored = Saxlanılıb
mails-size = Ölçü
mails-kilobytes = { $size } kB
mails-identity = Göndərən
mails-identity-authenticated = Təsdiqlənib
mails-identity-denied = Domeni inkar edir
mails-identity-unknown = Təsdiqlənməyib
mails-nature = Kim yazıb
mails-nature-person = İnsan
mails-nature-auto-reply = Cavab verən proqram
mails-nature-out-of-office = Proqram, çünki kimsə yerində deyil
mails-nature-bulk = Proqram, çoxlarına birdən
mails-nature-list = Poçt siyahısı
mails-nature-delivery-report = Poçt serveri
mails-nature-read-receipt = Proqram, çünki məktub açılıb
mails-nature-calendar = Təqvim
mails-nature-challenge = Sübut istəyən proqram
mails-nature-complaint = Provayder, çünki kimsə şikayət edib
mails-nature-machine = Proqram
mails-last-success = Axırıncı dəfə sona qədər oxunub
mails-backlog = Oxunmağı gözləyir
mails-held = Saxlanılanlar
mails-failed = Oxunmayanlar
mails-health-good = İşləyir
mails-health-trouble = İşləmir
mails-health-new = Hələ oxunmayıb
mails-health-handed = Hazırdır
mails-health-none = Heç nə qəbul etmir
mails-state-stored = Gözləyir
mails-state-stored-why = Saxlanılıb və indi oxunacaq.
mails-state-placed = Müraciətdə
mails-state-suspended = Dayandırılıb
mails-state-suspended-why = Kiminsə qərarını gözləyir.
mails-state-failed = Alınmadı
mails-state-failed-why = Onu oxumaq olmadı. Gəldiyi kimi saxlanılıb və başqalarını gecikdirmir.
mails-state-repeated = Təkrar
mails-state-repeated-why = Həmin məktub əvvəl də gəlmişdi. O, bir mesajdır.
mails-state-blocked = Kənara qoyulub
mails-state-blocked-why = Kimsə qərar verib ki, ondan müraciət olmayacaq.
mails-cause-spam = Spam
mails-cause-spam-why = Onu qəbul edən server spam sayır.
mails-cause-blocked-sender = Bloklanmış göndərən
mails-cause-blocked-sender-why = Kimsə qərar verib ki, bu göndərənin məktubları dayandırılsın.
mails-cause-denied = İnkar edilən göndərən
mails-cause-denied-why = Göndərənin domeni bu məktubu göndərmədiyini deyir.
mails-cause-loop = Dövrə
mails-cause-loop-why = Bu, öz məktubumuzdur və ya bizim ünvandan gəlib.
mails-cause-delivery-failure = Çatdırılmayıb
mails-cause-delivery-failure-why = Bir məktubun çatdırılmadığını deyir.
mails-cause-complaint = Şikayət
mails-cause-complaint-why = Kimsə məktubumuzu spam kimi işarələyib.
mails-cause-vacation = Yerində deyil
mails-cause-vacation-why = Kimsə yerində deyil və məktub tanıdığımız heç nəyə cavab vermir.
mails-cause-automatic = Avtomatik
mails-cause-automatic-why = Onu proqram yazıb və tanıdığımız heç nəyə cavab vermir.
mails-cause-bulk = Çoxlarına
mails-cause-bulk-why = Çoxlarına birdən göndərilib.
mails-cause-blank = Boş
mails-cause-blank-why = Nə mövzu, nə mətn, nə də fayl var.
mails-cause-too-many = Həddən çox
mails-cause-too-many-why = Göndərəni bir saatda həddən çox müraciət açıb.
mails-cause-too-large = Çox böyük
mails-cause-too-large-why = Qəbul ediləndən böyükdür. Hələ də serverdəki qutudadır.
mails-verdict-blocked = Bloklanıb
mails-verdict-trusted = Etibarlı
mails-why-first = Tanıdığımız heç nəyə cavab vermir, ona görə müraciət açıb.
mails-clue-reply-address = Bu müraciətin cavab ünvanına göndərilib.
mails-clue-own-in-reply-to = Bu müraciətdən göndərdiyimiz məktuba cavabdır.
mails-clue-own-reference = Zəncirində bu müraciətdən göndərdiyimiz məktub var.
mails-clue-known-in-reply-to = Bu müraciətdəki məktuba cavabdır.
mails-clue-known-reference = Zəncirində bu müraciətdəki məktub var.
mails-clue-subject-tag = Mövzusunda bu müraciətin imzalı nişanı var.
mails-stranger = Göndərəni əvvəl bu müraciətdə iştirak etməyib.
mails-release = Burax
mails-release-ever = Bu göndərəni həmişə burax
mails-block = Kənara qoy
mails-block-ever = Bu göndərəni blokla
mails-unblock = Geri al
mails-reread = Yenidən oxu
mails-look = Göndərildiyi kimi
mails-look-hint = Onda heç nə işə düşmür və başqa serverlərdən heç nə alınmır.
mails-raw = Gəldiyi kimi endir
mails-was-released = Məktub buraxıldı
mails-was-blocked = Məktub kənara qoyuldu
mails-was-unblocked = Məktub yenidən qərar gözləyir
mails-is-reread = Məktub yenidən oxunur
mails-failure-decided = Bu məktub barədə artıq qərar lazım deyil
mails-failure-not-kept = Bu məktubun məzmunu yoxdur: saxlanmaq üçün çox böyük idi
mails-identifier = İdentifikator
panel-mailboxes = Poçt qutuları
mails-not-read = “{ $name }” qutusunu oxumaq olmur
mails-count-failed = { $count ->
    [one] { $count } məktubu oxumaq olmadı
   *[other] { $count } məktubu oxumaq olmadı
}
mails-count-held = { $count ->
    [one] { $count } məktub dayandırılıb
   *[other] { $count } məktub dayandırılıb
}
mails-state-told = Hesabat
mails-state-told-why = Məktubumuzla nə olduğunu bildirdi; bu, həmin məktubda görünür.
mails-state-old = Köhnə, gözləyir
mails-state-old-why = Köhnə poçtdur; idxal hələ ona çatmayıb.
mails-state-aside = Köhnə, müraciət yoxdur
mails-state-aside-why = Proqramdan gələn köhnə poçt və ya spamdır. Saxlanıb, müraciət olmayıb.
mails-clue-sent = Onu bizdən biri göndərib; köhnə poçtla gəlib.
mails-images-show = Şəkilləri göstər
mails-images-hide = Şəkilləri gizlət
mails-images-shown = Şəkilləri bu server yükləyib; sahibləri kimin oxuduğunu görmür.
mails-images-waiting = { $n ->
    [one] Başqa serverdən { $n } şəkil yüklənməyib.
   *[other] Başqa serverlərdən { $n } şəkil yüklənməyib.
}
mails-images-telling = { $n ->
    [one] { $n } şəkil göndərənə yalnız oxuduğunuzu bildirərdi. Heç vaxt yüklənmir.
   *[other] { $n } şəkil göndərənə yalnız oxuduğunuzu bildirərdi. Heç vaxt yüklənmir.
}
mails-images-ever = Bu göndərəndən həmişə
mails-images-ever-end = Daha həmişə yox
mails-images-ever-on = Bu göndərənin şəkilləri həmişə göstərilir
mails-images-ever-off = Bu göndərənin şəkilləri istənəndə göstərilir
