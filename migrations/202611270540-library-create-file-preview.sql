-- The first pages of documents, drawn once by the worker: to be looked at without opening or downloading the file.

-- Null: nobody looked at the file yet. So what was uploaded before this version waits without a row being written.
alter table library.file add column preview text;
alter table library.file
  add constraint file_preview_check check (preview in ('none', 'made')) not valid;

create index file_preview_waiting on library.file (digest) where preview is null;

create table library.file_preview (
  digest text primary key references library.file (digest) on delete cascade,
  -- pages: drawn, in library.preview_page; text: its words and tables, in body; none: neither could be had.
  kind text not null check (kind in ('pages', 'text', 'none')),
  -- How many pages the document has, of one that has pages.
  total_pages integer check (total_pages > 0),
  -- Rich text, as bodies of resources are.
  body jsonb,
  -- False: the document goes on.
  is_whole boolean not null,
  -- Why there is none, or what differs from the document.
  findings text[] not null,
  made_at timestamptz not null,
  check ((kind = 'text') = (body is not null))
);

create table library.preview_page (
  digest text not null references library.file_preview (digest) on delete cascade,
  number integer not null check (number > 0),
  -- The bytes of the picture (WebP): they lie in the asset store like any others.
  page_digest text not null check (page_digest ~ '^[0-9a-f]{64}$'),
  width integer not null check (width > 0),
  height integer not null check (height > 0),
  bytes bigint not null,
  primary key (digest, number)
);

create index preview_page_digest on library.preview_page (page_digest);
