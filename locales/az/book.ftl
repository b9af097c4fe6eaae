# Öz müştəriləri: kimə lazımam, nə yenilənir, nə dəyişib.
panel-needs = Mənə kimin ehtiyacı var
panel-renewals = Növbəti 90 gündə yeniləmələr
panel-changes = Son baxışdan bəri dəyişikliklər
book-and-alerts = { $n ->
    [one] və daha { $n }
   *[other] və daha { $n }
}
book-late = { $title }, son tarix { $day }
book-untouched = { $day } tarixinədək heç kim əlaqə saxlamayıb
book-nobody-needs = Hazırda heç kimin sizə ehtiyacı yoxdur.
book-open-book = Bütün müştərilərinizə baxın
book-show-needs = { $n ->
    [one] { $n } müştərini göstər
   *[other] Hamısını göstər: { $n } müştəri
}
book-no-renewals = Bu günlərdə heç nə yenilənmir.
book-open-renewals = Yeniləmə təqvimini açın
book-renews = Yenilənmə
book-confidence = Əminlik
book-sum = Cəmi
book-everybodys = Hamınınkını göstər
book-mine = Yalnız mənimkiləri göstər
book-show-renewals = Hamısını göstər
book-last-week = Son 7 gündə
book-since = Bundan bəri:
book-nothing-changed = Müştərilərinizdə heç nə dəyişməyib.
book-see = Baxılmış kimi qeyd et
book-show-changes = { $n ->
    [one] { $n } dəyişikliyi göstər
   *[other] Hamısını göstər: { $n } dəyişiklik
}
book-banded = { $now } ({ $score }), əvvəl: { $then }
book-eased = { $title }: səbəb aradan qalxıb
book-reopened = Həll edilmiş müraciət qayıtdı
book-moved = İndi mərhələ: { $stage }
book-was-seen = Baxılmış kimi qeyd edildi
book-was-unseen = Yenidən yeni kimi göstərilir
book-failure-until = Hansı ana qədər olduğunu 1970-ci ildən mikrosaniyə ilə göstərin
book-failure-superseded = O vaxtdan bəri başqa şey qeyd edilib
