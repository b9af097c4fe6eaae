# Tingkat pelanggan.
tiers-tier = Tingkat
tiers-none = Tanpa tingkat
tiers-pinned = Manual
tiers-pin = Tetapkan manual
tiers-unpin = Biarkan aturan memutuskan
tiers-reason = Alasan
tiers-reason-hint = Mengapa pelanggan ini berbeda dari aturan
tiers-because-pinned = Ditetapkan oleh { $by } pada { $day }:
tiers-because-rule = Menurut aturan, dari pendapatannya.
tiers-because-reached = Menurut aturan: menghasilkan { $mrr } sebulan, dan tingkat ini mulai dari { $from }.
tiers-because-none = Menurut aturan: menghasilkan { $mrr } sebulan, dan tidak ada tingkat serendah itu.
tiers-rule-says = Aturan akan mengatakan “{ $tier }”.
tiers-next = “{ $tier }” mulai dari { $from }.
tiers-was-pinned = Tingkatnya sekarang “{ $tier }”, manual
tiers-was-unpinned = Aturan kembali memutuskan
tiers-failure-tier = Pilih tingkat yang dipakai
tiers-failure-reason = Tulis alasannya, paling banyak 500 karakter
