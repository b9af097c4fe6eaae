# Changing many tickets at once.
bulk-title = Perubahan banyak tiket
bulk-choose-ticket = Pilih tiket { $number }
bulk-bar = Ubah tiket terpilih
bulk-chosen = Terpilih:
bulk-page = Semua di halaman ini
bulk-all = Semua di tampilan ini, juga di halaman lain
bulk-change = Ubah…
bulk-apply = Ubah semuanya
bulk-take = Tugaskan ke saya
bulk-solve = Selesaikan
bulk-clear = Batalkan pilihan
bulk-macro = Makro
bulk-merge = Gabungkan ke tiket
bulk-merge-hint = Nomornya. Maka tidak ada lagi yang diubah.
bulk-no-macro = Tidak ada
bulk-by = Oleh
bulk-fields = Bidang
bulk-gone-through = Dilewati
bulk-changed = Diubah
bulk-refused = Tidak bisa
bulk-undo = Batalkan semuanya
bulk-back = Kembali ke daftar
bulk-troubles = Ini dibiarkan
bulk-state-running = Sedang mengubah tiket. Anda boleh pergi; ini tetap berjalan.
bulk-state-done = Selesai.
bulk-state-undoing = Sedang dibatalkan.
bulk-state-undone = Sudah dibatalkan.
bulk-failure-no-tickets = Pilih sedikitnya satu tiket
bulk-failure-too-many = Sekali ubah paling banyak 5.000 tiket. Pilih tampilan yang lebih sempit.
bulk-failure-no-changes = Pilih yang akan diubah
bulk-failure-changes = Setiap kolom sekali, paling banyak 300 karakter
bulk-failure-macro = Makro itu sudah tidak ada atau berisi teks. Pilih yang lain
bulk-failure-not-now = Tidak dapat dibatalkan sekarang: masih berjalan, atau sudah dibatalkan.
command-bulk = Ubah yang terpilih
command-bulk-words = banyak massal
command-list-range = Pilih sampai baris ini
command-list-range-words = rentang tandai
bulk-was-done = { $n ->
   *[other] { $n } tiket diubah.
}
bulk-was-undone = { $n ->
   *[other] { $n } tiket seperti semula.
}
bulk-answer = Jawab banyak tiket
bulk-answer-these = Jawab…
bulk-answer-text = Masing-masing dikirim seperti jawaban biasa dan bisa ditarik sebentar. Tiket yang sementara itu ditulisi orang lain dibiarkan dan disebutkan.
bulk-answer-reply = Balasan tersimpan
bulk-answer-reply-hint = Teksnya, dalam bahasa setiap kontak bila ada
bulk-answer-own = Tidak ada: teks di bawah
bulk-answer-body-hint = Variabel balasan tersimpan diisi untuk setiap tiket
bulk-answer-then = Status bersama jawaban
bulk-answer-look = Tampilkan di tiket pertama
bulk-answer-send = Kirim ke semuanya
bulk-failure-answer = Tulis teks, atau pilih balasan tersimpan yang bukan catatan atau makro
bulk-answer-to = { $n ->
   *[other] Jawaban ini dikirim ke { $n } tiket.
}
bulk-was-answered = { $n ->
   *[other] { $n } tiket dijawab.
}
