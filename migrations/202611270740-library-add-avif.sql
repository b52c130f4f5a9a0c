-- Pictures are given as AVIF too, and of the files that wait to be looked at those that came last are taken first.

-- Null: nobody tried yet. So pictures of before wait without a row being written.
alter table library.file add column avif text;
alter table library.file add constraint file_avif_check check (avif in ('none', 'made')) not valid;

alter table library.picture_size
  add column media_type text not null default 'image/webp' check (media_type in ('image/webp', 'image/avif')),
  drop constraint picture_size_pkey,
  add primary key (digest, media_type, width);

-- When it was last uploaded; of what is here already, the upgrade.
alter table library.file add column noted_at timestamptz not null default now();

drop index library.file_sizes_waiting;
drop index library.file_words_waiting;
drop index library.file_preview_waiting;
create index file_sizes_waiting on library.file (noted_at desc, digest) where sizes = 'waiting';
create index file_words_waiting on library.file (noted_at desc, digest) where words = 'waiting';
create index file_preview_waiting on library.file (noted_at desc, digest) where preview is null;
create index file_avif_waiting on library.file (noted_at desc, digest) where sizes = 'done' and avif is null;
