# Drafts and presence: what somebody has begun to write, and who is in a ticket.
drafts-title = Qaralamalarım
drafts-empty = Yarımçıq yazı yoxdur
drafts-empty-text = Müraciətdə yazmağa başladığınız mətn yazdıqca saxlanılır. Göndərənə və ya silənə qədər burada gözləyir.
drafts-discard = Qaralamanı sil
drafts-discard-of = #{ $number } üzrə qaralamanı sil
drafts-discarded = Qaralama silindi
drafts-restored = Qaralama geri qaytarıldı
drafts-saved = Qaralama saxlanıldı
drafts-failed = Saxlanılmadı; yenidən cəhd edilir
drafts-kept = Qaralama, saxlanılıb: { $ago }
presence-viewing = { $name } bu müraciətə baxır
presence-replying = { $name } cavab yazır, başlanğıc: { $ago }
presence-noting = { $name } qeyd yazır, başlanğıc: { $ago }
presence-begun-reply = { $name } cavaba başlayıb, saxlanılıb: { $ago }
presence-begun-note = { $name } qeydə başlayıb, saxlanılıb: { $ago }
