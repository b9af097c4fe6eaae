table-columns = Columns
table-keep = Keep
table-usual = As usual
table-kept-for-you = Kept for you on every device, with the order that the list has now.
