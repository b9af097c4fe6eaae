failure-precondition-failed = Objek sudah berbeda dari keadaan yang menjadi dasar perubahan
failure-precondition-required = Perubahan harus menyebutkan keadaan yang menjadi dasarnya
failure-too-many-requests = Terlalu banyak permintaan; tunggu sebentar
failure-idempotency-key-reused = Kunci idempotensi ini sudah dipakai untuk permintaan lain

api-title = API
api-about = Apa yang dapat dilakukan program di sini, dan caranya. Isi TANDEM dengan alamat server ini dan TOKEN dengan token Anda, maka setiap contoh langsung berfungsi.
api-document = Dokumen OpenAPI
api-conventions = Yang berlaku di mana pun
api-permission = Memerlukan izin
api-required = wajib
api-refusals = Dapat menjawab
api-request = Permintaan
api-answer = Jawaban
api-place-path = di jalur
api-place-query = di kueri
api-place-header = header
api-place-body = di isi
