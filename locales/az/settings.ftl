# Ayarların mündəricatı.
settings-group-own = Siz
settings-group-people = İnsanlar və giriş
settings-group-operations = Sistemin işi
settings-look = Görünüş və dil
settings-look-hint = Tema, sıxlıq, dil, klaviatura
settings-audit = Audit jurnalı
settings-audit-hint = Kim nəyi, haradan dəyişib, əvvəl və sonra
settings-work = Arxa plan işləri
settings-work-hint = Nə işləyir, gözləyir və ya alınmayıb
