-- One-time codes of an application on the telephone (RFC 6238), codes for the day it is lost, and pictures of signatures.
create table identity.one_time_secret (
  account_id bigint primary key references identity.account,
  sealed_secret bytea not null,
  begun_at timestamptz not null,
  -- Null until a first code proved that the application has the secret.
  confirmed_at timestamptz,
  -- The time step of the newest code that was taken: no code counts twice, nor an older one after it.
  last_step bigint
);

create table identity.recovery_code (
  account_id bigint not null references identity.one_time_secret on delete cascade,
  digest bytea not null check (length(digest) = 32),
  used_at timestamptz,
  primary key (account_id, digest)
);

-- Pictures are never changed: what was signed with one shows it for ever. The one without an end is in use.
create table identity.signature_image (
  id bigint generated always as identity primary key,
  account_id bigint not null references identity.account,
  digest bytea not null check (length(digest) = 32),
  content bytea not null check (length(content) between 1 and 300000),
  begun_at timestamptz not null,
  ended_at timestamptz
);
create unique index signature_image_in_use on identity.signature_image (account_id) where ended_at is null;
create index signature_image_account on identity.signature_image (account_id, digest);
