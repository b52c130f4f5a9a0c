-- What is known of uploaded bytes, whoever uploaded them and under whatever name: a scan speaks of bytes, not of names.
create table library.file (
  digest text primary key check (digest ~ '^[0-9a-f]{64}$'),
  media_type text not null,
  size bigint not null,
  -- off: nobody was asked; waiting: must be scanned before it may be published.
  scan text not null default 'off' check (scan in ('off', 'waiting', 'clean', 'infected')),
  scanned_at timestamptz,
  -- Program and signatures that said so.
  scanned_with text,
  infection text,
  -- Not asked again before then: larger than the scanner takes.
  scan_after timestamptz,
  check ((scan = 'infected') = (infection is not null)),
  check (scan not in ('clean', 'infected') or (scanned_at is not null and scanned_with is not null))
);

insert into library.file (digest, media_type, size)
select distinct on (digest) digest, media_type, size from library.asset order by digest, id;

create index file_scan_waiting on library.file (digest) where scan = 'waiting';
create index file_scanned_at on library.file (scanned_at nulls first);

-- Every find: of an upload that was refused, and of a file that was known as clean before.
create table library.quarantine (
  id bigint generated always as identity primary key,
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  unit_id bigint not null,
  file_name text not null,
  infection text not null,
  found_at timestamptz not null,
  found_by text not null check (found_by in ('upload', 'scan')),
  uploaded_by bigint,
  -- When the same bytes were found clean after all (a signature was withdrawn).
  cleared_at timestamptz
);

create index quarantine_unit on library.quarantine (unit_id, id);
create index quarantine_digest on library.quarantine (digest);
