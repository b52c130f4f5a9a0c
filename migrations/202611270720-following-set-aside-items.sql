-- Why: one resource that cannot be had or written now is set aside and tried again; what comes after it goes on.
alter table following.item
  -- Failed tries in a row, since when, and when the next one is due; of what is set aside.
  add column tries integer not null default 0,
  add column set_aside_at timestamptz,
  add column retry_at timestamptz,
  -- Ours was taken down because its origin was, and what came since could not be taken: it may be shown again.
  add column is_down boolean not null default false;
alter table following.item drop constraint item_state_check;
-- Checked for the rows of before by the next migration, without a lock that keeps others out.
alter table following.item
  add constraint item_state_check check (state in
    ('taken', 'refused', 'changed-here', 'waiting', 'removed', 'looped', 'known', 'set-aside')) not valid,
  add constraint item_set_aside_check check ((state = 'set-aside') = (retry_at is not null)
    and (retry_at is null) = (set_aside_at is null)) not valid;
create index item_set_aside on following.item (subscription_id, retry_at) where state = 'set-aside';

-- Counted as they come: nobody counts a million rows to see whether there is room for one more.
alter table following.subscription add column item_count integer not null default 0;
update following.subscription set item_count = counted.number
from (select subscription_id, count(*) as number from following.item group by 1) as counted
where counted.subscription_id = subscription.id;
