# Akun saya: siapa yang butuh, apa yang diperpanjang, apa yang berubah.
panel-needs = Siapa yang butuh saya
panel-renewals = Perpanjangan 90 hari ke depan
panel-changes = Perubahan sejak terakhir dilihat
book-and-alerts = { $n ->
   *[other] dan { $n } lagi
}
book-late = { $title }, tenggat { $day }
book-untouched = Tidak ada yang menyentuh sampai { $day }
book-nobody-needs = Saat ini tidak ada yang butuh Anda.
book-open-book = Lihat semua akun Anda
book-show-needs = { $n ->
   *[other] Tampilkan semua { $n } akun
}
book-no-renewals = Tidak ada yang diperpanjang dalam masa ini.
book-open-renewals = Buka kalender perpanjangan
book-renews = Diperpanjang
book-confidence = Keyakinan
book-sum = Jumlah
book-everybodys = Tampilkan milik semua
book-mine = Tampilkan milik saya saja
book-show-renewals = Tampilkan semua
book-last-week = Dalam 7 hari terakhir
book-since = Sejak
book-nothing-changed = Tidak ada yang berubah di akun Anda.
book-see = Tandai sudah dilihat
book-show-changes = { $n ->
   *[other] Tampilkan semua { $n } perubahan
}
book-banded = { $now } ({ $score }), sebelumnya: { $then }
book-eased = { $title }: penyebabnya sudah hilang
book-reopened = Tiket yang sudah selesai terbuka lagi
book-moved = Kini di tahap { $stage }
book-was-seen = Ditandai sudah dilihat
book-was-unseen = Ditampilkan sebagai baru lagi
book-failure-until = Sebutkan sampai saat mana, dalam mikrodetik sejak 1970
book-failure-superseded = Sejak itu ada yang lain ditandai
