# Apa yang belum dibaca seseorang.
unread-mark = Belum dibaca
unread-mark-it = Tandai belum dibaca
unread-marked = #{ $number } ditandai belum dibaca
unread-only = Hanya yang belum dibaca
unread-all = Tampilkan semua
unread-new = Baru sejak kunjungan Anda
unread-empty = Tidak ada yang belum dibaca di sini
unread-empty-text = Tiket yang ditulisi pelanggan, dan yang diberikan kepada Anda atau menyebut Anda, ada di sini sampai Anda membukanya.
