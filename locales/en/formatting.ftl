# Writing with formatting.
formatting-switch = Formatting
formatting-hint = Bold, lists, links, pictures
formatting-bar = Formatting
formatting-bold = Bold
formatting-italic = Italic
formatting-link = Link
formatting-list = List
formatting-numbers = Numbered list
formatting-quote = Quote
formatting-code = Code
formatting-address = Address of the link
formatting-link-set = Set link
formatting-gone = The formatting is off. Switch it on again to get it back.
command-format = Switch formatting on or off
command-format-words = bold italic list link rich text editor plain
