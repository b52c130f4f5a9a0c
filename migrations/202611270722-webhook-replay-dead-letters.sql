-- Why: dead letters are sent again bit by bit, as there is room among what waits, however many there are.
alter table webhook.endpoint
  -- Those that were given up until then are to be sent again; null when none are.
  add column dead_again_until timestamptz;
-- The oldest of them first.
create index message_dead on webhook.message (endpoint_id, settled_at) where state = 'dead';
