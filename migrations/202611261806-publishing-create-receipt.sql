-- Why: whoever signs something off is told when every page of it stood in the store, looked at by digest.
create table publishing.receipt (
  id bigint generated always as identity primary key,
  -- What it is about, as a tag; the engine knows no more of it.
  subject text not null,
  event text not null,
  requested_at timestamptz not null,
  -- When the last of its pages was recorded; absent until it is verified.
  live_at timestamptz,
  verified_at timestamptz,
  pages integer not null default 0,
  sites integer not null default 0,
  -- One act announces several events at one moment.
  unique (subject, requested_at)
);

create index receipt_unverified on publishing.receipt (id) where verified_at is null;
create index receipt_by_time on publishing.receipt (requested_at);

-- The pages that an act called for. Kept for a while after the receipt is given, then cleared away.
create table publishing.receipt_page (
  receipt_id bigint not null references publishing.receipt on delete cascade,
  page_key text not null,
  -- When the page was recorded as the act left it.
  live_at timestamptz,
  primary key (receipt_id, page_key)
);

create index receipt_page_awaited on publishing.receipt_page (page_key) where live_at is null;
