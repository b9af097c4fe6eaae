panel-checklist = Hazırlıq
panel-accounts = Müştərilər
panel-newest = Ən yeni
panel-failed = Arxa plan işləri
panel-history = Nə baş verib
panels-open = “{ $panel }” aç
panels-trouble = Bu hissəni yükləmək olmadı. Səhifənin qalanı işləyir.
panels-again = Yenidən cəhd et
