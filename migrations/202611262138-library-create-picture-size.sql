-- Smaller forms of pictures, made once by the worker: a telephone does not load what a camera took.
alter table library.file
  add column sizes text not null default 'none' check (sizes in ('none', 'waiting', 'done', 'failed')),
  add column sizes_attempts integer not null default 0;

update library.file set sizes = 'waiting' where media_type in ('image/jpeg', 'image/png', 'image/webp');

create index file_sizes_waiting on library.file (digest) where sizes = 'waiting';

create table library.picture_size (
  digest text not null references library.file (digest),
  width integer not null check (width > 0),
  height integer not null check (height > 0),
  -- The bytes of this form (WebP): they lie in the asset store like any others.
  size_digest text not null check (size_digest ~ '^[0-9a-f]{64}$'),
  bytes bigint not null,
  primary key (digest, width)
);

create index picture_size_digest on library.picture_size (size_digest);
