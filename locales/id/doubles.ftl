# Pelanggan yang mungkin satu.
doubles-title = Kemungkinan duplikat
doubles-text = Pasangan yang mungkin satu pelanggan. Bandingkan keduanya untuk menggabungkan, atau katakan bahwa keduanya berbeda: maka tidak ditampilkan lagi.
doubles-none = Tidak ada duplikat
doubles-none-text = Pelanggan dengan nama, situs, nomor di sistem lain, atau orang yang sama akan tampil di sini.
doubles-distinct = Tidak sama
doubles-was-distinguished = Keduanya berbeda dan tidak ditampilkan lagi
doubles-was-confused = Keduanya mungkin sama lagi
doubles-like-number = Nomor sama di sistem lain
doubles-like-domain = Situs sama
doubles-like-name = Nama sama
doubles-like-contacts = Orang sama
doubles-alike = { $name } mungkin pelanggan yang sama
doubles-event-judged = Dibandingkan dengan pelanggan lain
