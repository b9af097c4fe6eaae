-- By which zone's days a batch is in usage_days: a workspace may move to another since. None for what nobody kept it of.
alter table usage_batches add column zone text;
