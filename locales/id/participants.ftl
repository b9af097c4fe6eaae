# Participants: who else gets the answers of a ticket.
participants-title = Penerima
participants-nobody = Ini tidak terkirim ke siapa pun lewat surat: alamat tidak diketahui.
participants-to = Kepada
participants-cc = Tembusan
participants-add = Kirim juga ke orang lain
participants-add-to = Tambah ke Kepada
participants-add-cc = Tambah ke Tembusan
participants-address = Alamat
participants-remove = Jangan kirim lagi ke { $address }
participants-suggested = Ada di surat terbaru atau bertanya di tiket yang digabungkan; tekan untuk menambah sebagai tembusan
participants-added = Balasan juga dikirim ke { $address }
participants-removed = Balasan tidak lagi dikirim ke { $address }
participants-failure-address = Alamat seperti anna@example.com, bukan kotak surat kita sendiri
participants-failure-many = Balasan dikirim ke paling banyak 20 alamat
participants-withheld = Surel terbaru meminta jawaban ke { $addresses }, tetapi tidak ada yang memastikan bahwa surel itu benar dari pengirimnya. Jawaban tidak dikirim ke sana.
