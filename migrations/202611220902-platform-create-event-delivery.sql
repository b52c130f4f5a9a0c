-- Who has still to hear of an event. Written with the event, removed in the transaction that acts on it: a killed
-- process leaves the row, so nothing is lost and nobody has to notice that it died.
create table platform.event_delivery (
  queue text not null,
  event_id bigint not null references platform.event (id),
  primary key (queue, event_id)
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);

-- Which events were not there yet when somebody began to read: ids are given before the commit, snapshots tell.
alter table platform.event add column xid xid8 not null default pg_current_xact_id();
create index event_by_xid on platform.event (xid);
