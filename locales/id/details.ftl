# What the workspace's own fields say of tickets.
details-taken-back = Kolom kembali ke nilai sebelumnya
details-rule = Tiket mana yang memiliki kolom ini
details-kinds = Jenis tiket
details-kinds-hint = Jangan pilih apa pun agar ada di setiap tiket. Kolom yang tidak lagi dimiliki tiket menyimpan isinya.
details-when = Ditampilkan
details-when-hint = Selalu, atau hanya jika kolom lain memiliki nilai ini
details-is-before-solving = Diisi sebelum diselesaikan
details-is-before-solving-hint = Siapa pun yang menyelesaikan tiket akan ditanya. Yang selesai dengan sendirinya tidak dihentikan.
details-save-rule = Simpan
details-rule-was-set = Tiket yang memiliki “{ $name }” telah disimpan
details-before-solving = Sebelum diselesaikan
details-before-solving-text = Isi ini, lalu yang Anda kirim akan dijalankan.
details-fill-and-go = Isi dan lanjutkan
details-missing = Isi ini sebelum diselesaikan
details-missing-names = Sebelum diselesaikan, isi: { $names }
details-failure-condition = Kolom bergantung pada pilihan kolom lain yang tidak bergantung padanya
details-failure-stale = Seseorang mengubah ini saat Anda menulis. Simpan lagi untuk menggantinya dengan milik Anda.
