-- Why: who asks for the next event of a queue must find it in one index; joined with the events, it read all that waited.
alter table platform.event_delivery add column priority smallint not null default 0 check (priority in (0, 1));
update platform.event_delivery as delivery set priority = event.priority
from platform.event where event.id = delivery.event_id and event.priority <> 0;
create index event_delivery_next on platform.event_delivery (queue, priority, event_id);
comment on column platform.event_delivery.priority is 'The event''s own, kept here too.';
