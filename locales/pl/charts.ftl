# What stands around a chart.
chart-as-table = Pokaż liczby
chart-empty = W tym okresie niczego nie zmierzono.
chart-value = Wartość
chart-count = Liczba
chart-of-before = Z poprzedniego kroku
