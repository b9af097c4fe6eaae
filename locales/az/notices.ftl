# The bell, its page, and what one is told which way.
notices-title = Bildirişlər
notices-bell = { $n ->
    [0] Oxunmamış bildiriş yoxdur
    [one] { $n } oxunmamış bildiriş
   *[other] { $n } oxunmamış bildiriş
}
notices-all = Hamısı
notices-unread = Oxunmamış
notices-filters = Hansı bildirişlər
notices-choose = Nədən xəbərim olsun
notices-read-all = Hamısını oxunmuş say
notices-read = Oxunmuş say
notices-none = Bildiriş yoxdur
notices-none-text = Müraciətlər haqqında sizə deyilənlər burada otuz gün qalır.
notices-were-read = { $n ->
    [one] { $n } bildiriş oxundu
   *[other] { $n } bildiriş oxundu
}
notices-are-unread = { $n ->
    [one] { $n } bildiriş yenə oxunmamışdır
   *[other] { $n } bildiriş yenə oxunmamışdır
}
notices-low = Kontakt aşağı qiymət verir
notices-failed = Müştəriyə məktub getmir
notices-letter-low = Kontakt #{ $number } müraciətində aşağı qiymət verdi.
notices-letter-failed = #{ $number } müraciətinin məktubu getmədi.
notices-by-bell = Zəngdə
notices-by-bell-hint = Hər səhifənin başındakı zəng oxumadıqlarınızı sayır.
notices-by-browser = Bu brauzerdə
notices-by-browser-hint = Tandem açıq olduqca, başqa şeyə baxanda da brauzer onları göstərir.
notices-browser-ask = Bu brauzerə bildiriş göstərməyə icazə ver
notices-browser-on = Bu brauzer onları göstərir.
notices-browser-denied = Bu brauzer icazə vermir. Bunu brauzerin bu sayt üçün ayarlarında dəyişmək olar.
notices-by-mail = Məktubla
