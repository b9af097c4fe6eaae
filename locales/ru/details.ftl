# What the workspace's own fields say of tickets.
details-taken-back = У полей снова прежние значения
