-- What the finder of misspellings learned from last, and words that are right whatever it thinks.
create table proofreading.spelling_training (
  only_row boolean primary key default true check (only_row),
  resources integer not null,
  texts integer not null,
  characters integer not null,
  -- Of the file that was made; null when there was too little to learn from.
  digest text,
  threshold real,
  measured integer not null,
  trained_at timestamptz not null
);

create table proofreading.known_word (
  id bigint generated always as identity primary key,
  word text not null unique check (char_length(word) between 2 and 40),
  added_by bigint not null,
  added_by_name text not null,
  added_at timestamptz not null
);
