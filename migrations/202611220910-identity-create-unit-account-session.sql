-- Units (tenants) as a tree, real-name accounts with roles, and sessions kept on the server.
create schema identity;

create table identity.unit (
  id bigint generated always as identity primary key,
  parent_id bigint references identity.unit,
  name text not null,
  short_name text not null,
  organisation_code text not null unique check (organisation_code ~ '^([0-9A-Z]{9}|[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10})$'),
  kind text not null check (kind in ('office', 'department', 'street', 'section', 'centre')),
  position integer not null default 0,
  closed_at timestamptz,
  version integer not null default 1
);
create index unit_parent on identity.unit (parent_id);
comment on column identity.unit.organisation_code is 'First part of every index number of the unit (rules 5.4): 9 or 18 characters.';

-- Every unit with all units above it and itself: scoping is a join, never a recursive walk.
create table identity.unit_ancestor (
  unit_id bigint not null references identity.unit on delete cascade,
  ancestor_id bigint not null references identity.unit on delete cascade,
  primary key (unit_id, ancestor_id)
);
create index unit_ancestor_reverse on identity.unit_ancestor (ancestor_id, unit_id);

create table identity.account (
  id bigint generated always as identity primary key,
  unit_id bigint not null references identity.unit,
  login text not null unique check (login ~ '^[a-z][a-z0-9.-]{1,39}$'),
  real_name text not null,
  phone text,
  password_hash text not null,
  password_changed_at timestamptz not null,
  must_change_password boolean not null default true,
  disabled_at timestamptz,
  created_at timestamptz not null,
  last_seen_at timestamptz,
  version integer not null default 1
);
create index account_unit on identity.account (unit_id);

create table identity.account_role (
  account_id bigint not null references identity.account on delete cascade,
  role text not null check (role in ('editor', 'reviewer', 'principal', 'responder', 'liaison', 'operator', 'supervisor', 'system-admin', 'security-admin', 'audit-admin')),
  primary key (account_id, role)
);

-- The last passwords, so that one is not taken again (rules 6.6).
create table identity.former_password (
  id bigint generated always as identity primary key,
  account_id bigint not null references identity.account on delete cascade,
  password_hash text not null,
  replaced_at timestamptz not null
);
create index former_password_account on identity.former_password (account_id, id desc);

-- Sign-ins that did not succeed, by what was typed and not by account: a login that does not exist locks
-- like one that does, so that the lock tells nobody which logins exist.
create table identity.failed_sign_in (
  login text primary key,
  attempts integer not null,
  last_at timestamptz not null,
  locked_until timestamptz
);
create index failed_sign_in_last on identity.failed_sign_in (last_at);

create table identity.session (
  token_digest bytea primary key,
  account_id bigint not null references identity.account on delete cascade,
  csrf_token text not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  address text,
  user_agent text
);
create index session_account on identity.session (account_id);
create index session_expires on identity.session (expires_at);
comment on table identity.session is 'Only a digest of the cookie is kept: a copy of this table opens no session.';
