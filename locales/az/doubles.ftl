# Eyni ola bilən müştərilər.
doubles-title = Mümkün təkrarlar
doubles-text = Eyni müştəri ola bilən cütlər. Birləşdirmək üçün ikisini müqayisə edin və ya fərqli olduqlarını deyin: onda cüt bir daha göstərilmir.
doubles-none = Təkrar tapılmadı
doubles-none-text = Adı, saytı, başqa sistemdəki nömrəsi və ya adamları eyni olan müştərilər burada görünəcək.
doubles-distinct = Eyni deyil
doubles-was-distinguished = Bunlar fərqlidir və bir daha göstərilmir
doubles-was-confused = Yenə eyni ola bilərlər
doubles-like-number = Başqa yerdə eyni nömrə
doubles-like-domain = Eyni sayt
doubles-like-name = Eyni ad
doubles-like-contacts = Eyni adamlar
doubles-alike = { $name } bəlkə eyni müştəridir
doubles-event-judged = Başqa müştəri ilə müqayisə edildi
