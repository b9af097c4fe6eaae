# Manfaat pertama, dan berapa lama sampai ke sana.
nav-first-value = Waktu ke manfaat
first-value-title = Waktu ke manfaat
first-value-is = { $n ->
   *[other] Manfaat pertama: { $event }, { $n } kali di satu pelanggan.
}
first-value-change = Ubah
first-value-how = Dihitung dari hari pertama langganan pertama; tanpa langganan, dari hari pelanggan ditambahkan atau pertama memakai produk. Pelanggan tanpa manfaat pertama dihitung selama mereka diamati (Kaplan–Meier).
first-value-known-since = Pemakaian diketahui sejak { $day }.
first-value-unknown-since = Belum ada peristiwa yang datang.
first-value-left-out = { $n ->
   *[other] { $n } pelanggan tidak diikutkan
}
first-value-left-out-text = Mereka mulai sebelum pemakaian diketahui, jadi tidak ada yang melihat kapan manfaat pertamanya. Pengisian peristiwa lama akan mengikutkan mereka.
first-value-none = Belum ada pelanggan yang diamati sejak awal
first-value-none-text = Di sini muncul pelanggan yang mulai setelah hari pertama pemakaian diketahui.
first-value-median = Setengahnya sampai dalam
first-value-interval = Interval 95 %
first-value-accounts = Pelanggan
first-value-reached = Dengan manfaat pertama
first-value-censored = Belum ada
first-value-censored-text = tersensor
first-value-parts = Bagian pelanggan
first-value-part = Bagian
first-value-no-parts = Tidak satu pun dari mereka ada di bagian seperti ini.
first-value-by-quarter = Menurut kuartal mulai
first-value-by-tier = Menurut tingkat
first-value-by-segment = Menurut segmen
first-value-quarter = Kuartal { $n } { $year }
first-value-no-tier = Tanpa tingkat
first-value-between = hari { $low } sampai { $high }
first-value-from = mulai hari { $low }
first-value-curve = Bagian pelanggan dengan manfaat pertama, menurut hari sejak mulai
first-value-curve-says = Setengah pelanggan mendapat manfaat pertama dalam { $days }; dalam { $last } menjadi { $share }.
first-value-curve-open = Dalam { $last }, { $share } pelanggan mendapat manfaat pertama; setengahnya belum tercapai.
first-value-share = Dengan manfaat pertama
first-value-low = Batas bawah, 95 %
first-value-high = Batas atas, 95 %
first-value-waiting = Paling lama menunggu
first-value-waiting-of = { $n ->
   *[other] { $n } pelanggan menunggu manfaat pertama, yang terlama lebih dulu.
}
first-value-start = Mulai
first-value-waits = Menunggu
first-value-tier = Tingkat
first-value-empty = Belum ditentukan apa itu manfaat pertama
first-value-empty-text = Pilih peristiwa yang menandai pelanggan pertama kali mendapat manfaat dari produk. Berapa lama sampai ke sana lalu dihitung untuk setiap pelanggan, juga untuk masa lalu.
first-value-after = { $n ->
    [0] Manfaat pertama sejak awal
   *[other] Manfaat pertama setelah { $n } hari
}
first-value-sometime = Manfaat pertama tercapai, sebelum ada yang mengamati
first-value-still = { $n ->
   *[other] Belum ada manfaat pertama setelah { $n } hari
}
first-value-half = { $still } (setengah pelanggan mendapatnya pada hari ke-{ $by })
