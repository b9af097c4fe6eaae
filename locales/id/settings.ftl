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
settings-group-workspace = Ruang kerja
settings-workspace = Nama, bahasa, zona waktu
settings-workspace-hint = Yang berlaku bila belum ada pilihan sendiri
settings-hours = Jam kerja dan hari libur
settings-hours-hint = Kapan tim Anda bekerja; janji dihitung darinya
settings-samples = Data contoh
settings-samples-hint = Pelanggan rekaan untuk melihat-lihat
