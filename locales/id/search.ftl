# Pencarian: halaman dan setelan indeksnya.
search-title = Pencarian
search-label = Cari di mana saja
search-placeholder = Cari, atau saring dengan is:open
search-go = Cari
search-short = Cari
search-filters = Saringan
search-without = Hapus saringan ini
search-building = Indeks pencarian sedang dibuat
search-building-text = Sebentar lagi semuanya dapat ditemukan. Tidak ada yang hilang, dan halaman ini dapat dimuat ulang kapan saja.
search-no-filter = Tidak ada saringan “{ $name }:”, jadi dicari sebagai kata.
search-no-value = “{ $value }” dilewati: { $name }: mengenal { $known }.
search-no-date = “{ $value }” bukan tanggal. Tulis 2026-05-07, 2026-05, 2026, today, yesterday, atau 30d.
search-meant = Mungkin maksud Anda
search-count = { $n ->
   *[other] { $n } hasil
}
search-all-of-kind = { $n ->
   *[other] Tampilkan semua { $n }
}
search-begin = Temukan apa saja
search-begin-text = Nama, nomor, alamat, dan kata. Apit frasa dengan tanda kutip, atau persempit hasil dengan saringan, juga from:, account:, agent:, team:, status:, priority:, channel: dan tag: dengan satu kata atau frasa bertanda kutip:
search-keep = Simpan sebagai tampilan
search-none = Tidak ada yang ditemukan
search-none-text = Periksa ejaan, gunakan lebih sedikit kata, atau hapus saringan.
search-without-filters = Cari tanpa saringan pertama
search-agents = Orang
search-active = Punya akses
search-inactive = Tanpa akses
search-index = Indeks pencarian
search-index-text = Indeks dibuat dari basis data dan diperbarui sendiri. Bangun ulang bila ada yang seharusnya ditemukan tetapi tidak; pencarian tetap berjalan selama itu.
search-rebuilding = Indeks sedang dibangun ulang
search-documents = Dokumen
search-rebuild = Bangun ulang indeks
search-rebuild-begun = Indeks sedang dibangun ulang
search-palette-open = Buka
search-palette-all = Cari “{ $text }” di mana saja
