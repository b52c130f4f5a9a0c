-- Keywords are suggested by how rare words are in this library, so their frequencies are kept: of a sample that stays small.
create schema describing;

create table describing.counted_text (
  resource_id bigint primary key references library.resource,
  -- The public text whose words are in the frequencies. It never changes, so they can be taken out again.
  revision_id bigint not null
);
comment on table describing.counted_text is 'Public resources whose words are counted, by the revision that was.';

create table describing.word_frequency (
  word text primary key,
  documents integer not null check (documents >= 0)
) with (fillfactor = 80);
comment on table describing.word_frequency is 'In how many of the counted texts a word is.';
