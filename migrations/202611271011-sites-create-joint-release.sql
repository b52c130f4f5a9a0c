-- Why: a document and what explains it are planned together and go out in one instant, all of them or none.
create table sites.joint_release (
  id bigint generated always as identity primary key,
  unit_id bigint not null,
  -- What the others belong to: the release goes where it goes when units change.
  lead_resource_id bigint not null,
  name text not null check (length(name) between 2 and 100),
  state text not null default 'waiting' check (state in ('waiting', 'released', 'cancelled')),
  release_at timestamptz,
  version integer not null default 1,
  made_by_name text not null,
  made_at timestamptz not null,
  ended_at timestamptz,
  ended_by_name text,
  end_reason text,
  check ((state = 'waiting') = (ended_at is null)),
  check ((state = 'cancelled') = (end_reason is not null))
);
create index joint_release_waiting on sites.joint_release (coalesce(release_at, '-infinity'), id) where state = 'waiting';
create index joint_release_unit on sites.joint_release (unit_id, id desc);
comment on table sites.joint_release is 'Never deleted: what was to go out together, when, and what became of it.';
comment on column sites.joint_release.release_at is 'Null: as soon as all are signed.';

create table sites.joint_release_member (
  id bigint generated always as identity primary key,
  release_id bigint not null references sites.joint_release,
  resource_id bigint not null,
  added_by_name text not null,
  added_at timestamptz not null,
  -- False once it went out, was taken out, or the release was cancelled.
  waits boolean not null default true,
  removed_at timestamptz,
  removed_by_name text,
  removal_reason text,
  check ((removed_at is null) = (removed_by_name is null) and (removed_at is null) = (removal_reason is null)),
  check (removed_at is null or not waits)
);
create unique index joint_release_member_waits on sites.joint_release_member (resource_id) where waits;
create index joint_release_member_release on sites.joint_release_member (release_id, id);
create index joint_release_member_resource on sites.joint_release_member (resource_id, id desc);
