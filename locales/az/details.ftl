# What the workspace's own fields say of tickets.
details-taken-back = Sahələr əvvəlki dəyərlərinə qayıtdı
