-- Why: in an emergency every site shows the same announcement (突发事件公告) at once.
create table sites.urgent_notice (
  id bigint generated always as identity primary key,
  -- What it leads to; it was live when the notice was raised.
  resource_id bigint not null,
  level text not null check (level in ('red', 'orange', 'blue')),
  text text not null check (length(text) between 1 and 80),
  -- Why somebody of the digital centre raised it; null for the principal, whose office it is.
  reason text,
  raised_by text not null,
  raised_by_name text not null,
  raised_at timestamptz not null,
  until timestamptz,
  ended_at timestamptz,
  ended_by_name text,
  end_reason text,
  check (until is null or until > raised_at)
);
comment on table sites.urgent_notice is 'At most one at a time. What was shown stays on record; changing the words ends one and raises another.';
create unique index urgent_notice_one on sites.urgent_notice ((true)) where ended_at is null;
