# Spam and trash: what lies apart from all other tickets.
audit-act-ticket-removed = Tiket dihapus selamanya dari sampah
bins-title = Spam atau sampah
bins-spam-text = Tiket keluar dari semua tampilan dan angka, lalu menunggu di antara spam. Surel berikutnya yang menjawabnya tetap bersamanya.
bins-block = Tahan juga surel berikutnya dari { $sender }
bins-mark = Tandai sebagai spam
bins-trash-text = Di sampah tiket menunggu tiga puluh hari, lalu dihapus selamanya bersama berkas dan surelnya.
bins-throw-away = Buang ke sampah
bins-was-marked = #{ $number } ditandai sebagai spam
bins-was-thrown-away = #{ $number } ada di sampah
bins-was-restored = #{ $number } kembali
bins-restore = Pulihkan
bins-in-spam = Tiket ini spam. Tiket tidak dihitung di mana pun, dan tidak bisa ditulisi sebelum dipulihkan.
bins-in-trash = Tiket ini ada di sampah. Tiga puluh hari setelah dibuang, tiket dihapus selamanya kecuali dipulihkan.
bins-failure-apart = Tiket ada di spam atau sampah; pulihkan dulu
