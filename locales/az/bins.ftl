# Spam and trash: what lies apart from all other tickets.
audit-act-ticket-removed = Müraciət zibil qutusundan həmişəlik silindi
bins-title = Spam və ya zibil qutusu
bins-spam-text = Müraciət bütün görünüşlərdən və rəqəmlərdən çıxır və spamda gözləyir. Ona cavab verən sonrakı məktublar da orada qalır.
bins-block = { $sender } ünvanından gələn sonrakı məktubları da saxla
bins-mark = Spam kimi işarələ
bins-trash-text = Zibil qutusunda otuz gün gözləyir, sonra faylları və məktubları ilə birlikdə həmişəlik silinir.
bins-throw-away = Zibil qutusuna at
bins-was-marked = #{ $number } spam kimi işarələndi
bins-was-thrown-away = #{ $number } zibil qutusundadır
bins-was-restored = #{ $number } geri qaytarıldı
bins-restore = Bərpa et
bins-in-spam = Bu müraciət spamdır. Heç yerdə sayılmır və bərpa edilənə qədər ona heç nə yazmaq olmaz.
bins-in-trash = Bu müraciət zibil qutusundadır. Bərpa edilməsə, ora düşdükdən otuz gün sonra həmişəlik silinəcək.
bins-failure-apart = O, spamda və ya zibil qutusundadır; əvvəlcə bərpa edin
