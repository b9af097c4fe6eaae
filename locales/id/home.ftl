home-greeting = Halo, { $name }
home-open-accounts = Pelanggan terbuka
home-nothing-yet = Belum ada yang terjadi
home-nothing-yet-text = Yang dilakukan tim Anda langsung tampil di sini.
home-imported = { $n ->
   *[other] { $n } pelanggan datang lewat impor
}
