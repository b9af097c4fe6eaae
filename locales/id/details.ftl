# What the workspace's own fields say of tickets.
details-taken-back = Kolom kembali ke nilai sebelumnya
