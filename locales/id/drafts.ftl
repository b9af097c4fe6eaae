# Drafts and presence: what somebody has begun to write, and who is in a ticket.
drafts-title = Draf saya
drafts-empty = Tidak ada tulisan tertunda
drafts-empty-text = Yang mulai Anda tulis dalam tiket tersimpan selagi Anda mengetik. Draf menunggu di sini sampai dikirim atau dibuang.
drafts-discard = Buang draf
drafts-discard-of = Buang draf di #{ $number }
drafts-discarded = Draf dibuang
drafts-restored = Draf kembali
drafts-saved = Draf tersimpan
drafts-failed = Belum tersimpan; mencoba lagi
drafts-kept = Draf, tersimpan { $ago }
presence-viewing = { $name } sedang melihat tiket ini
presence-replying = { $name } sedang menulis balasan, mulai { $ago }
presence-noting = { $name } sedang menulis catatan, mulai { $ago }
presence-begun-reply = { $name } sudah mulai membalas, tersimpan { $ago }
presence-begun-note = { $name } sudah mulai menulis catatan, tersimpan { $ago }
