-- Why: what is to go out together with others waits for them although it is signed and its hour has come.
alter table library.resource add column release_held boolean not null default false;
comment on column library.resource.release_held is 'Somebody else says when it goes out: the due query leaves it alone.';
