# Angka pelanggan dan sebarannya.
metrics-title = Metrik
metrics-about = Angka tiap pelanggan yang ditemukan Tandem sendiri dan menjadi dasar skor kesehatan. Masing-masing menunjukkan sebarannya di semua pelanggan.
metrics-metric = Metrik
metrics-accounts = Pelanggan
metrics-quarter = Seperempat di bawah
metrics-median = Median
metrics-three-quarters = Tiga perempat di bawah
metrics-lowest = Terendah
metrics-highest = Tertinggi
metrics-none = Belum ada pelanggan dengan angka ini
metrics-none-text = Muncul begitu ada yang bisa dihitung.
metrics-spread = Sebaran di semua pelanggan
metrics-spread-says = Dari { $accounts } pelanggan, separuhnya antara { $low } dan { $high }.
metrics-days = { $n ->
   *[other] { $n } hari
}
metric-people-experience = Indeks pengalaman
metric-people-last-touch = Sejak kontak terakhir
metric-people-contacts = Kontak
metric-people-champions = Pendukung utama
metric-tickets-open = Tiket terbuka
metric-tickets-urgent = Tiket terbuka mendesak
metric-tickets-oldest-open = Tiket terbuka terlama
metric-tickets-opened-30d = Tiket dibuka dalam 30 hari
metric-tickets-reopened-90d = Dibuka kembali dalam 90 hari
metric-money-mrr = Pendapatan per bulan
metric-money-renewal = Sampai perpanjangan
metric-money-overdue-invoices = Faktur lewat jatuh tempo
metric-usage-active-people-7d = Orang aktif dalam 7 hari
metric-usage-active-people-30d = Orang aktif dalam 30 hari
metric-usage-features-30d = Fitur dipakai dalam 30 hari
metric-usage-change-14d = Orang aktif, perubahan dalam 14 hari
metric-usage-stickiness = Keteraturan pemakaian
metric-usage-last-used = Sejak pemakaian terakhir
