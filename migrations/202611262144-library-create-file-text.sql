-- The words of documents, read once by the worker: for search, for checks, and to be looked at without opening the file.
alter table library.file
  add column words text not null default 'none' check (words in ('none', 'waiting', 'read'));

update library.file set words = 'waiting'
where media_type in (
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'application/ofd',
  'application/zip'
) or media_type like 'text/%';

create index file_words_waiting on library.file (digest) where words = 'waiting';

create table library.file_text (
  digest text primary key references library.file (digest),
  text text not null,
  -- What was noticed: scripts, files inside, a password, damage …
  findings text[] not null,
  read_at timestamptz not null
);
