-- Why: the console finds resources by their texts, drafts too, among 1.3 million, in the order of its lists and within
-- any filter. An index that says which rows hold a token, as bits by id, can be met with every other condition.
create schema fulltext;

create table fulltext.entry (
  id bigint primary key,
  -- Which version of the row the text is of: an older text than the row's is never found.
  version bigint not null,
  -- As it is compared: one way of writing letters, digits and brackets.
  folded text not null
);
comment on table fulltext.entry is 'The text of each row that is found, by the id of the row.';

create table fulltext.posting (
  token text collate "C" not null,
  -- The row stands for 16,384 consecutive ids.
  block integer not null,
  -- Which of them hold the token: two bytes for each, or one bit, whichever is shorter.
  ids bytea not null,
  primary key (token, block)
);
-- At most two kilobytes, which are read beside the rest of the row and not apart from it.
alter table fulltext.posting alter column ids set storage plain;
-- Written again and again by one writer; dead rows are to go soon.
alter table fulltext.posting set (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);
comment on table fulltext.posting is 'Which rows hold a token.';
