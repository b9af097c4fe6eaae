# What accounts are worth.
value-title = Value
value-accounts = Accounts
value-models = Models and checks
value-settings = Assumptions
value-ask = Compute again
value-was-asked = A new estimate is being made
value-was-changed = The assumptions are changed; a new estimate is being made
value-is-asked = A new estimate is being made; this page shows it as soon as it is there.
value-made = Estimated
value-assumed = Over { $months } months ahead, a margin of { $margin }, discounted by { $discount } a year.
value-rates = in { $base } at the rates of { $day }
value-total = All accounts together
value-worth = Value
value-contract = Renewals to come
value-repeat = Orders to come
value-empty = No estimate yet
value-empty-text = What accounts will still bring is estimated from their subscriptions and orders, and the assumptions behind it are checked on your own data.
value-none = No account has a value
value-none-text = There is too little to learn from; the models say what is missing.
value-not-here = The estimate says nothing of this account: it has neither a running subscription of the usual term nor orders, or there is too little to learn from.
value-believe = Can it be believed?
value-contract-says = { $worth } from renewals: renewed { $renewed } times so far, { $chance } likely to renew on { $renews }, { $terms } discounted terms of { $revenue } expected.
value-repeat-says = { $worth } from orders: ordered on { $orders } days, last on { $last }, { $alive } likely to order again, { $expected } orders of about { $spend } expected.
value-missing = Left out, because there is no rate
value-contract-model = Shifted beta-geometric model (Fader and Hardie, 2007): each account renews with a chance of its own that never changes; those who leave easily leave first.
value-repeat-model = BG/NBD (Fader, Hardie and Lee, 2005) for how often, gamma-gamma (Fader and Hardie, 2013) for how much: each account orders at its own pace until, after some order, it stops for good.
value-refused = No model: too little to learn from
value-too-few-accounts = There are { $given } accounts with a whole term or an order behind them; it takes { $needed }.
value-too-few-repeaters = { $given } accounts have ordered again; it takes { $needed }.
value-too-few-losses = { $given } accounts have left; it takes { $needed } to learn who leaves.
value-too-short = The past is { $given } long, in terms of contracts or weeks of orders; it must be { $needed }.
value-no-fit = The search for parameters found none that fit these data.
value-made-from = Made from
value-n-accounts = { $n ->
    [one] { $n } account
   *[other] { $n } accounts
}
value-n-repeaters = { $n ->
    [one] { $n } ordered again
   *[other] { $n } ordered again
}
value-parameters = Parameters
value-likelihood = Log-likelihood
value-how-often = How often
value-how-much = How much
value-error = Error of the hold-out
value-errors = { $mean } orders an account on average, root mean square { $root }
value-survival = Accounts still there after each term
value-survival-says = After { $terms } terms { $actual } are still there; the model expects { $expected }.
value-cumulative = Repeat orders so far
value-cumulative-says = The model knew nothing after { $day }: it expected { $expected } repeat orders since, { $actual } came.
value-actual = What happened
value-expected = What the model expects
value-checks = Checks
value-check = What is assumed
value-found = Found
value-verdict = Verdict
value-holds = Holds
value-doubtful = Doubtful
value-fails = Does not hold
value-found-of = { $found } of { $beside }
value-found-hold-out = { $found } expected, { $beside } came
value-found-independence = Rank correlation { $found }, n = { $beside }
value-check-enough = There is enough to learn from
value-check-enough-how = Those who left, or who ordered again, of all; with few of them the numbers are rough.
value-check-independence = How much has nothing to do with how often
value-check-independence-how = Of accounts that ordered again; 0 means nothing to do with each other.
value-check-worthless = Orders bring something
value-check-worthless-how = Accounts whose repeat orders came to nothing are left out of the model of amounts.
value-check-hold-out = It foretells what it has not seen
value-check-hold-out-how = Made from the first two thirds of the time, held against the last.
value-check-at-renewal = Accounts leave at renewals
value-check-at-renewal-how = Ends that fell on the last day of a term; those in between count as the renewal after them.
value-check-other-terms = Terms are of one length
value-check-other-terms-how = Accounts with terms of another length are left out.
value-margin = Margin, in percent
value-margin-hint = What is left of revenue after what it costs
value-discount = Discount rate, in percent a year
value-discount-hint = By how much money of next year is worth less than today’s
value-horizon = Horizon, in months
value-horizon-hint = How far ahead renewals and orders count
value-failure-margin = A margin is 0 to 100 percent
value-failure-discount = A discount rate is 0 to 100 percent a year
value-failure-horizon = A horizon has 1 to 120 months
