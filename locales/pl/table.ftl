table-columns = Kolumny
table-keep = Zachowaj
table-usual = Domyślnie
table-kept-for-you = Zachowane dla Ciebie na każdym urządzeniu, z obecną kolejnością listy.
