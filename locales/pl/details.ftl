# What the workspace's own fields say of tickets.
details-taken-back = Pola mają znów poprzednie wartości
