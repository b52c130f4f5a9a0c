-- Which sources a column reprints from: names and hosts. Empty: whatever names its source.
alter table sites.column add column reprint_sources text[] not null default '{}';
