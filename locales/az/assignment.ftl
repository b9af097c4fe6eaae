# Kim kimə baxır.
assignment-about = Yeni müştəriyə məsul şəxsi uyğun gələn və yeri olan birini tapan ilk qayda verir.
assignment-owner = Məsul şəxs
assignment-nobody = Heç kim
assignment-none = Bu müştəriyə heç kim baxmır.
assignment-give = Məsul şəxsi dəyiş
assignment-because-hand = Təyin edən: { $by }, { $day }.
assignment-because-rule = “{ $rule }” qaydasına görə, { $day } ({ $method }). O vaxt onlarda idi: { $among }.
assignment-was-given = İndi məsul şəxs: { $name }
assignment-was-taken = İndi bu müştəriyə heç kim baxmır
assignment-least-loaded = ən çox yeri olan
assignment-round-robin = növbə ilə
assignment-every = Hər müştəri
assignment-any = İstənilən
assignment-name = Qayda
assignment-if = Əgər
assignment-then = Onda
assignment-target = Əməkdaş və ya komanda
assignment-method = Komandada
assignment-mrr-from = MRR-dən, { $currency }
assignment-mrr-below = MRR-dən aşağı, { $currency }
assignment-new = Yeni qayda
assignment-save = Yadda saxla
assignment-try = Sına
assignment-remove = Qaydanı sil
assignment-empty = Hələ qayda yoxdur
assignment-empty-text = Qaydasız yeni müştərilərin məsul şəxsi, kimsə təyin edənə qədər olmur.
assignment-capacities = Kimdə nə qədər var
assignment-capacity = Tutum
assignment-most-accounts = Ən çox neçə müştəri
assignment-most-mrr = Ən çox MRR, { $currency }
assignment-away-until = Bu günədək yoxdur
assignment-away = Yoxdur
assignment-accounts-count = { $n ->
    [one] { $n } müştəri
   *[other] { $n } müştəri
}
assignment-unowned-count = { $n ->
    [one] Məsul şəxsi olmayan { $n } müştəri
   *[other] Məsul şəxsi olmayan { $n } müştəri
}
assignment-unowned = Məsul şəxssiz
assignment-tried = Qaydalar nə edərdi
assignment-tried-text = Məsul şəxsi olmayan { $all } müştəridən { $found } müştəri onu alardı. Heç nə dəyişmədi.
assignment-was-saved = “{ $name }” qaydası saxlanıldı
assignment-was-removed = “{ $name }” qaydası silindi
assignment-capacity-kept = Tutum saxlanıldı
assignment-book = Müştəri portfeli
assignment-my-book = Mənim portfelim
assignment-show = Göstər
assignment-book-empty = Burada müştəri yoxdur
assignment-book-empty-text = Burada məsul şəxsi olan açıq müştərilər durur; yuxarıdan başqa portfel seçin.
assignment-failure-agent = Daxil ola bilən əməkdaşı seçin
assignment-failure-name = Qaydanın adı 1–80 işarədən ibarətdir
assignment-failure-target = Əməkdaş və ya komanda seçin
assignment-failure-capacity = Sıfırdan başlayan tam ədədlər, məbləğ və günləri adət etdiyiniz kimi yazın
