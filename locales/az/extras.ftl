# Əməlin sahələri dəyişməkdən başqa etdikləri: teqlər və izləmə.
extras-add-tags = Teqlər əlavə et
extras-remove-tags = Teqləri çıxar
extras-tags-hint = Vergüllə ayrılmış sözlər; yeni söz teq olur.
extras-follow = Müraciəti izlə
