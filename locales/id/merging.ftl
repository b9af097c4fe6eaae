# Menggabungkan pelanggan, dan membatalkannya.
merging-title = Gabungkan
merging-text = Pelanggan lain mana yang juga { $name }? Semua miliknya pindah ke sini, dan alamatnya mengarah ke sini. Ini dapat dibatalkan dengan tepat kapan saja.
merging-find = Nama pelanggan lain
merging-search = Cari
merging-none-alike = Tidak ada pelanggan lain dengan nama yang sama. Cari salah satu.
merging-none-found = Tidak ada pelanggan dengan nama itu.
merging-compare = Bandingkan
merging-preview-text = Semua milik { $name } akan menjadi milik { $into }. Di tempat keduanya berbeda, pilih yang tetap.
merging-no-choice = Tidak ada perbedaan yang harus dipilih.
merging-choices = Perbedaan
merging-none = Kosong
merging-moves = Yang pindah
merging-after = Yang datang setelah penggabungan tetap pada { $into }, juga bila dibatalkan.
merging-do = Gabungkan
merging-swap = Arah sebaliknya
merging-unmerge = Pisahkan
merging-was-merged = { $name } kini bagian dari { $into }
merging-was-unmerged = { $name } berdiri sendiri lagi
merging-parts = { $n ->
   *[other] { $n } pelanggan digabungkan ke pelanggan ini
}
merging-event-merged = Digabungkan dengan pelanggan lain
merging-event-unmerged = Penggabungan dibatalkan
merging-failure = Pilih pelanggan lain dari ruang kerja ini
merging-failure-merged-on = Pelanggan tujuannya sendiri sudah digabungkan; batalkan itu dahulu
merging-touchpoints = { $n ->
   *[other] { $n } interaksi
}
merging-contacts = { $n ->
   *[other] { $n } kontak
}
merging-subscriptions = { $n ->
   *[other] { $n } langganan
}
merging-orders = { $n ->
   *[other] { $n } pesanan
}
merging-invoices = { $n ->
   *[other] { $n } faktur
}
merging-external-ids = { $n ->
   *[other] { $n } ID eksternal
}
merging-tags = { $n ->
   *[other] { $n } label
}
merging-tickets = { $n ->
   *[other] { $n } tiket
}
