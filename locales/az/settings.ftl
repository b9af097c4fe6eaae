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
settings-group-workspace = İş sahəsi
settings-workspace = Ad, dil, saat qurşağı
settings-workspace-hint = Heç kim özününkünü seçməyəndə nə keçərlidir
settings-hours = İş saatları və bayramlar
settings-hours-hint = Komandanız nə vaxt işləyir; vədlər onunla hesablanır
settings-samples = Nümunə məlumatlar
settings-samples-hint = Tanış olmaq üçün uydurma müştərilər
