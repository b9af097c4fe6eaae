# Müştərilərin birləşdirilməsi və geri qaytarılması.
merging-title = Birləşdir
merging-text = Başqa hansı müştəri elə { $name } özüdür? Oradakı hər şey bura keçəcək və onun ünvanı bura aparacaq. Bunu istənilən vaxt dəqiq geri qaytarmaq olar.
merging-find = Digər müştərinin adı
merging-search = Axtar
merging-none-alike = Eyni adlı başqa müştəri yoxdur. Birini axtarın.
merging-none-found = Belə adlı müştəri yoxdur.
merging-compare = Müqayisə et
merging-preview-text = { $name } üzrə hər şey { $into } müştərisinə məxsus olacaq. Fərqləndikləri yerdə nəyin qalacağını seçin.
merging-no-choice = Seçilməli heç bir fərq yoxdur.
merging-choices = Fərqlər
merging-none = Heç nə
merging-moves = Nə keçir
merging-after = Birləşdirmədən sonra gələnlər, geri qaytarılsa da, { $into } müştərisində qalır.
merging-do = Birləşdir
merging-swap = Əksinə
merging-unmerge = Ayır
merging-was-merged = { $name } indi { $into } müştərisinin hissəsidir
merging-was-unmerged = { $name } yenə ayrıdır
merging-parts = { $n ->
    [one] Bu müştəriyə { $n } müştəri birləşdirilib
   *[other] Bu müştəriyə { $n } müştəri birləşdirilib
}
merging-event-merged = Başqa müştəri ilə birləşdirildi
merging-event-unmerged = Birləşdirmə geri qaytarıldı
merging-failure = Bu iş sahəsinin başqa müştərisini seçin
merging-failure-merged-on = Birləşdirildiyi müştəri özü də birləşdirilib; əvvəl onu geri qaytarın
merging-touchpoints = { $n ->
    [one] { $n } təmas
   *[other] { $n } təmas
}
merging-contacts = { $n ->
    [one] { $n } kontakt
   *[other] { $n } kontakt
}
merging-subscriptions = { $n ->
    [one] { $n } abunəlik
   *[other] { $n } abunəlik
}
merging-orders = { $n ->
    [one] { $n } sifariş
   *[other] { $n } sifariş
}
merging-invoices = { $n ->
    [one] { $n } faktura
   *[other] { $n } faktura
}
merging-external-ids = { $n ->
    [one] { $n } xarici ID
   *[other] { $n } xarici ID
}
merging-tags = { $n ->
    [one] { $n } teq
   *[other] { $n } teq
}
merging-tickets = { $n ->
    [one] { $n } müraciət
   *[other] { $n } müraciət
}
