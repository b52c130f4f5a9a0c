-- What a killed worker announced stays in force until its pages are written again: until then its files may lie there.
alter table publishing.intent add column recovered boolean not null default false;
