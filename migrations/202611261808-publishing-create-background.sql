-- Why: operators see how far a rebuild in the background is, and may make it wait; both outlive a restart.
create table publishing.background (
  id smallint primary key default 1 check (id = 1),
  -- How many pages there were to do when the work that goes on now was asked for.
  total bigint not null default 0,
  started_at timestamptz,
  paused_at timestamptz
);

-- Pages done in the background, minute by minute, for the last hour.
create table publishing.pace (
  minute timestamptz primary key,
  pages integer not null
);
