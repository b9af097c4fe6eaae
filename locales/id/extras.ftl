# Yang dilakukan tindakan selain mengubah bidang: label dan mengikuti.
extras-add-tags = Tambahkan label
extras-remove-tags = Lepas label
extras-tags-hint = Kata-kata yang dipisahkan koma; kata baru menjadi label.
extras-follow = Ikuti tiket
