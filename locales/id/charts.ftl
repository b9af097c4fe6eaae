# What stands around a chart.
chart-as-table = Tampilkan angka
chart-empty = Tidak ada yang diukur pada periode ini.
chart-value = Nilai
chart-count = Jumlah
chart-of-before = Dari langkah sebelumnya
