# The bell, its page, and what one is told which way.
notices-title = Pemberitahuan
notices-bell = { $n ->
    [0] Tidak ada pemberitahuan yang belum dibaca
   *[other] { $n } pemberitahuan belum dibaca
}
notices-all = Semua
notices-unread = Belum dibaca
notices-filters = Pemberitahuan yang mana
notices-choose = Apa yang diberitahukan
notices-read-all = Tandai semua sudah dibaca
notices-read = Tandai sudah dibaca
notices-none = Tidak ada pemberitahuan
notices-none-text = Yang diberitahukan kepada Anda tentang tiket ada di sini selama tiga puluh hari.
notices-were-read = { $n ->
   *[other] { $n } pemberitahuan sudah dibaca
}
notices-are-unread = { $n ->
   *[other] { $n } pemberitahuan kembali belum dibaca
}
notices-low = Seorang kontak memberi nilai rendah
notices-failed = Surel ke pelanggan tidak terkirim
notices-letter-low = Kontak memberi nilai rendah di tiket #{ $number }.
notices-letter-failed = Surel dari tiket #{ $number } tidak terkirim.
notices-by-bell = Di lonceng
notices-by-bell-hint = Lonceng di atas setiap halaman menghitung yang belum Anda baca.
notices-by-browser = Di peramban ini
notices-by-browser-hint = Peramban menampilkannya, juga saat Anda melihat hal lain, selama Tandem terbuka di sana.
notices-browser-ask = Izinkan peramban ini menampilkan pemberitahuan
notices-browser-on = Peramban ini menampilkannya.
notices-browser-denied = Peramban ini tidak mengizinkan. Anda bisa mengubahnya di pengaturan peramban untuk situs ini.
notices-by-mail = Lewat surel
