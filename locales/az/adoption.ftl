# Müştərilər hansı funksiyalardan istifadə edir.
nav-features = Funksiyaların istifadəsi
adoption-title = Funksiyaların istifadəsi
adoption-window = Baxılan günlər
adoption-days = { $n ->
    [one] { $n } gün
   *[other] { $n } gün
}
adoption-active = Fəal müştərilər
adoption-as-of = Bu ana qədər sayılıb: { $at }.
adoption-not-yet = Hələ heç nə sayılmayıb. İlk rəqəmlər bir neçə dəqiqəyə görünəcək.
adoption-feature = Funksiya
adoption-accounts = Müştərilər
adoption-people = Adamlar
adoption-events = Hadisələr
adoption-before = Əvvəlki hadisələr
adoption-weeks = 13 həftə
adoption-line = 13 həftə ərzində həftədə müştərilər, { $from }-dən { $to }-dək
adoption-course = İstifadə edən müştərilər, həftələr üzrə
adoption-first = İlk dəfə
adoption-last = Son dəfə
adoption-share = Fəal adamlardan
adoption-call = Növ
adoption-call-track = Hadisə
adoption-call-page = Səhifə
adoption-call-screen = Ekran
adoption-mark = Seçilir
adoption-new = Yeni
adoption-dropped = Azalıb
adoption-segment = Seqment
adoption-all = Bütün funksiyalar
adoption-all-accounts = Bütün müştərilər
adoption-empty = Hələ heç bir funksiya görünməyib
adoption-empty-text = Məhsulunuzun göndərdiyi hər hadisə, səhifə və ekran onlardan istifadə edən müştərilərlə birlikdə burada görünür.
adoption-connect = Mənbə qoşun
adoption-none = Belə funksiya yoxdur
adoption-none-text = Daha azını soruşun və ya bütün funksiyalara baxın.
adoption-quiet = Bu günlərdə heç nədən istifadə olunmayıb.
adoption-who = İstifadəyə görə müştərilər
adoption-account = Müştəri
adoption-used = İstifadə edir
adoption-stopped = Dayandırıb
adoption-never = Heç istifadə etməyib
adoption-nobody = Burada müştəri yoxdur
adoption-nobody-used = Bu günlərdə heç kim istifadə etməyib.
adoption-nobody-stopped = Əvvəl istifadə edənlər indi də istifadə edir.
adoption-nobody-never = Hər fəal müştəri ondan istifadə edib.
usage-account-course = 13 həftə ərzində həftədə hadisələr, { $from }-dən { $to }-dək
usage-account-seats = İstifadə olunan yerlər: { $seats } yerdən { $used }
panel-contact-usage = İstifadə
usage-contact-ids = { $n ->
    [one] { $n } id ilə tanınır
   *[other] { $n } id ilə tanınır
}
usage-contact-devices = { $n ->
    [one] { $n } cihaz
   *[other] { $n } cihaz
}
usage-contact-quiet = Son 30 gündə heç nədən istifadə olunmayıb.
usage-contact-empty = Məhsulda hələ görünməyib
usage-contact-empty-text = Məhsul bu adamı ünvanı və ya id-lərindən biri ilə adlandıran kimi etdikləri burada görünəcək.
