-- Why: other systems are told of a term's name only. Another synonym or another place changes pages and search, and is
-- no news to whoever keeps a copy. What waits at the upgrade is told of once more.
alter table vocabulary.spreading add column is_renamed boolean not null default true;
alter table vocabulary.spreading alter column is_renamed drop default;
