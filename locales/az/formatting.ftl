# Writing with formatting.
formatting-switch = Formatlama
formatting-hint = Qalın yazı, siyahılar, keçidlər, şəkillər
formatting-bar = Formatlama
formatting-bold = Qalın
formatting-italic = Kursiv
formatting-link = Keçid
formatting-list = Siyahı
formatting-numbers = Nömrəli siyahı
formatting-quote = Sitat
formatting-code = Kod
formatting-address = Keçidin ünvanı
formatting-link-set = Keçidi qoy
formatting-gone = Formatlama söndürülüb. Geri qaytarmaq üçün yenidən yandırın.
command-format = Formatlamanı yandır və ya söndür
command-format-words = qalın kursiv siyahı keçid redaktor mətn
