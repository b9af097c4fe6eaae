panel-checklist = Persiapan
panel-accounts = Pelanggan
panel-newest = Terbaru
panel-failed = Pekerjaan latar
panel-history = Yang terjadi
panels-open = Buka “{ $panel }”
panels-trouble = Bagian ini tidak dapat dimuat. Bagian lain berfungsi.
panels-again = Coba lagi
