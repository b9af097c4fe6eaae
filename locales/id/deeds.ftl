# Mengubah banyak pelanggan sekaligus, dan yang ditambahkan ke daftarnya.
deeds-title = Perubahan banyak pelanggan
deeds-choose = Pilih { $name }
deeds-bar = Ubah pelanggan terpilih
deeds-all = Semua yang ditemukan daftar, juga di halaman lain
deeds-count-title = Berapa pelanggan yang ditemukan daftar
deeds-apply = Lakukan
deeds-take = Jadikan saya penanggung jawab
deeds-csv = Terpilih sebagai CSV
deeds-xlsx = Terpilih untuk Excel
deeds-me = Saya
deeds-by-rule = Menurut aturan lagi
deeds-owner = Penanggung jawab
deeds-tag = Pasang tag
deeds-untag = Lepas tag
deeds-tier = Tingkat
deeds-tier-detail = Alasan tingkat
deeds-stage = Tahap
deeds-state = Keadaan
deeds-playbook = Mulai playbook
deeds-field = Bidang sendiri
deeds-empty-field = Kosongkan bidang
deeds-what = Yang dilakukan
deeds-others = Yang lain
deeds-state-running = Sedang mengubah pelanggan. Anda boleh pergi; ini tetap berjalan.
deeds-state-done = Selesai.
deeds-state-undoing = Sedang dibatalkan.
deeds-state-undone = Sudah dibatalkan.
deeds-fate-waiting = Belum
deeds-fate-changed = Diubah
deeds-fate-same = Sudah begitu
deeds-fate-refused = Tidak bisa
deeds-fate-undone = Seperti semula
deeds-fate-kept = Tetap
deeds-failure-no-accounts = Pilih sedikitnya satu pelanggan
deeds-failure-too-many = Sekali ubah paling banyak 5.000 pelanggan. Persempit filter.
deeds-failure-no-deeds = Pilih yang akan dilakukan
deeds-failure-deed = Ini tidak dapat dilakukan, atau dipilih dua kali
deeds-failure-value = Pilih yang ada
deeds-failure-not-now = Tidak dapat dibatalkan sekarang: masih berjalan, atau sudah dibatalkan.
deeds-failure-since = Seseorang mengubahnya sejak itu
deeds-failure-reason = Beri alasan 1 sampai 500 karakter
deeds-failure-field = Tidak ada bidang itu yang dipakai
deeds-failure-field-value = Bidang tidak dapat diisi seperti itu
deeds-failure-no-stage = Sebelumnya tidak ada di tahap mana pun
deeds-column-touch = Kontak terakhir
deeds-column-tickets = Tiket terbuka
deeds-all-count = { $n ->
   *[other] Semua { $n } yang ditemukan daftar, juga di halaman lain
}
deeds-all-over = { $n ->
   *[other] Lebih dari { $n }: persempit filter dulu
}
deeds-was-done = { $n ->
   *[other] { $n } pelanggan diubah.
}
deeds-was-undone = { $n ->
   *[other] { $n } pelanggan seperti semula.
}
