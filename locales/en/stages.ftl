# Stages of accounts.
stages-stage = Stage
stages-set = Change stage
stages-none = This account is on no stage yet.
stages-since = since { $day }
stages-experience = Experience { $index } (n = { $n })
stages-experience-none = No impressions
stages-was-set = The stage is “{ $name }” now
stages-failure-stage = Choose a stage that is in use
