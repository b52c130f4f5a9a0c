-- Why: what citizens tell from a page (it holds a mistake, it helped or it did not) reaches the unit that owns it.
create schema interaction;

create table interaction.correction (
  id bigint generated always as identity primary key,
  -- What the citizen asks with: sixty random bits, no sequence.
  code text not null unique check (code ~ '^[0-9A-HJKMNP-TV-Z]{12}$'),
  site_id bigint not null,
  path text not null,
  -- What the page was called when it was reported, and what it showed.
  page_name text not null,
  resource_id bigint,
  column_id bigint,
  -- Whose task it is.
  unit_id bigint not null,
  kind text not null check (kind in ('typo', 'inaccurate', 'broken-link', 'outdated', 'attachment', 'other')),
  description text not null check (length(description) between 5 and 1000),
  quote text check (length(quote) <= 200),
  -- Personal: read by those who answer, never listed, never logged.
  contact text check (length(contact) <= 100),
  -- Keyed digest of page, words and contact: who sends the same again on the same day is counted, not listed twice.
  same_digest bytea not null,
  reported_on date not null,
  times integer not null default 1 check (times > 0),
  reported_at timestamptz not null,
  -- Working days for the answer, by the rule of the day it came in.
  answer_days integer not null check (answer_days between 1 and 60),
  state text not null default 'open' check (state in ('open', 'answered', 'rejected')),
  reply text check (length(reply) between 5 and 1000),
  answered_by bigint,
  answered_by_name text,
  answered_at timestamptz,
  version integer not null default 1,
  check ((state = 'open') = (answered_at is null) and (state = 'open') = (reply is null)
    and (state = 'open') = (answered_by is null))
);
create unique index correction_same on interaction.correction (same_digest, reported_on);
create index correction_unit on interaction.correction (unit_id, id desc);
create index correction_unit_state on interaction.correction (unit_id, state, id desc);
create index correction_state on interaction.correction (state, id desc);
create index correction_site on interaction.correction (site_id, id desc);

-- Handed from one unit to another, with the reason. Never changed.
create table interaction.correction_transfer (
  id bigint generated always as identity primary key,
  correction_id bigint not null references interaction.correction,
  from_unit_id bigint not null,
  to_unit_id bigint not null,
  reason text not null,
  transferred_by bigint not null,
  transferred_by_name text not null,
  at timestamptz not null
);
create index correction_transfer_of on interaction.correction_transfer (correction_id, id);

create table interaction.rating (
  id bigint generated always as identity primary key,
  site_id bigint not null,
  path text not null,
  page_name text not null,
  resource_id bigint,
  column_id bigint,
  unit_id bigint not null,
  useful boolean not null,
  reason text check (reason in ('unclear', 'outdated', 'not-found', 'broken-link', 'other')),
  remark text check (length(remark) <= 500),
  rated_at timestamptz not null,
  check (not useful or (reason is null and remark is null))
);
create index rating_unit on interaction.rating (unit_id, id desc);
create index rating_site on interaction.rating (site_id, id desc);

-- How often one address wrote on one day: a keyed digest that changes every day stands for the address, so that
-- nobody can tell from it who wrote. Rows of earlier days are deleted.
create table interaction.address_day (
  day date not null,
  digest bytea not null,
  acts integer not null default 1,
  primary key (day, digest)
);
