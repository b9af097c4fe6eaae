# Hints: what the account says of how a ticket should be treated.
hints-renews = renews in { $days }
hints-brings = { $money } a year
hints-fell = score fell to { $score }
hints-poor = score is { $score }
hints-warned = { $n ->
    [one] { $n } open warning
   *[other] { $n } open warnings
}
hints-set = Set priority: { $priority }
hints-tell = Note to { $name }
hints-begun = The note is begun: send it when you are ready
hints-known = Whoever looks after the account knows already
hints-health = Health of the account: { $band }, { $score }
