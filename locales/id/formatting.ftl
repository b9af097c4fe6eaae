# Writing with formatting.
formatting-switch = Format
formatting-hint = Tebal, daftar, tautan, gambar
formatting-bar = Format
formatting-bold = Tebal
formatting-italic = Miring
formatting-link = Tautan
formatting-list = Daftar
formatting-numbers = Daftar bernomor
formatting-quote = Kutipan
formatting-code = Kode
formatting-address = Alamat tautan
formatting-link-set = Pasang tautan
formatting-gone = Format dimatikan. Nyalakan lagi untuk mengembalikannya.
command-format = Nyalakan atau matikan format
command-format-words = tebal miring daftar tautan editor teks
