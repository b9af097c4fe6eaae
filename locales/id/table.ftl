table-columns = Kolom
table-keep = Simpan
table-usual = Seperti biasa
table-kept-for-you = Disimpan untuk Anda di semua perangkat, beserta urutan daftar saat ini.
sheets-cut = { $n ->
   *[other] Hanya { $n } baris pertama ada dalam berkas ini: persempit yang diambil.
}
