# Daftar isi pengaturan.
settings-group-own = Anda
settings-group-people = Orang dan akses
settings-group-operations = Operasional
settings-look = Tampilan dan bahasa
settings-look-hint = Tema, kerapatan, bahasa, papan ketik
settings-audit = Jejak audit
settings-audit-hint = Siapa mengubah apa, dari mana, sebelum dan sesudah
settings-work = Pekerjaan latar belakang
settings-work-hint = Yang berjalan, menunggu, atau gagal
