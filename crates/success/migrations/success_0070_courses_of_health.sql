-- Lines of health in lists are drawn from this index alone: the rows hold every measure of their day and lie far apart.
create index health_days_of_account on health_days (workspace_id, account_id, day, score, confidence, band);
