ledger-new = Baru
ledger-reactivation = Kembali
ledger-expansion = Bertambah
ledger-contraction = Berkurang
ledger-churn = Pergi
retention-title = Retensi
retention-from = Bulan pertama
retention-last = Bulan terakhir
retention-show = Tampilkan
retention-empty = Belum ada pendapatan
retention-empty-text = Setelah pelanggan punya langganan, halaman ini menunjukkan siapa yang tinggal dan berapa hasilnya.
retention-missing = Tidak dihitung karena tidak ada kurs: { $missing }
retention-behind-start = Pelanggan di awal
retention-behind-lost = Pelanggan yang hilang
retention-behind-end = Pelanggan di akhir
retention-behind-came = Pelanggan yang pertama datang pada { $month }
retention-behind-stayed = { $n ->
    [0] Pelanggan dari { $month } yang tersisa pada akhir bulan itu
   *[other] Pelanggan dari { $month } yang tersisa { $n } bulan kemudian
}
retention-then = Per bulan dulu
retention-now = Per bulan kini
retention-kept = Dari itu bertahan
retention-cut = { $n ->
   *[other] Hanya { $n } baris pertama ada dalam berkas ini: pilih lebih sedikit bulan.
}
retention-cohorts-csv = Kohor sebagai CSV
retention-cohorts-xlsx = Kohor sebagai Excel
retention-logo-churn = Pelanggan yang pergi
retention-lost = { $n ->
   *[other] { $n } pelanggan hilang
}
retention-yearly-churn = Pelanggan yang pergi, setahun
retention-monthly-churn = { $share } sebulan
retention-grr = Retensi pendapatan kotor
retention-nrr = Retensi pendapatan bersih
retention-of-accounts = dari pelanggan di awal
retention-of-ledger = dari semua pergerakan
retention-waterfall = Pendapatan per bulan
retention-waterfall-says = Pendapatan per bulan berubah dari { $opening } menjadi { $closing }.
retention-opening = Di awal
retention-closing = Di akhir
retention-months = Bulan demi bulan
retention-month = Bulan
retention-cohorts = Kohor
retention-cohorts-say = { $n ->
   *[other] Yang tersisa dari pelanggan baru { $n } bulan pada akhir setiap bulan sesudahnya.
}
retention-accounts = Pelanggan
retention-revenue = Pendapatan
retention-how = Cara menghitungnya
retention-how-bases = Di awal berarti pada akhir hari sebelumnya. Pelanggan baru tidak pernah masuk retensi. “Dari pelanggan di awal” membandingkan hasil pelanggan itu di akhir dengan hasilnya di awal; yang pergi bernilai nol, dan yang kotor tidak menghitung lebih dari awalnya. “Dari semua pergerakan” mengambil bagian tiap bulan dari buku besar, juga pergerakan pelanggan yang lebih baru, lalu mengalikan bulan-bulannya. Semua mata uang pelanggan di awal dihitung bersama; pergerakan buku besar dihitung tersendiri pada masing-masing.
retention-how-rates = Jumlah dalam { $base }, semuanya dengan kurs { $day }: pengaruh kurs bukanlah retensi.
retention-csv = CSV
retention-xlsx = Excel
retention-none = Tidak ada pelanggan
retention-none-text = Tidak ada kejadian seperti ini pada bulan-bulan itu.
retention-moved = Kapan
retention-kind = Pergerakan
retention-amount = Sebesar
retention-from-then = Sejak itu
retention-ordering = Pelanggan yang memesan
retention-repeat-rate = Pesanan ulang
retention-repeat-n = { $n ->
   *[other] dari { $n } pelanggan yang memesan, { $low } sampai { $high }
}
retention-repeat-how = Pesanan ulang dihitung dari pelanggan yang memesan dalam bulan-bulan ini: bagian yang juga memesan pada hari sebelumnya. Dua angka di sampingnya adalah selang Wilson 95 %.
retention-ordered-again = Pelanggan yang memesan lagi
retention-first-order = Pesanan pertama
retention-last-order = Pesanan terakhir
retention-lost-n = { $n ->
   *[other] { $n } dari { $all } pelanggan hilang, { $low } sampai { $high }
}
retention-behind-lessened = Berkurang dan pergi
retention-behind-changed = Bertambah, berkurang, dan pergi
retention-how-churn = Dua angka di samping pelanggan yang hilang adalah interval Wilson 95 %: dengan sedikit pelanggan, kebetulan saja dapat menggesernya sejauh itu.
revenue-title = Pendapatan per hari
revenue-day = Pada akhir
revenue-text = Yang dibawa semua pelanggan pada akhir { $day }.
revenue-movements = Pergerakan pendapatan
revenue-movements-text = Semuanya berasal dari langganan dan tidak dapat diketik; jumlahnya adalah yang dibawa pelanggan.
revenue-movements-none = Belum ada pergerakan
