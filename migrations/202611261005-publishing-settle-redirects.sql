-- Why: old addresses come by the hundred thousand. A worker writes their files after the import, so each says whether that was done; a page that moves finds the old addresses that lead to it.
alter table publishing.redirect add column settled boolean not null default true;
create index redirect_to_settle on publishing.redirect (site, from_path) where not settled;
-- Addresses may be longer than an ordered index can hold.
create index redirect_by_target on publishing.redirect using hash (to_url);
drop index publishing.redirect_by_change;
