# What stands around a chart.
chart-as-table = Показать числа
chart-empty = За этот период ничего не измерено.
chart-value = Значение
chart-count = Количество
chart-of-before = От предыдущего шага
