-- Who has still to hear of an event. Written with the event, removed in the transaction that acts on it: a killed
-- process leaves the row, so nothing is lost and nobody has to notice that it died.
create table platform.event_delivery (
  queue text not null,
  event_id bigint not null references platform.event (id),
  primary key (queue, event_id)
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);
