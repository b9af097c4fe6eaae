# Petunjuk: apa kata akun tentang cara memperlakukan tiket.
hints-renews = diperpanjang dalam { $days }
hints-brings = { $money } per tahun
hints-fell = skor turun ke { $score }
hints-poor = skor { $score }
hints-warned = { $n ->
   *[other] { $n } peringatan terbuka
}
hints-set = Atur prioritas: { $priority }
hints-tell = Catatan untuk { $name }
hints-begun = Catatan sudah dimulai: kirim bila siap
hints-known = Pengelola akun sudah tahu
hints-health = Kesehatan akun: { $band }, { $score }
