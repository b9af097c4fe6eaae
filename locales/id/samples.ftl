samples-title = Data contoh
samples-none = Tidak ada data contoh di sini
samples-none-text = Pelanggan rekaan dengan riwayat, untuk melihat-lihat. Hilang lagi dengan satu klik tanpa menyentuh milik Anda.
samples-load = Muat data contoh
samples-asked = Diminta oleh { $name }
samples-coming = Sedang ditambahkan
samples-remove-text = Penghapusan mengambil pelanggan ini dan semua yang terjadi padanya. Pelanggan yang ditambahkan tim Anda tetap ada.
samples-remove = Hapus data contoh
samples-are-coming = Data contoh sedang ditambahkan
samples-are-gone = Data contoh dihapus
samples-count = { $n ->
   *[other] { $n } pelanggan contoh
}
