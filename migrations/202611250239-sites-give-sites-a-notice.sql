-- Why: a site that is offline or closed says so under its addresses, and one in preparation has no identity code yet.
alter table sites.site
  add column notice text not null default '',
  add column state_since timestamptz not null default now(),
  drop constraint site_identity_code_check,
  add constraint site_identity_code_check check (identity_code ~ '^([0-9]{10}|bm[0-9]{8})?$');
comment on column sites.site.notice is 'What citizens read under the addresses of a site that is offline or closed.';
