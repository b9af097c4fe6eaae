# What the workspace's own fields say of tickets.
details-taken-back = The fields have their old values again
