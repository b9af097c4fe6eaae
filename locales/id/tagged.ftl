# Tickets by tag.
tagged-title = Menurut tag
tagged-empty = Belum ada tiket yang diberi tag
tagged-empty-text = Beri tag di bawah subjek tiket; tag itu lalu muncul di sini.
tagged-none = Tidak ada tiket dengan tag ini
