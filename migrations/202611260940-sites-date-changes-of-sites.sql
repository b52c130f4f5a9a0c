-- Why: security.txt expires (RFC 9116). Until when it holds follows from the day on which an operator last saved the site.
alter table sites.site add column changed_at timestamptz not null default now();
