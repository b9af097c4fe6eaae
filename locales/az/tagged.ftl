# Tickets by tag.
tagged-title = Etiketlər üzrə
tagged-empty = Hələ heç bir müraciətin etiketi yoxdur
tagged-empty-text = Müraciətin mövzusunun altında etiket əlavə edin, o burada görünəcək.
tagged-none = Bu etiketli müraciət yoxdur
