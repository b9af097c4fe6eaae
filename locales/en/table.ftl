table-columns = Columns
table-keep = Keep
table-usual = As usual
table-kept-for-you = Kept for you on every device, with the order that the list has now.
sheets-cut = { $n ->
    [one] Only the first row is in this file: narrow down what you take.
   *[other] Only the first { $n } rows are in this file: narrow down what you take.
}
