# Writing with formatting.
formatting-switch = Formatowanie
formatting-hint = Pogrubienie, listy, linki, obrazy
formatting-bar = Formatowanie
formatting-bold = Pogrubienie
formatting-italic = Kursywa
formatting-link = Link
formatting-list = Lista
formatting-numbers = Lista numerowana
formatting-quote = Cytat
formatting-code = Kod
formatting-address = Adres linku
formatting-link-set = Wstaw link
formatting-gone = Formatowanie jest wyłączone. Włącz je ponownie, aby je odzyskać.
command-format = Włącz lub wyłącz formatowanie
command-format-words = pogrubienie kursywa lista link edytor tekst
