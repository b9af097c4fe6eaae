# Token program dan agen untuk mesin.
tokens-name = Nama
tokens-name-hint = Kegunaannya, misalnya “impor malam”
tokens-agent = Bertindak sebagai
tokens-agent-hint = Anda atau agen mesin
tokens-myself = Saya sendiri
tokens-life = Masa berlaku
tokens-never = Sampai dicabut
tokens-scopes = Izin
tokens-scopes-hint = Centang hanya yang dibutuhkan program. Token tidak pernah melebihi izin agennya.
tokens-made = Dibuat
tokens-expires = Kedaluwarsa
tokens-revoke = Cabut
tokens-revoked = Token “{ $name }” dicabut
tokens-new = Token baru
tokens-make = Buat token
tokens-made-title = Token dibuat
tokens-made-text = Dengan token ini program bertindak sebagai { $agent }. Token hanya terlihat sekarang.
tokens-made-how = Program mengirimnya sebagai header:
tokens-machine-new = Mesin baru
tokens-machine-make = Tambah mesin
tokens-machine-text = Mesin adalah agen tanpa orang: punya peran, tidak masuk ke mana pun, dan bertindak hanya lewat tokennya.
tokens-empty = Belum ada token
tokens-empty-text = Token memungkinkan program memakai API atas nama Anda atau sebagai agen tersendiri.
tokens-failure-name = Nama token terdiri dari 1 sampai 60 karakter
tokens-failure-life = Token berlaku 1 sampai 366 hari
tokens-failure-scopes = Centang setidaknya satu izin, dan hanya yang dimiliki agen
tokens-failure-agent = Tidak ada agen aktif di ruang kerja ini dengan nomor itu
tokens-days = { $n ->
   *[other] { $n } hari
}
