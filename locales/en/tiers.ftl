# Tiers of accounts.
tiers-tier = Tier
tiers-none = No tier
tiers-pinned = By hand
tiers-pin = Set by hand
tiers-unpin = Let the rule decide
tiers-reason = Reason
tiers-reason-hint = Why this account stands elsewhere than the rule says
tiers-because-pinned = Set by { $by } on { $day }:
tiers-because-rule = By rule, from what the account brings.
tiers-because-reached = By rule: it brings { $mrr } a month, and this tier begins at { $from }.
tiers-because-none = By rule: it brings { $mrr } a month, and no tier begins that low.
tiers-rule-says = The rule would say “{ $tier }”.
tiers-next = “{ $tier }” begins at { $from }.
tiers-was-pinned = The tier is “{ $tier }” now, by hand
tiers-was-unpinned = The rule decides again
tiers-failure-tier = Choose a tier that is in use
tiers-failure-reason = Say why, in up to 500 characters
