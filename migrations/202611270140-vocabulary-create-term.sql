-- Why: information is classified by words that the digital centre keeps: a word that is renamed, moved or replaced changes
-- what pages, lists and search say without a new revision of anything, because contents hold codes.
create schema vocabulary;

create table vocabulary.term (
  id bigint generated always as identity primary key,
  vocabulary text not null check (vocabulary in ('topic', 'genre', 'audience', 'life-event', 'region', 'issuer')),
  code text not null check (code ~ '^[A-Za-z0-9][A-Za-z0-9-]{0,39}$'),
  -- How contents name it.
  reference text generated always as (vocabulary || ':' || code) stored not null unique,
  label text not null,
  synonyms text[] not null default '{}',
  parent_id bigint references vocabulary.term,
  valid_from date,
  -- Exclusive.
  valid_until date,
  replaced_by_id bigint references vocabulary.term,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check (replaced_by_id is null or valid_until is not null),
  check (parent_id <> id and replaced_by_id <> id)
);
comment on table vocabulary.term is 'A word of a managed vocabulary. Never deleted: it ends, or another one takes its place.';
create index term_vocabulary on vocabulary.term (vocabulary, code);
create index term_parent on vocabulary.term (parent_id) where parent_id is not null;
create index term_replaced on vocabulary.term (replaced_by_id) where replaced_by_id is not null;

create function vocabulary.refuse_loss() returns trigger language plpgsql as $$
begin
  raise exception 'terms and their history are never deleted or rewritten' using errcode = 'insufficient_privilege';
end $$;
create trigger kept before delete on vocabulary.term for each row execute function vocabulary.refuse_loss();

create table vocabulary.term_change (
  term_id bigint not null references vocabulary.term,
  number integer not null,
  act text not null check (act in ('added', 'changed', 'ended', 'reopened', 'imported')),
  -- As it was from then on: label, synonyms, parent, validFrom, validUntil, replacedBy.
  state jsonb not null,
  note text not null,
  changed_by bigint,
  changed_by_name text not null,
  changed_at timestamptz not null,
  primary key (term_id, number)
);
comment on table vocabulary.term_change is 'The dated history of every term; append-only.';
create trigger kept before update or delete on vocabulary.term_change for each row execute function vocabulary.refuse_loss();

create table vocabulary.spreading (
  term_id bigint primary key references vocabulary.term,
  -- Resources up to this one were told already.
  after_resource_id bigint not null default 0,
  asked_at timestamptz not null
);
comment on table vocabulary.spreading is 'Changed terms whose resources are still to be shown and indexed anew, a batch at a time.';
