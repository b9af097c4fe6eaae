# Apa yang didapat akun pada suatu tingkat.
service-title = Layanan
service-about = Bagaimana akun pada tingkat ini dirawat, dan apa yang boleh dimintanya. Penugasan, daftar, peringatan, dan beranda mengikutinya. Selama tidak ada yang dikatakan, tidak ada yang dijanjikan dan tidak ada yang dilarang.
service-model = Model sentuhan
service-unsaid = Belum dikatakan
service-self = Swalayan
service-tech = Sentuhan otomatis
service-high = Sentuhan pribadi
service-say = Katakan apa yang diberikannya
service-channels = Saluran
service-lacks = Tidak termasuk: { $channels }
service-cadence = Secara pribadi paling lambat setiap sekian hari
service-cadence-hint = Dari 1 sampai 730. Kosong: tanpa janji. Yang tidak disentuh tepat waktu tampil di beranda dan peringatan.
service-has-owner = Setiap akun punya penanggung jawab sendiri
service-has-owner-hint = Tanpa ini, aturan penugasan tidak memberikan akun ini kepada siapa pun.
service-most = Akun tingkat ini untuk satu orang
service-most-hint = Aturan tidak memberi siapa pun lebih dari ini. Kosong: tanpa batas.
service-person = Penanggung jawab
service-owner-missing = Penanggung jawab sendiri dijanjikan; belum ada
service-owner-beyond = { $owner }, walau tingkat ini tidak menjanjikan siapa pun
service-owner-none = Tidak ada orang tertentu
service-in-person = Secara pribadi
service-every = { $n ->
   *[other] Setiap { $n } hari
}
service-never = Tidak pernah
service-next = Sentuhan berikut sampai
service-late = { $n ->
   *[other] Terlambat { $n } hari
}
service-today = Perlu disentuh hari ini
service-soon = { $n ->
   *[other] Sisa { $n } hari
}
service-unknown = Belum dikatakan apa yang diberikan tingkat ini.
service-was-saved = Layanan “{ $name }” disimpan
service-failure-model = Pilih model sentuhan
service-failure-cadence = Jumlah hari dari 1 sampai 730
service-failure-most = Angka dari 1 sampai 100000
service-failure-channel = Pilih dari saluran yang ditampilkan
