accounts-title = Pelanggan
accounts-new = Pelanggan baru
accounts-edit = Ubah pelanggan
accounts-name = Nama
accounts-website = Situs web
accounts-website-hint = Seperti example.com; boleh dikosongkan
accounts-state = Keadaan
accounts-changed = Diubah
accounts-since = Pelanggan sejak
accounts-is-open = Terbuka
accounts-is-closed = Ditutup
accounts-open-count = { $n ->
   *[other] { $n } pelanggan terbuka
}
accounts-empty = Belum ada pelanggan
accounts-empty-text = Perusahaan dan orang yang Anda layani akan tampil di sini, beserta semua yang terjadi.
accounts-save = Simpan
accounts-cancel = Batal
accounts-close = Tutup pelanggan
accounts-reopen = Buka kembali
accounts-closed-notice = Pelanggan ini ditutup
accounts-event-added = Pelanggan ditambahkan
accounts-event-imported = Datang bersama berkas { $file }
accounts-event-changed = Pelanggan diubah
accounts-event-closed = Pelanggan ditutup
accounts-event-reopened = Pelanggan dibuka kembali
accounts-event-other = Hal lain terjadi
accounts-failure-name = Nama terdiri dari 1 sampai 200 karakter
accounts-failure-website = Situs web terlihat seperti example.com
accounts-failure-stale = Seseorang mengubah pelanggan ini saat Anda menulis
accounts-stale-now = Sekarang namanya “{ $name }”. Simpan lagi untuk menggantinya dengan teks Anda.
accounts-was-closed = “{ $name }” ditutup
accounts-was-reopened = “{ $name }” dibuka kembali
accounts-kind = Jenis
accounts-kind-company = Perusahaan
accounts-kind-person = Perorangan
accounts-family-none = Tidak ada pelanggan di atas atau di bawah pelanggan ini.
accounts-family-mrr = MRR bersama
accounts-family-open = Langganan
accounts-family-subscriptions = { $n ->
   *[other] { $n } langganan
}
accounts-family-contacts = { $n ->
   *[other] { $n } kontak
}
accounts-parent = Pelanggan induk
accounts-parent-hint = Namanya, atau awal namanya
accounts-parent-set = Tetapkan pelanggan induk
accounts-parent-place = Letakkan di bawahnya
accounts-parent-end = Keluarkan dari grup
accounts-was-moved = “{ $name }” kini berada di tempat lain dalam grup
accounts-external-ids-none = Belum ada sistem lain yang diketahui memiliki pelanggan ini.
accounts-external-id-new = ID eksternal baru
accounts-external-id-add = Tambah
accounts-external-id-source = Sistem
accounts-external-id-source-hint = Kata pendek seperti crm atau billing
accounts-external-id-value = ID di sistem itu
accounts-external-id-remove = Hapus { $value }
accounts-external-id-added = Pelanggan dikenal sebagai { $value }
accounts-external-id-removed = { $value } dihapus
accounts-event-moved = Tempat lain dalam grup
accounts-event-identified = ID eksternal diubah
accounts-failure-parent = Tidak ada pelanggan dengan nama ini di sini
accounts-failure-loop = Pelanggan tidak dapat berada di atas dirinya sendiri
accounts-failure-loop-way = Pelanggan tidak dapat berada di atas dirinya sendiri: { $way }
accounts-failure-family-size = Satu grup memiliki paling banyak 6 tingkat dan 200 pelanggan
accounts-failure-source = Sistem terdiri dari 1 sampai 60 huruf, angka, titik, tanda hubung, atau garis bawah
accounts-failure-external-id = ID eksternal terdiri dari 1 sampai 200 karakter
accounts-failure-external-id-taken = Pelanggan lain memiliki ID eksternal ini
accounts-event-tagged = Label diubah
accounts-event-described = Kolom diisi
accounts-event-stage = Di tahap lain
accounts-event-tier = Di tingkat lain
accounts-event-worth = Pendapatan atau perpanjangan berubah
accounts-renews = Perpanjangan berikutnya
accounts-event-owner = Penanggung jawab lain
accounts-all = Semua pelanggan
accounts-none-found = Tidak ada yang cocok
accounts-none-found-text = Tidak ada pelanggan yang cocok dengan semua saringan. Hapus salah satu.
accounts-within-days = { $n ->
   *[other] dalam { $n } hari
}
