panel-usage-names = Məhsuldakı identifikatorlar
audit-act-usage-name-settled = İstifadə identifikatorunun müştərisi seçildi
audit-act-usage-name-unsettled = İstifadə identifikatorunun müştəri seçimi geri götürüldü
audit-act-usage-name-left = İstifadə identifikatoru müştərisiz qaldı
audit-act-usage-name-minded = İstifadə identifikatoru yenidən müştərisini gözləyir
audit-act-usage-link-ended = İstifadə identifikatorlarının əlaqəsi bitirildi
audit-act-usage-link-restored = İstifadə identifikatorlarının əlaqəsi bərpa edildi
usage-settling-what = Qrup və ya şəxs
usage-settling-first = İlk dəfə
usage-settling-account = Müştəri
usage-settling-find = İdentifikator, ad və ya ünvan
usage-settling-span = Müddət
usage-settling-days = { $n ->
    [one] { $n } gün
   *[other] { $n } gün
}
usage-settling-all-days = Bütün günlər
usage-settling-waiting = Müştəri gözləyənlər
usage-settling-left = Müştərisiz qalanlar
usage-settling-none-found = Heç nə uyğun gəlmir
usage-settling-none-found-text = Başqa sözlər və ya daha çox gün seçin.
usage-settling-all = Bütün gözləyənlər
usage-settling-choose = Seçin
usage-settling-leave = Müştərisiz saxla
usage-settling-mind = Yenidən gözləsin
usage-settling-group = Heç bir müştəri belə adlanmır
usage-settling-no-contact = Bu istifadəçi kontakt deyil
usage-settling-anonymous = Bu brauzerdə heç kim daxil olmayıb
usage-settling-shared = Bu brauzerdə bir neçə nəfər daxil olub
usage-settling-nowhere = Kontakt heç bir müştəridə deyil
usage-settling-several = Şəxs bir neçə müştəridədir
usage-settling-other-days = Bu günlərdə şəxs heç bir müştəridə olmayıb
usage-settling-by-place = Şəxs oradadır və ya orada olub
usage-settling-by-number = Başqa sistem onu belə adlandırır
usage-settling-by-address = Saytının ünvanı budur
usage-settling-by-name = Adı belədir
usage-settling-was-settled = Müştəri seçildi; sayılanlar ona keçir
usage-settling-was-unsettled = Seçim geri götürüldü
usage-settling-was-left = Müştərisiz qaldı
usage-settling-was-minded = Yenidən müştərisini gözləyir
usage-settling-make-account = Müştəri yarat
usage-settling-make-contact = Kontakt yarat
usage-settling-made-account = Müştəri yaradıldı
usage-settling-made-contact = Kontakt yaradıldı
usage-settling-failure-account = Bu adda tək müştəri yoxdur
usage-settling-failure-unfit = Anonim brauzerdən heç nə yaratmaq olmaz
usage-identity-kind = Bu nədir
usage-identity-id = İdentifikator
usage-identity-root = Aiddir
usage-identity-to-root = Arxasında duran şəxs
usage-identity-contact = Kontakt
usage-identity-person = Bu şəxs
usage-identity-ids = { $n ->
    [one] { $n } identifikator
   *[other] { $n } identifikator
}
usage-identity-many-ids = { $n ->
    [one] { $n } və ya daha çox identifikator
   *[other] { $n } və ya daha çox identifikator
}
usage-identity-chosen = Əl ilə seçilib:
usage-identity-take-back = Geri götür
usage-identity-find-account = Adı belə başlayan başqa müştərilər
usage-identity-find = Tap
usage-identity-account-hint = Qrup bundan sonra müştərinin adı sayılır. Şəxs üçün seçim başqa heç nə müştərini göstərməyən günlərdə keçərlidir.
usage-identity-links = Bununla bağlı olanlar
usage-identity-links-about = Bitirilmiş əlaqə sonrakı hadisələr eyni şeyi desə də artıq sayılmır. Sayılanlar yenidən bölüşdürülür; əlaqəni bərpa etmək olar.
usage-identity-no-links = Hələ bununla bağlı heç nə yoxdur.
usage-identity-heard = Haradan bilinir
usage-identity-actions = Əməliyyatlar
usage-identity-ended = Bitirilib
usage-identity-ended-by = kim: { $name }
usage-identity-holds = Sayılır
usage-identity-end = Əlaqəni bitir
usage-identity-restore = Bərpa et
usage-identity-was-ended = Əlaqə bitirildi; sayılanlar yenidən bölüşdürülür
usage-identity-was-restored = Əlaqə yenidən sayılır
usage-identity-spread = Yenidən bölüşdürülən identifikatorlar
usage-identity-unknown = Məhsul bu kontaktı hələ heç bir identifikatorla tanımır.
usage-identity-by-identify = İstifadəçi bu brauzerdə daxil olub
usage-identity-by-alias = Bir identifikator digəri kimi göstərilib
usage-identity-by-group = Məhsul qrupda kimin olduğunu deyir
usage-identity-by-event = Hər ikisi bir hadisədə olub
usage-identity-by-number = Kontaktın bu identifikatoru var
usage-identity-by-address = Ünvan kontakta aiddir
usage-identity-failure-link = Belə əlaqə yoxdur
