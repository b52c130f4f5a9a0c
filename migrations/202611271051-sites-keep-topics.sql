-- Why: a topic is somebody's, who is reminded before it ends and ends or extends it without a new review of its text. There
-- are some hundreds of them.
alter table sites.topic
  add column id bigint generated always as identity unique,
  add column unit_id bigint,
  add column keeper_id bigint,
  add column written_ends_on date,
  add column version integer not null default 1;
update sites.topic set written_ends_on = ends_on, unit_id = resource.unit_id
  from library.resource where resource.id = resource_id;
alter table sites.topic alter column unit_id set not null;
create index topic_unit on sites.topic (unit_id, resource_id desc);
comment on column sites.topic.id is 'By which topics go from unit to unit, as all holdings do.';
comment on column sites.topic.keeper_id is 'Who looks after it: an account of its unit.';
comment on column sites.topic.written_ends_on is
  'The last day that its released text says. A release with another one sets ends_on; what people decided since stays otherwise.';
comment on column sites.topic.ended is
  'Set by the due clock once the last day has passed in China, by a release, and by whoever ends it.';
alter table sites.update_warning
  add column topic_days integer not null default 14 check (topic_days between 1 and 90);
comment on column sites.update_warning.topic_days is 'So many days before the end of a topic its unit is told.';
