# Fitur mana yang dipakai akun.
nav-features = Pemakaian fitur
adoption-title = Pemakaian fitur
adoption-window = Hari yang dilihat
adoption-days = { $n ->
   *[other] { $n } hari
}
adoption-active = Akun aktif
adoption-as-of = Dihitung per { $at }.
adoption-not-yet = Belum ada yang dihitung. Angka pertama muncul dalam beberapa menit.
adoption-feature = Fitur
adoption-accounts = Akun
adoption-people = Orang
adoption-events = Peristiwa
adoption-before = Peristiwa sebelumnya
adoption-weeks = 13 minggu
adoption-line = Akun per minggu selama 13 minggu, dari { $from } ke { $to }
adoption-course = Akun yang memakainya, per minggu
adoption-first = Pertama terlihat
adoption-last = Terakhir terlihat
adoption-share = Dari orang aktif
adoption-call = Jenis
adoption-call-track = Peristiwa
adoption-call-page = Halaman
adoption-call-screen = Layar
adoption-mark = Menonjol
adoption-new = Baru
adoption-dropped = Turun
adoption-segment = Segmen
adoption-all = Semua fitur
adoption-all-accounts = Semua akun
adoption-empty = Belum ada fitur yang terlihat
adoption-empty-text = Setiap peristiwa, halaman, dan layar yang dikirim produk Anda tampil di sini, beserta akun yang memakainya.
adoption-connect = Hubungkan sumber
adoption-none = Tidak ada fitur seperti itu
adoption-none-text = Minta lebih sedikit, atau lihat semua fitur.
adoption-quiet = Tidak ada yang dipakai pada hari-hari ini.
adoption-who = Akun menurut pemakaian
adoption-account = Akun
adoption-used = Memakai
adoption-stopped = Berhenti
adoption-never = Belum pernah
adoption-nobody = Tidak ada akun di sini
adoption-nobody-used = Tidak ada yang memakainya pada hari-hari ini.
adoption-nobody-stopped = Yang memakainya sebelumnya masih memakainya.
adoption-nobody-never = Setiap akun aktif sudah memakainya.
usage-account-course = Peristiwa per minggu selama 13 minggu, dari { $from } ke { $to }
usage-account-seats = { $used } dari { $seats } kursi terpakai
panel-contact-usage = Pemakaian
usage-contact-ids = { $n ->
   *[other] dikenal dengan { $n } id
}
usage-contact-devices = { $n ->
   *[other] { $n } perangkat
}
usage-contact-quiet = Tidak ada yang dipakai dalam 30 hari terakhir.
usage-contact-empty = Belum terlihat di produk
usage-contact-empty-text = Yang dilakukan orang ini tampil di sini begitu produk menyebutnya dengan alamat atau salah satu id-nya.
