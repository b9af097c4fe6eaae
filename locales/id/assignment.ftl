# Siapa menangani siapa.
assignment-about = Pelanggan baru mendapat penanggung jawab dari aturan pertama yang cocok dan menemukan seseorang yang masih punya tempat.
assignment-owner = Penanggung jawab
assignment-nobody = Tidak ada
assignment-none = Tidak ada yang menangani pelanggan ini.
assignment-give = Ganti penanggung jawab
assignment-because-hand = Ditetapkan oleh { $by } pada { $day }.
assignment-because-rule = Menurut aturan “{ $rule }” pada { $day } ({ $method }). Saat itu mereka menangani: { $among }.
assignment-was-given = Sekarang ditangani { $name }
assignment-was-taken = Sekarang tidak ada yang menangani pelanggan ini
assignment-least-loaded = paling longgar
assignment-round-robin = bergiliran
assignment-every = Semua pelanggan
assignment-any = Apa saja
assignment-name = Aturan
assignment-if = Jika
assignment-then = Maka
assignment-target = Agen atau tim
assignment-method = Dalam tim
assignment-mrr-from = MRR mulai, { $currency }
assignment-mrr-below = MRR di bawah, { $currency }
assignment-new = Aturan baru
assignment-save = Simpan
assignment-try = Coba
assignment-remove = Hapus aturan
assignment-empty = Belum ada aturan
assignment-empty-text = Tanpa aturan, pelanggan baru tidak punya penanggung jawab sampai ada yang menetapkan.
assignment-capacities = Siapa menangani berapa
assignment-capacity = Kapasitas
assignment-most-accounts = Paling banyak berapa pelanggan
assignment-most-mrr = Paling banyak MRR, { $currency }
assignment-away-until = Tidak ada sampai
assignment-away = Tidak ada di tempat
assignment-accounts-count = { $n ->
   *[other] { $n } pelanggan
}
assignment-unowned-count = { $n ->
   *[other] { $n } pelanggan tanpa penanggung jawab
}
assignment-unowned = Tanpa penanggung jawab
assignment-tried = Yang akan dilakukan aturan
assignment-tried-text = Dari { $all } pelanggan tanpa penanggung jawab, { $found } akan mendapatkannya. Tidak ada yang diubah.
assignment-was-saved = Aturan “{ $name }” disimpan
assignment-was-removed = Aturan “{ $name }” dihapus
assignment-capacity-kept = Kapasitas disimpan
assignment-book = Portofolio pelanggan
assignment-my-book = Portofolio saya
assignment-show = Tampilkan
assignment-book-empty = Tidak ada pelanggan di sini
assignment-book-empty-text = Di sini tampil pelanggan terbuka yang ditangani seseorang; pilih portofolio lain di atas.
assignment-failure-agent = Pilih agen yang dapat masuk
assignment-failure-name = Nama aturan terdiri dari 1 sampai 80 karakter
assignment-failure-target = Pilih agen atau tim
assignment-failure-capacity = Tulis bilangan bulat mulai nol, jumlah dan tanggal seperti biasa
