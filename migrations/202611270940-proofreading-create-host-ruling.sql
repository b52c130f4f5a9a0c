-- Why: a link to a site that is not the government's needs an approval on record (R40), and some may never be linked to (R14).
create schema if not exists proofreading;

create table proofreading.host_ruling (
  id bigint generated always as identity primary key,
  -- It stands for every host below it, too.
  host text not null check (host = lower(host) and length(host) between 3 and 253),
  standing text not null check (standing in ('approved', 'blocked')),
  reason text not null check (length(reason) between 2 and 300),
  -- Who of the responsible unit agreed, and when.
  agreed_by text not null check (length(agreed_by) between 2 and 60),
  agreed_on date not null,
  made_at timestamptz not null,
  made_by_name text not null,
  ended_at timestamptz,
  ended_by_name text,
  end_reason text,
  check ((ended_at is null) = (ended_by_name is null) and (ended_at is null) = (end_reason is null))
);
create unique index host_ruling_standing on proofreading.host_ruling (host) where ended_at is null;
comment on table proofreading.host_ruling is 'Never deleted: which hosts may be linked to, who agreed, until when.';

create table proofreading.approved_emblem (
  id bigint generated always as identity primary key,
  -- Of the file's bytes, as in library.asset: whoever uploads the same file again uses the approved one.
  digest text not null,
  name text not null check (length(name) between 2 and 60),
  reason text not null check (length(reason) between 2 and 300),
  made_at timestamptz not null,
  made_by_name text not null,
  ended_at timestamptz,
  ended_by_name text,
  end_reason text,
  check ((ended_at is null) = (ended_by_name is null) and (ended_at is null) = (end_reason is null))
);
create unique index approved_emblem_standing on proofreading.approved_emblem (digest) where ended_at is null;
comment on table proofreading.approved_emblem is 'Files of flags and emblems that may be shown.';
