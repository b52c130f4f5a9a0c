-- Why: the digital centre takes down what must not stand, and the unit has to know, to answer, and to put it right.
create table sites.take_down (
  id bigint generated always as identity primary key,
  resource_id bigint not null,
  unit_id bigint not null,
  title text not null,
  reason text not null,
  taken_down_by bigint not null,
  taken_down_by_name text not null,
  taken_down_at timestamptz not null,
  reply text,
  answered_by_name text,
  answered_at timestamptz,
  check ((answered_at is null) = (reply is null) and (answered_at is null) = (answered_by_name is null))
);
create index take_down_unit on sites.take_down (unit_id, id desc);
create index take_down_open on sites.take_down (unit_id, id) where answered_at is null;
create index take_down_resource on sites.take_down (resource_id, id desc);
comment on table sites.take_down is 'Never deleted: what was taken down by order, why, and what the unit said to it.';
