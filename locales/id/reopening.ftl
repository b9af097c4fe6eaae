# Whether answers open solved tickets again.
audit-act-reopening-changed = Kapan jawaban membuka tiket lagi diubah
reopening-text = Jawaban lewat surel membuka lagi tiket yang selesai. Setelah beberapa waktu lebih baik menjadi tiket tersendiri, yang terkait dengan yang lama.
reopening-days = Berapa hari jawaban membuka tiket lagi
reopening-days-hint = Kosong: selalu. 0: tidak pernah, tiap jawaban adalah tiket baru.
reopening-save = Simpan
reopening-was-changed = Disimpan: berlaku untuk jawaban mulai sekarang
reopening-failure-days = Tulis angka dari 0 sampai 3.650, atau kosongkan
reopening-failure-stale = Seseorang mengubah ini saat Anda menulis. Simpan lagi untuk menggantinya dengan milik Anda.
