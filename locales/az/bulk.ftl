# Changing many tickets at once.
bulk-title = Bir çox müraciətin dəyişməsi
bulk-choose-ticket = { $number } nömrəli müraciəti seç
bulk-bar = Seçilmiş müraciətləri dəyiş
bulk-chosen = Seçilib:
bulk-page = Bu səhifədəkilərin hamısı
bulk-all = Bu görünüşdəkilərin hamısı, başqa səhifələrdə də
bulk-change = Dəyiş…
bulk-apply = Onları dəyiş
bulk-take = Mənə təyin et
bulk-solve = Həll et
bulk-clear = Heç birini seçmə
bulk-macro = Makro
bulk-merge = Müraciətlə birləşdir
bulk-merge-hint = Onun nömrəsi. Onda başqa heç nə dəyişmir.
bulk-no-macro = Heç biri
bulk-by = Kim
bulk-fields = Sahələr
bulk-gone-through = Baxılıb
bulk-changed = Dəyişdirilib
bulk-refused = Mümkün olmadı
bulk-undo = Hamısını geri al
bulk-back = Siyahıya qayıt
bulk-troubles = Bunlar olduğu kimi qaldı
bulk-state-running = Müraciətlər dəyişdirilir. Çıxa bilərsiniz; davam edəcək.
bulk-state-done = Hazırdır.
bulk-state-undoing = Geri alınır.
bulk-state-undone = Geri alındı.
bulk-failure-no-tickets = Ən azı bir müraciət seçin
bulk-failure-too-many = Bir dəfəyə 5000 müraciətə qədər dəyişdirilir. Daha dar görünüş seçin.
bulk-failure-no-changes = Nəyi dəyişəcəyinizi seçin
bulk-failure-changes = Hər sahə bir dəfə, 300-ə qədər işarə
bulk-failure-macro = Bu makro artıq yoxdur və ya mətni var. Başqasını seçin
bulk-failure-not-now = İndi geri almaq olmaz: davam edir və ya artıq geri alınıb.
command-bulk = Seçilmişləri dəyiş
command-bulk-words = çox toplu
command-list-range = Bu sətrə qədər seç
command-list-range-words = aralıq seç
bulk-was-done = { $n ->
    [one] { $n } müraciət dəyişdirildi.
   *[other] { $n } müraciət dəyişdirildi.
}
bulk-was-undone = { $n ->
    [one] { $n } müraciət əvvəlki kimidir.
   *[other] { $n } müraciət əvvəlki kimidir.
}
bulk-answer = Çoxlu müraciətə cavab
bulk-answer-these = Cavab ver…
bulk-answer-text = Hər biri adi cavab kimi gedir və qısa müddət geri götürülə bilər. Bu arada kiminsə yazdığı müraciət olduğu kimi qalır və adı çəkilir.
bulk-answer-reply = Saxlanmış cavab
bulk-answer-reply-hint = Onun mətni, hər kontaktın dilində varsa, o dildə
bulk-answer-own = Heç biri: aşağıdakı mətn
bulk-answer-body-hint = Saxlanmış cavabların dəyişənləri hər müraciət üçün doldurulur
bulk-answer-then = Cavabla birlikdə status
bulk-answer-look = İlk müraciətdə göstər
bulk-answer-send = Hamısına göndər
bulk-failure-answer = Mətn yazın və ya nə qeyd, nə də makro olan saxlanmış cavab seçin
bulk-answer-to = { $n ->
    [one] Bu cavab { $n } müraciətə gedir.
   *[other] Bu cavab { $n } müraciətə gedir.
}
bulk-was-answered = { $n ->
    [one] { $n } müraciətə cavab verildi.
   *[other] { $n } müraciətə cavab verildi.
}
