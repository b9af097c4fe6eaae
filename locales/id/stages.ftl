# Tahap pelanggan.
stages-stage = Tahap
stages-set = Ubah tahap
stages-none = Pelanggan ini belum berada di tahap mana pun.
stages-since = sejak { $day }
stages-experience = Pengalaman { $index } (n = { $n })
stages-experience-none = Tidak ada kesan
stages-was-set = Tahapnya sekarang “{ $name }”
stages-failure-stage = Pilih tahap yang dipakai
