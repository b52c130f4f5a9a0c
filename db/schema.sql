-- The schema after all migrations, written by `npm run db:types`. Read it; never run or edit it.

create table audit.entry (
  seq bigint not null,
  at timestamp with time zone not null,
  actor_kind text not null,
  actor_id text not null,
  actor_name text not null,
  unit_id bigint,
  action text not null,
  object_kind text not null,
  object_id text,
  result text not null,
  code text,
  details jsonb not null,
  address text,
  request_id text not null,
  previous_hash bytea not null,
  hash bytea not null,
  PRIMARY KEY (seq, at),
  CHECK ((actor_kind = ANY (ARRAY['account'::text, 'system'::text, 'anonymous'::text]))),
  CHECK ((result = ANY (ARRAY['done'::text, 'refused'::text, 'failed'::text])))
) partition by RANGE (at);

create table audit.head (
  only_row boolean default true not null,
  seq bigint not null,
  hash bytea not null,
  PRIMARY KEY (only_row),
  CHECK (only_row)
);

create table describing.counted_text (
  resource_id bigint not null,
  revision_id bigint not null,
  PRIMARY KEY (resource_id),
  FOREIGN KEY (resource_id) REFERENCES library.resource(id)
);

create table describing.word_frequency (
  word text not null,
  documents integer not null,
  PRIMARY KEY (word),
  CHECK ((documents >= 0))
);

create table exchange.access_key (
  id bigint generated always as identity not null,
  name text not null,
  holder text not null,
  prefix text not null,
  digest bytea not null,
  unit_ids bigint[],
  column_ids bigint[],
  types text[],
  full_text boolean not null,
  per_minute integer not null,
  per_day integer not null,
  expires_at timestamp with time zone,
  created_at timestamp with time zone not null,
  created_by bigint,
  created_by_name text not null,
  revoked_at timestamp with time zone,
  revocation_reason text,
  version integer default 1 not null,
  UNIQUE (prefix),
  PRIMARY KEY (id),
  CHECK (((revoked_at IS NULL) = (revocation_reason IS NULL))),
  CHECK ((cardinality(column_ids) > 0)),
  CHECK ((octet_length(digest) = 32)),
  CHECK (((length(holder) >= 2) AND (length(holder) <= 100))),
  CHECK (((length(name) >= 2) AND (length(name) <= 60))),
  CHECK ((per_day > 0)),
  CHECK ((per_minute > 0)),
  CHECK ((prefix ~ '^[0-9a-z]{10}$'::text)),
  CHECK ((cardinality(types) > 0)),
  CHECK ((cardinality(unit_ids) > 0))
);

create table exchange.pace (
  key_id bigint not null,
  minute timestamp with time zone not null,
  minute_used integer not null,
  day date not null,
  day_used integer not null,
  last_used_at timestamp with time zone not null,
  PRIMARY KEY (key_id),
  FOREIGN KEY (key_id) REFERENCES exchange.access_key(id)
);

create table exchange.usage (
  key_id bigint not null,
  day date not null,
  operation text not null,
  requests bigint default 0 not null,
  refused bigint default 0 not null,
  bytes bigint default 0 not null,
  PRIMARY KEY (key_id, day, operation),
  FOREIGN KEY (key_id) REFERENCES exchange.access_key(id)
);

create table following.file (
  subscription_id bigint not null,
  digest text not null,
  file_name text not null,
  asset_id bigint not null,
  PRIMARY KEY (subscription_id, digest, file_name),
  FOREIGN KEY (subscription_id) REFERENCES following.subscription(id)
);

create table following.item (
  subscription_id bigint not null,
  source_id text not null,
  resource_id bigint,
  state text not null,
  digest text,
  title text not null,
  url text,
  index_number text,
  column_id bigint,
  awaits text[] default '{}'::text[] not null,
  problem_code text,
  problem text,
  pass integer not null,
  updated_at timestamp with time zone not null,
  mark text,
  tries integer default 0 not null,
  set_aside_at timestamp with time zone,
  retry_at timestamp with time zone,
  is_down boolean default false not null,
  PRIMARY KEY (subscription_id, source_id),
  FOREIGN KEY (subscription_id) REFERENCES following.subscription(id),
  CHECK ((((state = 'set-aside'::text) = (retry_at IS NOT NULL)) AND ((retry_at IS NULL) = (set_aside_at IS NULL)))),
  CHECK ((state = ANY (ARRAY['taken'::text, 'refused'::text, 'changed-here'::text, 'waiting'::text, 'removed'::text, 'looped'::text, 'known'::text, 'set-aside'::text])))
);

create table following.subscription (
  id bigint generated always as identity not null,
  name text not null,
  address text not null,
  instance uuid not null,
  platform text not null,
  sealed_key bytea,
  reach text not null,
  source_types text[],
  source_unit_ids text[],
  source_column_ids text[],
  unit_id bigint not null,
  rules jsonb not null,
  column_id bigint not null,
  mode text not null,
  most_items integer not null,
  state text not null,
  cursor text,
  pass integer default 1 not null,
  idle_pages integer default 0 not null,
  next_at timestamp with time zone not null,
  failures integer default 0 not null,
  trouble_code text,
  trouble text,
  trouble_since timestamp with time zone,
  caught_up_at timestamp with time zone,
  last_change_at timestamp with time zone,
  version integer default 1 not null,
  created_at timestamp with time zone not null,
  created_by bigint,
  created_by_name text not null,
  item_count integer default 0 not null,
  PRIMARY KEY (id),
  CHECK (((length(address) >= 8) AND (length(address) <= 300))),
  CHECK (((sealed_key IS NULL) = (state = 'ended'::text))),
  CHECK ((mode = ANY (ARRAY['reviewed'::text, 'pending'::text]))),
  CHECK ((most_items > 0)),
  CHECK (((length(name) >= 2) AND (length(name) <= 60))),
  CHECK ((cardinality(source_column_ids) > 0)),
  CHECK ((cardinality(source_types) > 0)),
  CHECK ((cardinality(source_unit_ids) > 0)),
  CHECK ((state = ANY (ARRAY['active'::text, 'paused'::text, 'barred'::text, 'ended'::text])))
);

create table fulltext.entry (
  id bigint not null,
  version bigint not null,
  folded text not null,
  PRIMARY KEY (id)
);

create table fulltext.generation (
  only_one boolean default true not null,
  number bigint not null,
  PRIMARY KEY (only_one),
  CHECK (only_one)
);

create table fulltext.posting (
  token text not null,
  block integer not null,
  ids bytea not null,
  PRIMARY KEY (token, block)
);

create table identity.account (
  id bigint generated always as identity not null,
  unit_id bigint not null,
  login text not null,
  real_name text not null,
  phone text,
  password_hash text not null,
  password_changed_at timestamp with time zone not null,
  must_change_password boolean default true not null,
  disabled_at timestamp with time zone,
  created_at timestamp with time zone not null,
  last_seen_at timestamp with time zone,
  version integer default 1 not null,
  UNIQUE (login),
  PRIMARY KEY (id),
  FOREIGN KEY (unit_id) REFERENCES identity.unit(id),
  CHECK ((login ~ '^[a-z][a-z0-9.-]{1,39}$'::text))
);

create table identity.account_role (
  account_id bigint not null,
  role text not null,
  PRIMARY KEY (account_id, role),
  FOREIGN KEY (account_id) REFERENCES identity.account(id) ON DELETE CASCADE,
  CHECK ((role = ANY (ARRAY['editor'::text, 'reviewer'::text, 'principal'::text, 'responder'::text, 'liaison'::text, 'operator'::text, 'supervisor'::text, 'system-admin'::text, 'security-admin'::text, 'audit-admin'::text])))
);

create table identity.failed_sign_in (
  login text not null,
  attempts integer not null,
  last_at timestamp with time zone not null,
  locked_until timestamp with time zone,
  PRIMARY KEY (login)
);

create table identity.former_name (
  unit_id bigint not null,
  ended_at timestamp with time zone not null,
  name text not null,
  short_name text not null,
  basis text not null,
  PRIMARY KEY (unit_id, ended_at),
  FOREIGN KEY (unit_id) REFERENCES identity.unit(id),
  CHECK (((length(basis) >= 2) AND (length(basis) <= 200))),
  CHECK (((length(name) >= 2) AND (length(name) <= 60))),
  CHECK (((length(short_name) >= 2) AND (length(short_name) <= 20)))
);

create table identity.former_password (
  id bigint generated always as identity not null,
  account_id bigint not null,
  password_hash text not null,
  replaced_at timestamp with time zone not null,
  PRIMARY KEY (id),
  FOREIGN KEY (account_id) REFERENCES identity.account(id) ON DELETE CASCADE
);

create table identity.one_time_secret (
  account_id bigint not null,
  sealed_secret bytea not null,
  begun_at timestamp with time zone not null,
  confirmed_at timestamp with time zone,
  last_step bigint,
  PRIMARY KEY (account_id),
  FOREIGN KEY (account_id) REFERENCES identity.account(id)
);

create table identity.recovery_code (
  account_id bigint not null,
  digest bytea not null,
  used_at timestamp with time zone,
  PRIMARY KEY (account_id, digest),
  FOREIGN KEY (account_id) REFERENCES identity.one_time_secret(account_id) ON DELETE CASCADE,
  CHECK ((length(digest) = 32))
);

create table identity.reorganization (
  id bigint generated always as identity not null,
  name text not null,
  basis text not null,
  successor_id bigint not null,
  starts_at timestamp with time zone not null,
  state text default 'planned'::text not null,
  moved jsonb default '{}'::jsonb not null,
  planned_by bigint not null,
  planned_by_name text not null,
  planned_at timestamp with time zone not null,
  confirmed_by bigint,
  confirmed_by_name text,
  confirmed_at timestamp with time zone,
  started_at timestamp with time zone,
  ended_at timestamp with time zone,
  version integer default 1 not null,
  kind text default 'merger'::text not null,
  new_name text,
  new_short_name text,
  step integer default 0 not null,
  after_id bigint default 0 not null,
  note text,
  split_rules jsonb,
  rest_to integer,
  PRIMARY KEY (id),
  FOREIGN KEY (successor_id) REFERENCES identity.unit(id),
  CHECK (((length(basis) >= 2) AND (length(basis) <= 200))),
  CHECK ((confirmed_by <> planned_by)),
  CHECK (((state = ANY (ARRAY['confirmed'::text, 'running'::text, 'done'::text])) <= (confirmed_by IS NOT NULL))),
  CHECK (((kind = 'renaming'::text) = (new_name IS NOT NULL))),
  CHECK (((kind = 'renaming'::text) = (new_short_name IS NOT NULL))),
  CHECK (((kind = 'split'::text) = (split_rules IS NOT NULL))),
  CHECK (((kind = 'split'::text) OR (rest_to IS NULL))),
  CHECK ((kind = ANY (ARRAY['merger'::text, 'renaming'::text, 'split'::text]))),
  CHECK (((length(name) >= 2) AND (length(name) <= 80))),
  CHECK (((length(new_name) >= 2) AND (length(new_name) <= 60))),
  CHECK (((length(new_short_name) >= 2) AND (length(new_short_name) <= 20))),
  CHECK ((state = ANY (ARRAY['planned'::text, 'confirmed'::text, 'running'::text, 'done'::text, 'cancelled'::text])))
);

create table identity.reorganization_unit (
  reorganization_id bigint not null,
  unit_id bigint not null,
  PRIMARY KEY (reorganization_id, unit_id),
  FOREIGN KEY (reorganization_id) REFERENCES identity.reorganization(id),
  FOREIGN KEY (unit_id) REFERENCES identity.unit(id)
);

create table identity.session (
  token_digest bytea not null,
  account_id bigint not null,
  csrf_token text not null,
  created_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  address text,
  user_agent text,
  PRIMARY KEY (token_digest),
  FOREIGN KEY (account_id) REFERENCES identity.account(id) ON DELETE CASCADE
);

create table identity.signature_image (
  id bigint generated always as identity not null,
  account_id bigint not null,
  digest bytea not null,
  content bytea not null,
  begun_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  PRIMARY KEY (id),
  FOREIGN KEY (account_id) REFERENCES identity.account(id),
  CHECK (((length(content) >= 1) AND (length(content) <= 300000))),
  CHECK ((length(digest) = 32))
);

create table identity.split_receiver (
  reorganization_id bigint not null,
  "position" integer not null,
  unit_id bigint,
  new_unit jsonb,
  account_ids bigint[] not null,
  moved jsonb default '{}'::jsonb not null,
  UNIQUE (reorganization_id, unit_id),
  PRIMARY KEY (reorganization_id, "position"),
  FOREIGN KEY (reorganization_id) REFERENCES identity.reorganization(id),
  FOREIGN KEY (unit_id) REFERENCES identity.unit(id),
  CHECK (((unit_id IS NOT NULL) OR (new_unit IS NOT NULL)))
);

create table identity.unit (
  id bigint generated always as identity not null,
  parent_id bigint,
  name text not null,
  short_name text not null,
  organisation_code text not null,
  kind text not null,
  "position" integer default 0 not null,
  closed_at timestamp with time zone,
  version integer default 1 not null,
  successor_id bigint,
  index_number_template text default '{code}/{year}-{serial5}'::text not null,
  keeps_code9 boolean default false not null,
  UNIQUE (organisation_code),
  PRIMARY KEY (id),
  FOREIGN KEY (parent_id) REFERENCES identity.unit(id),
  FOREIGN KEY (successor_id) REFERENCES identity.unit(id),
  CHECK (((successor_id IS NULL) OR (closed_at IS NOT NULL))),
  CHECK ((successor_id <> id)),
  CHECK ((keeps_code9 OR (index_number_template !~~ '{code9}%'::text))),
  CHECK ((index_number_template ~ '^\{code9?\}[/-]\{year\}-\{serial[56]\}$'::text)),
  CHECK ((kind = ANY (ARRAY['office'::text, 'department'::text, 'street'::text, 'section'::text, 'centre'::text]))),
  CHECK ((organisation_code ~ '^([0-9A-Z]{9}|[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10})$'::text))
);

create table identity.unit_ancestor (
  unit_id bigint not null,
  ancestor_id bigint not null,
  PRIMARY KEY (unit_id, ancestor_id),
  FOREIGN KEY (ancestor_id) REFERENCES identity.unit(id) ON DELETE CASCADE,
  FOREIGN KEY (unit_id) REFERENCES identity.unit(id) ON DELETE CASCADE
);

create table identity.unit_split (
  unit_id bigint not null,
  at timestamp with time zone not null,
  "position" integer not null,
  receiver_id bigint not null,
  basis text not null,
  PRIMARY KEY (unit_id, at, "position"),
  FOREIGN KEY (receiver_id) REFERENCES identity.unit(id),
  FOREIGN KEY (unit_id) REFERENCES identity.unit(id),
  CHECK (((length(basis) >= 2) AND (length(basis) <= 200))),
  CHECK ((receiver_id <> unit_id))
);

create table intake.import (
  id bigint generated always as identity not null,
  unit_id bigint not null,
  mode text not null,
  column_id bigint,
  type text not null,
  file_name text not null,
  digest text not null,
  size bigint not null,
  format text,
  stage text default 'inspecting'::text not null,
  sources text[] default '{}'::text[] not null,
  sample jsonb default '[]'::jsonb not null,
  mapping jsonb default '[]'::jsonb not null,
  checked jsonb,
  imported jsonb,
  problem_code text,
  problem_message text,
  attempts integer default 0 not null,
  version integer default 1 not null,
  created_by bigint not null,
  created_by_name text not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  PRIMARY KEY (id),
  CHECK (((mode = 'archive'::text) = (column_id IS NOT NULL))),
  CHECK ((digest ~ '^[0-9a-f]{64}$'::text)),
  CHECK ((format = ANY (ARRAY['jsonl'::text, 'csv'::text, 'xlsx'::text, 'documents'::text, 'wxr'::text]))),
  CHECK ((mode = ANY (ARRAY['drafts'::text, 'archive'::text]))),
  CHECK ((size >= 0)),
  CHECK ((stage = ANY (ARRAY['inspecting'::text, 'ready'::text, 'checking'::text, 'checked'::text, 'running'::text, 'done'::text, 'failed'::text, 'cancelled'::text])))
);

create table intake.outcome (
  import_id bigint not null,
  pass text not null,
  ordinal integer not null,
  place text not null,
  key text not null,
  title text not null,
  result text not null,
  resource_id bigint,
  old_address text,
  problems jsonb default '[]'::jsonb not null,
  PRIMARY KEY (import_id, pass, ordinal),
  FOREIGN KEY (import_id) REFERENCES intake.import(id),
  CHECK ((ordinal > 0)),
  CHECK ((pass = ANY (ARRAY['check'::text, 'run'::text]))),
  CHECK ((result = ANY (ARRAY['good'::text, 'known'::text, 'refused'::text])))
);

create table interaction.address_day (
  day date not null,
  digest bytea not null,
  acts integer default 1 not null,
  PRIMARY KEY (day, digest)
);

create table interaction.correction (
  id bigint generated always as identity not null,
  code text not null,
  site_id bigint not null,
  path text not null,
  page_name text not null,
  resource_id bigint,
  column_id bigint,
  unit_id bigint not null,
  kind text not null,
  description text not null,
  quote text,
  contact text,
  same_digest bytea not null,
  reported_on date not null,
  times integer default 1 not null,
  reported_at timestamp with time zone not null,
  answer_days integer not null,
  state text default 'open'::text not null,
  reply text,
  answered_by bigint,
  answered_by_name text,
  answered_at timestamp with time zone,
  version integer default 1 not null,
  UNIQUE (code),
  PRIMARY KEY (id),
  CHECK (((answer_days >= 1) AND (answer_days <= 60))),
  CHECK ((((state = 'open'::text) = (answered_at IS NULL)) AND ((state = 'open'::text) = (reply IS NULL)) AND ((state = 'open'::text) = (answered_by IS NULL)))),
  CHECK ((code ~ '^[0-9A-HJKMNP-TV-Z]{12}$'::text)),
  CHECK ((length(contact) <= 100)),
  CHECK (((length(description) >= 5) AND (length(description) <= 1000))),
  CHECK ((kind = ANY (ARRAY['typo'::text, 'inaccurate'::text, 'broken-link'::text, 'outdated'::text, 'attachment'::text, 'other'::text]))),
  CHECK ((length(quote) <= 200)),
  CHECK (((length(reply) >= 5) AND (length(reply) <= 1000))),
  CHECK ((state = ANY (ARRAY['open'::text, 'answered'::text, 'rejected'::text]))),
  CHECK ((times > 0))
);

create table interaction.correction_transfer (
  id bigint generated always as identity not null,
  correction_id bigint not null,
  from_unit_id bigint not null,
  to_unit_id bigint not null,
  reason text not null,
  transferred_by bigint not null,
  transferred_by_name text not null,
  at timestamp with time zone not null,
  PRIMARY KEY (id),
  FOREIGN KEY (correction_id) REFERENCES interaction.correction(id)
);

create table interaction.rating (
  id bigint generated always as identity not null,
  site_id bigint not null,
  path text not null,
  page_name text not null,
  resource_id bigint,
  column_id bigint,
  unit_id bigint not null,
  useful boolean not null,
  reason text,
  remark text,
  rated_at timestamp with time zone not null,
  PRIMARY KEY (id),
  CHECK (((NOT useful) OR ((reason IS NULL) AND (remark IS NULL)))),
  CHECK ((reason = ANY (ARRAY['unclear'::text, 'outdated'::text, 'not-found'::text, 'broken-link'::text, 'other'::text]))),
  CHECK ((length(remark) <= 500))
);

create table library.asset (
  id bigint generated always as identity not null,
  unit_id bigint not null,
  digest text not null,
  file_name text not null,
  media_type text not null,
  size bigint not null,
  width integer,
  height integer,
  uploaded_by bigint,
  uploaded_at timestamp with time zone not null,
  alt text default ''::text not null,
  copyright text default ''::text not null,
  source text default ''::text not null,
  replaces_id bigint,
  PRIMARY KEY (id),
  FOREIGN KEY (replaces_id) REFERENCES library.asset(id),
  CHECK ((length(alt) <= 500)),
  CHECK ((replaces_id <> id)),
  CHECK ((length(copyright) <= 200)),
  CHECK ((digest ~ '^[0-9a-f]{64}$'::text)),
  CHECK ((length(source) <= 200))
);

create table library.change (
  "position" bigint not null,
  resource_id bigint not null,
  kind text not null,
  revision_id bigint,
  digest bytea,
  at timestamp with time zone not null,
  PRIMARY KEY ("position"),
  CHECK (((kind = ANY (ARRAY['released'::text, 'relisted'::text, 'relabelled'::text])) = (revision_id IS NOT NULL))) NOT VALID,
  CHECK (((revision_id IS NULL) = (digest IS NULL))),
  CHECK ((kind = ANY (ARRAY['released'::text, 'withdrawn'::text, 'expired'::text, 'relisted'::text, 'relabelled'::text]))) NOT VALID
);

create table library.correction_note (
  id bigint generated always as identity not null,
  resource_id bigint not null,
  revision_id bigint not null,
  note text not null,
  unit_name text not null,
  corrected_at timestamp with time zone not null,
  UNIQUE (revision_id),
  PRIMARY KEY (id),
  FOREIGN KEY (resource_id) REFERENCES library.resource(id),
  FOREIGN KEY (revision_id) REFERENCES library.revision(id),
  CHECK (((length(note) >= 1) AND (length(note) <= 500)))
);

create table library.document (
  resource_id bigint not null,
  revision_id bigint not null,
  name text not null,
  written_on date,
  issuer text not null,
  PRIMARY KEY (resource_id),
  FOREIGN KEY (resource_id) REFERENCES library.resource(id),
  FOREIGN KEY (revision_id) REFERENCES library.revision(id)
);

create table library.document_mention (
  resource_id bigint not null,
  kind text not null,
  name text not null,
  issued_on date,
  before date,
  confidence smallint not null,
  evidence text not null,
  PRIMARY KEY (resource_id, kind, name),
  FOREIGN KEY (resource_id) REFERENCES library.document(resource_id) ON DELETE CASCADE,
  CHECK (((confidence >= 0) AND (confidence <= 100))),
  CHECK ((kind = ANY (ARRAY['amends'::text, 'repeals'::text])))
);

create table library.file (
  digest text not null,
  media_type text not null,
  size bigint not null,
  scan text default 'off'::text not null,
  scanned_at timestamp with time zone,
  scanned_with text,
  infection text,
  scan_after timestamp with time zone,
  sizes text default 'none'::text not null,
  sizes_attempts integer default 0 not null,
  words text default 'none'::text not null,
  preview text,
  avif text,
  noted_at timestamp with time zone default now() not null,
  PRIMARY KEY (digest),
  CHECK ((avif = ANY (ARRAY['none'::text, 'made'::text]))) NOT VALID,
  CHECK (((scan = 'infected'::text) = (infection IS NOT NULL))),
  CHECK (((scan <> ALL (ARRAY['clean'::text, 'infected'::text])) OR ((scanned_at IS NOT NULL) AND (scanned_with IS NOT NULL)))),
  CHECK ((digest ~ '^[0-9a-f]{64}$'::text)),
  CHECK ((preview = ANY (ARRAY['none'::text, 'made'::text]))) NOT VALID,
  CHECK ((scan = ANY (ARRAY['off'::text, 'waiting'::text, 'clean'::text, 'infected'::text]))),
  CHECK ((sizes = ANY (ARRAY['none'::text, 'waiting'::text, 'done'::text, 'failed'::text]))),
  CHECK ((words = ANY (ARRAY['none'::text, 'waiting'::text, 'read'::text])))
);

create table library.file_preview (
  digest text not null,
  kind text not null,
  total_pages integer,
  body jsonb,
  is_whole boolean not null,
  findings text[] not null,
  made_at timestamp with time zone not null,
  PRIMARY KEY (digest),
  FOREIGN KEY (digest) REFERENCES library.file(digest) ON DELETE CASCADE,
  CHECK (((kind = 'text'::text) = (body IS NOT NULL))),
  CHECK ((kind = ANY (ARRAY['pages'::text, 'text'::text, 'none'::text]))),
  CHECK ((total_pages > 0))
);

create table library.file_text (
  digest text not null,
  text text not null,
  findings text[] not null,
  read_at timestamp with time zone not null,
  PRIMARY KEY (digest),
  FOREIGN KEY (digest) REFERENCES library.file(digest)
);

create table library.fingerprint (
  resource_id bigint not null,
  revision_id bigint not null,
  minhash bytea not null,
  bands integer[] not null,
  compared boolean default false not null,
  PRIMARY KEY (resource_id),
  FOREIGN KEY (resource_id) REFERENCES library.resource(id),
  FOREIGN KEY (revision_id) REFERENCES library.revision(id)
);

create table library.index_counter (
  unit_id bigint not null,
  year integer not null,
  last integer not null,
  PRIMARY KEY (unit_id, year)
);

create table library.index_number (
  index_number text not null,
  unit_id bigint not null,
  year integer not null,
  serial integer not null,
  resource_id bigint not null,
  given_at timestamp with time zone not null,
  UNIQUE (resource_id),
  UNIQUE (unit_id, year, serial),
  PRIMARY KEY (index_number),
  FOREIGN KEY (resource_id) REFERENCES library.resource(id)
);

create table library.likeness (
  one_id bigint not null,
  other_id bigint not null,
  similarity smallint not null,
  found_at timestamp with time zone not null,
  PRIMARY KEY (one_id, other_id),
  FOREIGN KEY (one_id) REFERENCES library.resource(id),
  FOREIGN KEY (other_id) REFERENCES library.resource(id),
  CHECK ((one_id < other_id)),
  CHECK (((similarity >= 0) AND (similarity <= 100)))
);

create table library.likeness_dismissal (
  one_id bigint not null,
  other_id bigint not null,
  dismissed_by bigint,
  dismissed_at timestamp with time zone not null,
  PRIMARY KEY (one_id, other_id),
  FOREIGN KEY (one_id) REFERENCES library.resource(id),
  FOREIGN KEY (other_id) REFERENCES library.resource(id),
  CHECK ((one_id < other_id))
);

create table library.origin (
  resource_id bigint not null,
  instance uuid not null,
  source_id text not null,
  chain jsonb not null,
  UNIQUE (instance, source_id),
  PRIMARY KEY (resource_id),
  FOREIGN KEY (resource_id) REFERENCES library.resource(id),
  CHECK (((length(source_id) >= 1) AND (length(source_id) <= 40)))
);

create table library.picture_size (
  digest text not null,
  width integer not null,
  height integer not null,
  size_digest text not null,
  bytes bigint not null,
  media_type text default 'image/webp'::text not null,
  PRIMARY KEY (digest, media_type, width),
  FOREIGN KEY (digest) REFERENCES library.file(digest),
  CHECK ((height > 0)),
  CHECK ((media_type = ANY (ARRAY['image/webp'::text, 'image/avif'::text]))),
  CHECK ((size_digest ~ '^[0-9a-f]{64}$'::text)),
  CHECK ((width > 0))
);

create table library.preview_page (
  digest text not null,
  number integer not null,
  page_digest text not null,
  width integer not null,
  height integer not null,
  bytes bigint not null,
  PRIMARY KEY (digest, number),
  FOREIGN KEY (digest) REFERENCES library.file_preview(digest) ON DELETE CASCADE,
  CHECK ((height > 0)),
  CHECK ((number > 0)),
  CHECK ((page_digest ~ '^[0-9a-f]{64}$'::text)),
  CHECK ((width > 0))
);

create table library.quarantine (
  id bigint generated always as identity not null,
  digest text not null,
  unit_id bigint not null,
  file_name text not null,
  infection text not null,
  found_at timestamp with time zone not null,
  found_by text not null,
  uploaded_by bigint,
  cleared_at timestamp with time zone,
  PRIMARY KEY (id),
  CHECK ((digest ~ '^[0-9a-f]{64}$'::text)),
  CHECK ((found_by = ANY (ARRAY['upload'::text, 'scan'::text])))
);

create table library.relabelling (
  id bigint generated always as identity not null,
  resource_ids bigint[] not null,
  PRIMARY KEY (id)
);

create table library.relation (
  resource_id bigint not null,
  kind text not null,
  target_id bigint not null,
  place integer not null,
  PRIMARY KEY (resource_id, kind, target_id),
  FOREIGN KEY (resource_id) REFERENCES library.resource(id),
  FOREIGN KEY (target_id) REFERENCES library.resource(id),
  CHECK ((kind = ANY (ARRAY['interprets'::text, 'replacedBy'::text, 'amends'::text, 'repeals'::text, 'partOf'::text, 'attachmentOf'::text, 'seeAlso'::text, 'activities'::text, 'progressOf'::text, 'refutes'::text])))
);

create table library.relation_proposal (
  id bigint generated always as identity not null,
  from_id bigint not null,
  kind text not null,
  to_id bigint not null,
  name text not null,
  reason text not null,
  evidence text not null,
  confidence smallint not null,
  state text default 'proposed'::text not null,
  found_at timestamp with time zone not null,
  decided_by bigint,
  decided_at timestamp with time zone,
  unit_id bigint not null,
  UNIQUE (from_id, kind, to_id),
  PRIMARY KEY (id),
  FOREIGN KEY (from_id) REFERENCES library.resource(id),
  FOREIGN KEY (to_id) REFERENCES library.resource(id),
  CHECK ((from_id <> to_id)),
  CHECK (((confidence >= 0) AND (confidence <= 100))),
  CHECK ((kind = ANY (ARRAY['amends'::text, 'repeals'::text, 'replacedBy'::text]))),
  CHECK ((reason = ANY (ARRAY['same-title'::text, 'said'::text]))),
  CHECK ((state = ANY (ARRAY['proposed'::text, 'accepted'::text, 'dismissed'::text])))
);

create table library.resource (
  id bigint generated always as identity not null,
  unit_id bigint not null,
  type text not null,
  stage text not null,
  version integer default 1 not null,
  head_revision_id bigint,
  live_revision_id bigint,
  signed_revision_id bigint,
  title text not null,
  index_number text,
  first_published_at timestamp with time zone,
  last_published_at timestamp with time zone,
  release_at timestamp with time zone,
  expire_at timestamp with time zone,
  withdrawn_at timestamp with time zone,
  withdrawal_reason text,
  discarded_at timestamp with time zone,
  imported_from text,
  created_by bigint,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  document_number text,
  open_mode text,
  validity text,
  year smallint,
  terms text[],
  live_terms text[],
  ruling_id bigint,
  ruled_validity text,
  release_held boolean default false not null,
  taken_down boolean default false not null,
  UNIQUE (index_number),
  PRIMARY KEY (id),
  FOREIGN KEY (head_revision_id) REFERENCES library.revision(id),
  FOREIGN KEY (live_revision_id) REFERENCES library.revision(id),
  FOREIGN KEY (signed_revision_id) REFERENCES library.revision(id),
  CHECK (((stage <> 'live'::text) OR (live_revision_id IS NOT NULL))),
  CHECK (((live_revision_id IS NULL) OR ((index_number IS NOT NULL) AND (first_published_at IS NOT NULL)))),
  CHECK ((stage = ANY (ARRAY['draft'::text, 'in-review'::text, 'returned'::text, 'scheduled'::text, 'live'::text, 'withdrawn'::text, 'expired'::text, 'discarded'::text])))
);

create table library.resource_type (
  key text not null,
  current integer not null,
  created_at timestamp with time zone not null,
  PRIMARY KEY (key),
  FOREIGN KEY (key, current) REFERENCES library.resource_type_version(type, number) DEFERRABLE INITIALLY DEFERRED,
  CHECK ((current > 0))
);

create table library.resource_type_version (
  type text not null,
  number integer not null,
  definition jsonb not null,
  note text not null,
  published_by bigint,
  published_by_name text not null,
  published_at timestamp with time zone not null,
  PRIMARY KEY (type, number),
  FOREIGN KEY (type) REFERENCES library.resource_type(key),
  CHECK ((number > 0))
);

create table library.revision (
  id bigint generated always as identity not null,
  resource_id bigint not null,
  number integer not null,
  content jsonb not null,
  digest bytea not null,
  origin text not null,
  created_by bigint,
  created_by_name text not null,
  created_at timestamp with time zone not null,
  UNIQUE (resource_id, number),
  PRIMARY KEY (id),
  FOREIGN KEY (resource_id) REFERENCES library.resource(id),
  CHECK ((origin = ANY (ARRAY['saved'::text, 'autosaved'::text, 'restored'::text, 'imported'::text])))
);

create table library.revision_asset (
  revision_id bigint not null,
  asset_id bigint not null,
  role text not null,
  PRIMARY KEY (revision_id, asset_id, role),
  FOREIGN KEY (asset_id) REFERENCES library.asset(id),
  FOREIGN KEY (revision_id) REFERENCES library.revision(id),
  CHECK ((role = ANY (ARRAY['image'::text, 'attachment'::text])))
);

create table library.saved_view (
  id bigint generated always as identity not null,
  account_id bigint not null,
  name text not null,
  search text not null,
  created_at timestamp with time zone not null,
  UNIQUE (account_id, name),
  PRIMARY KEY (id)
);

create table library.text_waiting (
  id bigint generated always as identity not null,
  resource_id bigint not null,
  is_imported boolean not null,
  PRIMARY KEY (id)
);

create table library.validity_ruling (
  id bigint generated always as identity not null,
  resource_id bigint not null,
  validity text not null,
  validity_before text,
  effective_on date not null,
  basis text default ''::text not null,
  basis_resource_id bigint,
  replaced_by_id bigint,
  state text not null,
  ordered_by bigint,
  ordered_by_name text not null,
  ordered_at timestamp with time zone not null,
  settled_by_name text,
  settled_at timestamp with time zone,
  PRIMARY KEY (id),
  FOREIGN KEY (basis_resource_id) REFERENCES library.resource(id),
  FOREIGN KEY (replaced_by_id) REFERENCES library.resource(id),
  FOREIGN KEY (resource_id) REFERENCES library.resource(id),
  CHECK (((state = 'waiting'::text) = (settled_at IS NULL))),
  CHECK ((state = ANY (ARRAY['waiting'::text, 'applied'::text, 'cancelled'::text]))),
  CHECK ((validity = ANY (ARRAY['有效'::text, '已修改'::text, '废止'::text, '失效'::text])))
);

create table packaging.export (
  id bigint generated always as identity not null,
  selection jsonb not null,
  stage text default 'waiting'::text not null,
  attempts integer default 0 not null,
  written bigint default 0 not null,
  digest text,
  size bigint,
  problem_code text,
  problem_message text,
  requested_by bigint not null,
  requested_by_name text not null,
  requested_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  expires_at timestamp with time zone,
  PRIMARY KEY (id),
  CHECK (((stage = ANY (ARRAY['done'::text, 'expired'::text])) = ((digest IS NOT NULL) AND (size IS NOT NULL) AND (expires_at IS NOT NULL)))),
  CHECK ((digest ~ '^[0-9a-f]{64}$'::text)),
  CHECK ((stage = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text, 'failed'::text, 'expired'::text])))
);

create table platform.calendar_day (
  day date not null,
  works boolean not null,
  year integer default (EXTRACT(year FROM day))::integer,
  PRIMARY KEY (day),
  FOREIGN KEY (year) REFERENCES platform.calendar_year(year)
);

create table platform.calendar_year (
  year integer not null,
  source text not null,
  PRIMARY KEY (year),
  CHECK (((year >= 2000) AND (year <= 2999)))
);

create table platform.event (
  id bigint generated always as identity not null,
  at timestamp with time zone not null,
  name text not null,
  tags text[] not null,
  payload jsonb default '{}'::jsonb not null,
  priority smallint default 0 not null,
  xid xid8 default pg_current_xact_id() not null,
  PRIMARY KEY (id),
  CHECK ((priority = ANY (ARRAY[0, 1])))
);

create table platform.event_delivery (
  queue text not null,
  event_id bigint not null,
  priority smallint default 0 not null,
  PRIMARY KEY (queue, event_id),
  FOREIGN KEY (event_id) REFERENCES platform.event(id),
  CHECK ((priority = ANY (ARRAY[0, 1])))
);

create table platform.setting (
  name text not null,
  value text not null,
  PRIMARY KEY (name)
);

create table platform.working_hours (
  single boolean default true not null,
  morning_from time without time zone default '08:30:00'::time without time zone not null,
  morning_to time without time zone default '12:00:00'::time without time zone not null,
  afternoon_from time without time zone default '14:00:00'::time without time zone not null,
  afternoon_to time without time zone default '17:30:00'::time without time zone not null,
  PRIMARY KEY (single),
  CHECK (((morning_from < morning_to) AND (morning_to <= afternoon_from) AND (afternoon_from < afternoon_to))),
  CHECK (single)
);

create table proofreading.approved_emblem (
  id bigint generated always as identity not null,
  digest text not null,
  name text not null,
  reason text not null,
  made_at timestamp with time zone not null,
  made_by_name text not null,
  ended_at timestamp with time zone,
  ended_by_name text,
  end_reason text,
  PRIMARY KEY (id),
  CHECK ((((ended_at IS NULL) = (ended_by_name IS NULL)) AND ((ended_at IS NULL) = (end_reason IS NULL)))),
  CHECK (((length(name) >= 2) AND (length(name) <= 60))),
  CHECK (((length(reason) >= 2) AND (length(reason) <= 300)))
);

create table proofreading.check_standing (
  check_key text not null,
  rule text not null,
  number integer not null,
  standing text not null,
  effective_from date not null,
  reason text not null,
  changed_by bigint not null,
  changed_by_name text not null,
  changed_at timestamp with time zone not null,
  PRIMARY KEY (check_key, rule, number),
  CHECK (((length(reason) >= 2) AND (length(reason) <= 300))),
  CHECK ((standing = ANY (ARRAY['blocks'::text, 'needs-reason'::text, 'note'::text, 'off'::text])))
);

create table proofreading.checked_revision (
  revision_id bigint not null,
  resource_id bigint not null,
  findings jsonb not null,
  complete boolean not null,
  generation bigint not null,
  checked_at timestamp with time zone not null,
  PRIMARY KEY (revision_id)
);

create table proofreading.finding (
  id bigint generated always as identity not null,
  resource_id bigint not null,
  unit_id bigint not null,
  rule text not null,
  part text not null,
  found text not null,
  nth integer not null,
  severity text not null,
  check_key text not null,
  rule_name text not null,
  start_at integer not null,
  end_at integer not null,
  suggestion text,
  message text not null,
  state text not null,
  opened_at timestamp with time zone not null,
  closed_at timestamp with time zone,
  ignored_by bigint,
  ignored_by_name text,
  ignored_at timestamp with time zone,
  ignore_reason text,
  reopened_by_name text,
  reopened_at timestamp with time zone,
  reopen_reason text,
  UNIQUE (resource_id, rule, part, found, nth),
  PRIMARY KEY (id),
  CHECK (((state = 'ignored'::text) <= (ignore_reason IS NOT NULL))),
  CHECK ((severity = ANY (ARRAY['blocks'::text, 'needs-reason'::text, 'note'::text]))),
  CHECK ((state = ANY (ARRAY['open'::text, 'closed'::text, 'ignored'::text])))
);

create table proofreading.finding_task (
  id bigint generated always as identity not null,
  finding_id bigint not null,
  resource_id bigint not null,
  unit_id bigint not null,
  days integer not null,
  given_on date not null,
  due_on date,
  given_by_name text,
  note text not null,
  given_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  outcome text,
  PRIMARY KEY (id),
  FOREIGN KEY (finding_id) REFERENCES proofreading.finding(id),
  CHECK (((ended_at IS NULL) = (outcome IS NULL))),
  CHECK (((days >= 1) AND (days <= 60))),
  CHECK ((outcome = ANY (ARRAY['mended'::text, 'explained'::text, 'dropped'::text])))
);

create table proofreading.host_ruling (
  id bigint generated always as identity not null,
  host text not null,
  standing text not null,
  reason text not null,
  agreed_by text not null,
  agreed_on date not null,
  made_at timestamp with time zone not null,
  made_by_name text not null,
  ended_at timestamp with time zone,
  ended_by_name text,
  end_reason text,
  PRIMARY KEY (id),
  CHECK (((length(agreed_by) >= 2) AND (length(agreed_by) <= 60))),
  CHECK ((((ended_at IS NULL) = (ended_by_name IS NULL)) AND ((ended_at IS NULL) = (end_reason IS NULL)))),
  CHECK (((host = lower(host)) AND ((length(host) >= 3) AND (length(host) <= 253)))),
  CHECK (((length(reason) >= 2) AND (length(reason) <= 300))),
  CHECK ((standing = ANY (ARRAY['approved'::text, 'blocked'::text])))
);

create table proofreading.known_word (
  id bigint generated always as identity not null,
  word text not null,
  added_by bigint not null,
  added_by_name text not null,
  added_at timestamp with time zone not null,
  UNIQUE (word),
  PRIMARY KEY (id),
  CHECK (((char_length(word) >= 2) AND (char_length(word) <= 40)))
);

create table proofreading.link_state (
  address text not null,
  host text not null,
  tried_at timestamp with time zone,
  due_at timestamp with time zone,
  status integer,
  problem text,
  failed_days integer default 0 not null,
  failed_on date,
  PRIMARY KEY (address),
  CHECK ((length(address) <= 2048)),
  CHECK (((failed_days = 0) = (failed_on IS NULL))),
  CHECK ((problem = ANY (ARRAY['status'::text, 'timeout'::text, 'connection'::text, 'private-address'::text, 'robots'::text, 'redirects'::text])))
);

create table proofreading.link_use (
  resource_id bigint not null,
  address text not null,
  PRIMARY KEY (resource_id, address),
  FOREIGN KEY (address) REFERENCES proofreading.link_state(address)
);

create table proofreading.night (
  day date not null,
  after_id bigint not null,
  resources integer not null,
  opened integer not null,
  closed integer not null,
  started_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  PRIMARY KEY (day)
);

create table proofreading.override (
  id bigint generated always as identity not null,
  revision_id bigint not null,
  resource_id bigint not null,
  finding jsonb not null,
  reason text not null,
  given_by bigint not null,
  given_by_name text not null,
  given_at timestamp with time zone not null,
  PRIMARY KEY (id),
  CHECK ((reason <> ''::text))
);

create table proofreading.rule (
  id bigint generated always as identity not null,
  set_id bigint not null,
  key text not null,
  rank integer default 0 not null,
  content jsonb not null,
  since integer not null,
  until integer,
  PRIMARY KEY (id),
  FOREIGN KEY (set_id) REFERENCES proofreading.rule_set(id)
);

create table proofreading.rule_set (
  id bigint generated always as identity not null,
  kind text not null,
  name text not null,
  severity text not null,
  enabled boolean not null,
  effective_from date,
  effective_to date,
  version integer not null,
  rules integer not null,
  UNIQUE (name),
  PRIMARY KEY (id),
  CHECK ((kind = ANY (ARRAY['word'::text, 'leader'::text, 'pattern'::text]))),
  CHECK ((severity = ANY (ARRAY['blocks'::text, 'needs-reason'::text, 'note'::text])))
);

create table proofreading.rule_set_version (
  set_id bigint not null,
  number integer not null,
  name text not null,
  severity text not null,
  enabled boolean not null,
  effective_from date,
  effective_to date,
  note text not null,
  added integer not null,
  removed integer not null,
  changed_by bigint,
  changed_by_name text not null,
  changed_at timestamp with time zone not null,
  PRIMARY KEY (set_id, number),
  FOREIGN KEY (set_id) REFERENCES proofreading.rule_set(id)
);

create table proofreading.spelling_training (
  only_row boolean default true not null,
  resources integer not null,
  texts integer not null,
  characters integer not null,
  digest text,
  threshold real,
  measured integer not null,
  trained_at timestamp with time zone not null,
  PRIMARY KEY (only_row),
  CHECK (only_row)
);

create table proofreading.state (
  only_row boolean default true not null,
  generation bigint not null,
  PRIMARY KEY (only_row),
  CHECK (only_row)
);

create table publishing.alarm (
  id bigint generated always as identity not null,
  at timestamp with time zone default clock_timestamp() not null,
  site text not null,
  path text not null,
  problem text not null,
  healed_at timestamp with time zone,
  PRIMARY KEY (id),
  CHECK ((problem = ANY (ARRAY['missing'::text, 'changed'::text, 'form'::text, 'stray'::text])))
);

create table publishing.background (
  id smallint default 1 not null,
  total bigint default 0 not null,
  started_at timestamp with time zone,
  paused_at timestamp with time zone,
  PRIMARY KEY (id),
  CHECK ((id = 1))
);

create table publishing.dirty (
  page_key text not null,
  priority smallint not null,
  rank smallint not null,
  since timestamp with time zone default clock_timestamp() not null,
  generation bigint default nextval('publishing.request_generation'::regclass) not null,
  forced boolean default false not null,
  failures integer default 0 not null,
  retry_at timestamp with time zone default '-infinity'::timestamp with time zone not null,
  problem text,
  PRIMARY KEY (page_key),
  CHECK ((priority = ANY (ARRAY[0, 1])))
);

create table publishing.expected_tag (
  page_key text not null,
  tags text[] not null,
  PRIMARY KEY (page_key)
);

create table publishing.intent (
  id bigint not null,
  started_at timestamp with time zone default clock_timestamp() not null,
  keys text[] not null,
  sites text[] not null,
  paths text[] not null,
  outcomes text[] not null,
  media_types text[] not null,
  digests text[] not null,
  recovered boolean default false not null,
  PRIMARY KEY (id)
);

create table publishing.pace (
  minute timestamp with time zone not null,
  pages integer not null,
  PRIMARY KEY (minute)
);

create table publishing.page (
  key text not null,
  kind text not null,
  rank smallint not null,
  site text not null,
  path text not null,
  outcome text not null,
  media_type text not null,
  digest bytea not null,
  size bigint not null,
  tags text[] not null,
  target text,
  built_at timestamp with time zone default clock_timestamp() not null,
  first_built_at timestamp with time zone default clock_timestamp() not null,
  UNIQUE (site, path) DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (key),
  CHECK (((outcome = 'moved'::text) = (target IS NOT NULL))),
  CHECK ((octet_length(digest) = 32)),
  CHECK ((outcome = ANY (ARRAY['page'::text, 'gone'::text, 'moved'::text, 'file'::text])))
);

create table publishing.receipt (
  id bigint generated always as identity not null,
  subject text not null,
  event text not null,
  requested_at timestamp with time zone not null,
  live_at timestamp with time zone,
  verified_at timestamp with time zone,
  pages integer default 0 not null,
  sites integer default 0 not null,
  UNIQUE (subject, requested_at),
  PRIMARY KEY (id)
);

create table publishing.receipt_page (
  receipt_id bigint not null,
  page_key text not null,
  live_at timestamp with time zone,
  PRIMARY KEY (receipt_id, page_key),
  FOREIGN KEY (receipt_id) REFERENCES publishing.receipt(id) ON DELETE CASCADE
);

create table publishing.redirect (
  site text not null,
  from_path text not null,
  to_url text not null,
  changed_at timestamp with time zone default clock_timestamp() not null,
  settled boolean default true not null,
  PRIMARY KEY (site, from_path)
);

create table relocation.copy_file (
  project_id bigint not null,
  address text not null,
  digest text not null,
  size bigint not null,
  PRIMARY KEY (project_id, address),
  FOREIGN KEY (project_id) REFERENCES relocation.project(id) ON DELETE CASCADE
);

create table relocation.mapping (
  project_id bigint not null,
  key text not null,
  column_id bigint,
  PRIMARY KEY (project_id, key),
  FOREIGN KEY (project_id) REFERENCES relocation.project(id) ON DELETE CASCADE
);

create table relocation.page (
  id bigint generated always as identity not null,
  project_id bigint not null,
  address text not null,
  depth integer not null,
  run integer not null,
  state text default 'waiting'::text not null,
  kind text,
  digest text,
  media_type text,
  etag text,
  last_modified text,
  title text,
  produced_on date,
  source text,
  column_key text,
  column_name text,
  content_digest text,
  imported_digest text,
  resource_id bigint,
  moved_to text,
  asset_id bigint,
  asset_of text,
  target text,
  redirected_at timestamp with time zone,
  problem text,
  problem_detail text,
  UNIQUE (project_id, address),
  PRIMARY KEY (id),
  FOREIGN KEY (project_id) REFERENCES relocation.project(id) ON DELETE CASCADE,
  CHECK ((kind = ANY (ARRAY['article'::text, 'list'::text, 'other'::text, 'file'::text]))),
  CHECK ((state = ANY (ARRAY['waiting'::text, 'read'::text, 'failed'::text])))
);

create table relocation.project (
  id bigint generated always as identity not null,
  name text not null,
  site_id bigint not null,
  unit_id bigint not null,
  hosts text[] not null,
  source text not null,
  start_addresses text[] default '{}'::text[] not null,
  rules jsonb not null,
  limits jsonb not null,
  default_column_id bigint,
  goal text default 'sample'::text not null,
  phase text default 'new'::text not null,
  state text default 'idle'::text not null,
  run integer default 0 not null,
  problem text,
  checked boolean default false not null,
  version integer default 1 not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  started_at timestamp with time zone,
  ended_at timestamp with time zone,
  progress_at timestamp with time zone,
  PRIMARY KEY (id),
  CHECK ((goal = ANY (ARRAY['sample'::text, 'check'::text, 'import'::text]))),
  CHECK (((cardinality(hosts) >= 1) AND (cardinality(hosts) <= 20))),
  CHECK (((length(name) >= 1) AND (length(name) <= 80))),
  CHECK ((phase = ANY (ARRAY['new'::text, 'walking'::text, 'importing'::text, 'redirecting'::text, 'done'::text]))),
  CHECK ((source = ANY (ARRAY['copy'::text, 'web'::text]))),
  CHECK ((state = ANY (ARRAY['idle'::text, 'running'::text, 'paused'::text])))
);

create table review.approval (
  review_id bigint not null,
  account_id bigint not null,
  step integer not null,
  PRIMARY KEY (review_id, account_id),
  FOREIGN KEY (review_id) REFERENCES review.review(id)
);

create table review.chain (
  id bigint generated always as identity not null,
  unit_id bigint,
  column_id bigint,
  type text,
  version integer not null,
  created_at timestamp with time zone not null,
  PRIMARY KEY (id)
);

create table review.chain_version (
  chain_id bigint not null,
  number integer not null,
  name text not null,
  steps jsonb,
  few_people_reason text,
  note text not null,
  effective_on date not null,
  made_by bigint,
  made_by_name text not null,
  made_at timestamp with time zone not null,
  PRIMARY KEY (chain_id, number),
  FOREIGN KEY (chain_id) REFERENCES review.chain(id),
  CHECK (((jsonb_array_length(steps) >= 1) AND (jsonb_array_length(steps) <= 5)))
);

create table review.comment (
  id bigint generated always as identity not null,
  review_id bigint not null,
  anchor jsonb not null,
  quote text not null,
  text text not null,
  written_by bigint not null,
  written_by_name text not null,
  written_at timestamp with time zone not null,
  settled_by bigint,
  settled_by_name text,
  settled_at timestamp with time zone,
  settled_note text,
  PRIMARY KEY (id),
  FOREIGN KEY (review_id) REFERENCES review.review(id),
  CHECK ((((settled_by IS NULL) = (settled_at IS NULL)) AND ((settled_by IS NULL) = (settled_by_name IS NULL)))),
  CHECK (((settled_note IS NULL) OR (settled_at IS NOT NULL))),
  CHECK ((quote <> ''::text)),
  CHECK ((text <> ''::text))
);

create table review.decision (
  id bigint generated always as identity not null,
  review_id bigint not null,
  step integer not null,
  step_name text not null,
  outcome text not null,
  reason text,
  openness text,
  secrecy_checked boolean default false not null,
  openness_checked boolean default false not null,
  revision_digest bytea not null,
  decided_by bigint not null,
  decided_by_name text not null,
  decided_at timestamp with time zone not null,
  back_to integer,
  on_behalf_of bigint,
  on_behalf_of_name text,
  PRIMARY KEY (id),
  FOREIGN KEY (review_id) REFERENCES review.review(id),
  CHECK ((((outcome = 'sent-back'::text) = (back_to IS NOT NULL)) AND (back_to < step))) NOT VALID,
  CHECK (((outcome <> 'sent-back'::text) OR (reason IS NOT NULL))) NOT VALID,
  CHECK (((outcome <> 'approved'::text) OR (secrecy_checked AND openness_checked))),
  CHECK (((outcome <> 'returned'::text) OR (reason IS NOT NULL))),
  CHECK ((on_behalf_of <> decided_by)) NOT VALID,
  CHECK (((on_behalf_of IS NULL) = (on_behalf_of_name IS NULL))) NOT VALID,
  CHECK ((outcome = ANY (ARRAY['approved'::text, 'returned'::text, 'sent-back'::text, 'recalled'::text, 'urgent'::text, 'objected'::text]))) NOT VALID,
  CHECK (((outcome <> 'urgent'::text) OR (on_behalf_of IS NULL))) NOT VALID,
  CHECK (((outcome <> ALL (ARRAY['urgent'::text, 'objected'::text])) OR (reason IS NOT NULL))) NOT VALID
);

create table review.delegation (
  id bigint generated always as identity not null,
  account_id bigint not null,
  account_name text not null,
  delegate_id bigint not null,
  delegate_name text not null,
  starts_on date not null,
  ends_on date not null,
  reason text not null,
  created_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  PRIMARY KEY (id),
  CHECK ((account_id <> delegate_id)),
  CHECK ((starts_on <= ends_on))
);

create table review.disclosure_rule (
  is_only boolean default true not null,
  reassess_months integer default 12 not null,
  assessed_since timestamp with time zone not null,
  PRIMARY KEY (is_only),
  CHECK (is_only),
  CHECK (((reassess_months >= 1) AND (reassess_months <= 60)))
);

create table review.opening (
  review_id bigint not null,
  account_id bigint not null,
  revision_digest bytea not null,
  opened_at timestamp with time zone not null,
  PRIMARY KEY (review_id, account_id),
  FOREIGN KEY (review_id) REFERENCES review.review(id),
  CHECK ((length(revision_digest) = 32))
);

create table review.openness_assessment (
  id bigint generated always as identity not null,
  review_id bigint not null,
  revision_id bigint not null,
  revision_digest bytea not null,
  step_name text not null,
  open_mode text not null,
  reason_key text,
  reason_note text,
  answers jsonb not null,
  assessed_by bigint not null,
  assessed_by_name text not null,
  assessed_at timestamp with time zone not null,
  PRIMARY KEY (id),
  FOREIGN KEY (reason_key) REFERENCES review.openness_reason(key),
  FOREIGN KEY (review_id) REFERENCES review.review(id),
  CHECK (((open_mode = '主动公开'::text) = (reason_key IS NULL))),
  CHECK ((open_mode = ANY (ARRAY['主动公开'::text, '依申请公开'::text, '不予公开'::text]))),
  CHECK ((length(revision_digest) = 32))
);

create table review.openness_reason (
  key text not null,
  "position" integer not null,
  article text not null,
  name text not null,
  statute text not null,
  open_modes text[] not null,
  valid_from date not null,
  valid_to date,
  UNIQUE ("position"),
  PRIMARY KEY (key),
  CHECK ((valid_to > valid_from)),
  CHECK ((key ~ '^[a-z0-9-]{1,40}$'::text)),
  CHECK (((open_modes <@ ARRAY['依申请公开'::text, '不予公开'::text]) AND (cardinality(open_modes) > 0)))
);

create table review.opinion (
  id bigint generated always as identity not null,
  review_id bigint not null,
  step integer not null,
  step_name text not null,
  unit_id bigint not null,
  unit_name text not null,
  question text not null,
  asked_by bigint,
  asked_by_name text not null,
  asked_at timestamp with time zone not null,
  due_on date,
  state text not null,
  stance text,
  answer text,
  revision_digest bytea,
  ended_by bigint,
  ended_by_name text,
  on_behalf_of bigint,
  on_behalf_of_name text,
  ended_at timestamp with time zone,
  end_reason text,
  PRIMARY KEY (id),
  FOREIGN KEY (review_id) REFERENCES review.review(id),
  CHECK ((answer <> ''::text)),
  CHECK (((state = 'open'::text) = (ended_at IS NULL))),
  CHECK ((((state = 'answered'::text) = (stance IS NOT NULL)) AND ((state = 'answered'::text) = (revision_digest IS NOT NULL)))),
  CHECK (((answer IS NOT NULL) OR (stance IS NULL) OR (stance = 'agree'::text))),
  CHECK (((answer IS NULL) OR (state = 'answered'::text))),
  CHECK (((state <> ALL (ARRAY['answered'::text, 'withdrawn'::text])) OR (ended_by IS NOT NULL))),
  CHECK (((state <> ALL (ARRAY['withdrawn'::text, 'closed'::text])) OR (end_reason IS NOT NULL))),
  CHECK (((ended_by IS NULL) = (ended_by_name IS NULL))),
  CHECK ((((on_behalf_of IS NULL) = (on_behalf_of_name IS NULL)) AND (on_behalf_of <> ended_by))),
  CHECK ((question <> ''::text)),
  CHECK ((length(revision_digest) = 32)),
  CHECK ((stance = ANY (ARRAY['agree'::text, 'amend'::text, 'oppose'::text]))),
  CHECK ((state = ANY (ARRAY['open'::text, 'answered'::text, 'withdrawn'::text, 'unanswered'::text, 'closed'::text])))
);

create table review.reassessment (
  id bigint generated always as identity not null,
  review_id bigint not null,
  outcome text not null,
  open_mode text not null,
  reason_key text,
  note text not null,
  next_due_on date,
  assessed_by bigint not null,
  assessed_by_name text not null,
  assessed_at timestamp with time zone not null,
  PRIMARY KEY (id),
  FOREIGN KEY (reason_key) REFERENCES review.openness_reason(key),
  FOREIGN KEY (review_id) REFERENCES review.undisclosed(review_id),
  CHECK (((outcome = 'keep'::text) = (next_due_on IS NOT NULL))),
  CHECK (((outcome = 'keep'::text) = (reason_key IS NOT NULL))),
  CHECK (((outcome = 'may-open'::text) = (open_mode = '主动公开'::text))),
  CHECK ((length(TRIM(BOTH FROM note)) >= 2)),
  CHECK ((open_mode = ANY (ARRAY['主动公开'::text, '依申请公开'::text, '不予公开'::text]))),
  CHECK ((outcome = ANY (ARRAY['keep'::text, 'may-open'::text])))
);

create table review.reminder (
  id bigint generated always as identity not null,
  review_id bigint not null,
  step_name text not null,
  step_since timestamp with time zone not null,
  kind text not null,
  to_names text,
  given_by bigint,
  given_by_name text,
  note text,
  given_at timestamp with time zone not null,
  PRIMARY KEY (id),
  FOREIGN KEY (review_id) REFERENCES review.review(id),
  CHECK (((kind = 'escalated'::text) = (to_names IS NOT NULL))),
  CHECK ((((kind = 'urged'::text) = (given_by IS NOT NULL)) AND ((given_by IS NULL) = (given_by_name IS NULL)))),
  CHECK (((note IS NULL) OR (kind = 'urged'::text))),
  CHECK ((kind = ANY (ARRAY['soon'::text, 'overdue'::text, 'escalated'::text, 'urged'::text])))
);

create table review.responsibility_record (
  review_id bigint not null,
  duty text not null,
  revision_id bigint not null,
  resource_id bigint not null,
  account_id bigint,
  person_name text not null,
  unit_id bigint not null,
  unit_name text not null,
  at timestamp with time zone not null,
  place integer default 0 not null,
  step_name text,
  on_behalf_of_name text,
  PRIMARY KEY (review_id, duty, place),
  FOREIGN KEY (review_id) REFERENCES review.review(id),
  CHECK ((duty = ANY (ARRAY['written'::text, 'entered'::text, 'first-reviewed'::text, 'second-reviewed'::text, 'reviewed'::text, 'consulted'::text, 'signed'::text, 'released'::text]))) NOT VALID
);

create table review.retrospective_reminder (
  review_id bigint not null,
  kind text not null,
  given_at timestamp with time zone not null,
  PRIMARY KEY (review_id, kind),
  FOREIGN KEY (review_id) REFERENCES review.urgent_release(review_id),
  CHECK ((kind = ANY (ARRAY['soon'::text, 'overdue'::text])))
);

create table review.review (
  id bigint generated always as identity not null,
  resource_id bigint not null,
  revision_id bigint not null,
  revision_digest bytea not null,
  unit_id bigint not null,
  type text not null,
  title text not null,
  chain jsonb not null,
  step integer not null,
  state text not null,
  submitted_by bigint not null,
  submitted_by_name text not null,
  author_ids bigint[] not null,
  submitted_at timestamp with time zone not null,
  step_since timestamp with time zone not null,
  ended_at timestamp with time zone,
  next_id bigint,
  chain_name text,
  waiting_ids bigint[],
  asked_ids bigint[],
  asked_unit_ids bigint[],
  last_step integer,
  urgent_wish text,
  soon_at timestamp with time zone,
  due_at timestamp with time zone,
  escalate_at timestamp with time zone,
  call_at timestamp with time zone,
  escalated_ids bigint[],
  PRIMARY KEY (id),
  FOREIGN KEY (next_id) REFERENCES review.review(id),
  CHECK ((submitted_by = ANY (author_ids))),
  CHECK ((((soon_at IS NULL) = (due_at IS NULL)) AND ((due_at IS NULL) = (escalate_at IS NULL)))),
  CHECK (((soon_at <= due_at) AND (due_at <= escalate_at))),
  CHECK (((state = ANY (ARRAY['open'::text, 'retrospective'::text])) = (ended_at IS NULL))) NOT VALID,
  CHECK (((state = ANY (ARRAY['retrospective'::text, 'confirmed'::text, 'objected'::text])) = (last_step IS NOT NULL))) NOT VALID,
  CHECK ((state = ANY (ARRAY['open'::text, 'signed'::text, 'returned'::text, 'recalled'::text, 'retrospective'::text, 'confirmed'::text, 'objected'::text]))) NOT VALID
);

create table review.secrecy_item (
  key text not null,
  "position" integer not null,
  name text not null,
  question text not null,
  valid_from date not null,
  valid_to date,
  UNIQUE ("position"),
  PRIMARY KEY (key),
  CHECK ((valid_to > valid_from)),
  CHECK ((key ~ '^[a-z0-9-]{1,40}$'::text))
);

create table review.signature (
  review_id bigint not null,
  resource_id bigint not null,
  revision_id bigint not null,
  revision_digest bytea not null,
  opinion text,
  method text not null,
  image_digest bytea,
  signed_by bigint not null,
  signed_by_name text not null,
  signed_for text not null,
  signed_at timestamp with time zone not null,
  id bigint generated always as identity not null,
  on_behalf_of bigint,
  on_behalf_of_name text,
  urgent boolean default false not null,
  PRIMARY KEY (id),
  FOREIGN KEY (review_id) REFERENCES review.review(id),
  CHECK (((on_behalf_of IS NULL) = (on_behalf_of_name IS NULL))),
  CHECK ((length(image_digest) = 32)),
  CHECK ((method = ANY (ARRAY['password'::text, 'totp'::text, 'recovery-code'::text]))),
  CHECK ((length(revision_digest) = 32))
);

create table review.undisclosed (
  review_id bigint not null,
  resource_id bigint not null,
  open_mode text not null,
  reason_key text not null,
  found_at timestamp with time zone not null,
  due_on date,
  ended_as text,
  PRIMARY KEY (review_id),
  FOREIGN KEY (reason_key) REFERENCES review.openness_reason(key),
  FOREIGN KEY (review_id) REFERENCES review.review(id),
  CHECK (((due_on IS NULL) = (ended_as IS NOT NULL))),
  CHECK ((ended_as = ANY (ARRAY['may-open'::text, 'published'::text, 'found-anew'::text]))),
  CHECK ((open_mode = ANY (ARRAY['依申请公开'::text, '不予公开'::text])))
);

create table review.urgent_release (
  review_id bigint not null,
  resource_id bigint not null,
  reason text not null,
  released_by bigint not null,
  released_by_name text not null,
  released_at timestamp with time zone not null,
  due_at timestamp with time zone not null,
  settled_as text,
  settled_at timestamp with time zone,
  PRIMARY KEY (review_id),
  FOREIGN KEY (review_id) REFERENCES review.review(id),
  CHECK (((due_at > released_at) AND (due_at <= (released_at + '72:00:00'::interval)))),
  CHECK (((settled_as IS NULL) = (settled_at IS NULL))),
  CHECK ((length(TRIM(BOTH FROM reason)) >= 2)),
  CHECK ((settled_as = ANY (ARRAY['corrected'::text, 'withdrawn'::text])))
);

create table review.urgent_rule (
  unit_id bigint not null,
  covers_below boolean not null,
  account_ids bigint[] not null,
  review_hours integer not null,
  note text not null,
  version integer not null,
  set_by bigint,
  set_by_name text not null,
  set_at timestamp with time zone not null,
  PRIMARY KEY (unit_id),
  CHECK (((cardinality(account_ids) >= 1) AND (cardinality(account_ids) <= 10))),
  CHECK (((review_hours >= 1) AND (review_hours <= 72)))
);

create table search.dirty (
  key text not null,
  since timestamp with time zone default clock_timestamp() not null,
  generation bigint default nextval('search.request_generation'::regclass) not null,
  failures integer default 0 not null,
  retry_at timestamp with time zone default '-infinity'::timestamp with time zone not null,
  PRIMARY KEY (key)
);

create table search.document (
  key text not null,
  index_id text not null,
  site text not null,
  unit text not null,
  version bigint not null,
  digest bytea,
  deleted_at timestamp with time zone,
  PRIMARY KEY (key),
  CHECK ((octet_length(digest) = 32))
);

create table search.state (
  singleton boolean default true not null,
  index_id text not null,
  rebuilt_at timestamp with time zone default clock_timestamp() not null,
  PRIMARY KEY (singleton),
  CHECK (singleton)
);

create table sites.address (
  resource_id bigint not null,
  site_id bigint not null,
  column_id bigint not null,
  path text not null,
  UNIQUE (site_id, path),
  PRIMARY KEY (resource_id),
  FOREIGN KEY (column_id) REFERENCES sites."column"(id),
  FOREIGN KEY (site_id) REFERENCES sites.site(id)
);

create table sites.bulk_act (
  id bigint generated always as identity not null,
  account_id bigint not null,
  kind text not null,
  column_id bigint,
  reason text,
  category text,
  created_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  PRIMARY KEY (id),
  FOREIGN KEY (column_id) REFERENCES sites."column"(id),
  CHECK ((kind = ANY (ARRAY['place'::text, 'take-off'::text, 'withdraw'::text, 'set-category'::text, 'reuse'::text])))
);

create table sites.bulk_item (
  bulk_act_id bigint not null,
  place integer not null,
  resource_id bigint not null,
  version integer not null,
  outcome text default 'waiting'::text not null,
  message text,
  UNIQUE (bulk_act_id, resource_id),
  PRIMARY KEY (bulk_act_id, place),
  FOREIGN KEY (bulk_act_id) REFERENCES sites.bulk_act(id),
  CHECK ((outcome = ANY (ARRAY['waiting'::text, 'done'::text, 'refused'::text, 'failed'::text])))
);

create table sites."column" (
  id bigint generated always as identity not null,
  site_id bigint not null,
  parent_id bigint,
  unit_id bigint not null,
  name text not null,
  slug text not null,
  path text not null,
  kind text not null,
  description text not null,
  keywords text not null,
  update_days integer,
  "position" integer default 0 not null,
  in_navigation boolean default false not null,
  home_position integer,
  hidden_when_empty boolean default false not null,
  closed_at timestamp with time zone,
  last_sequence bigint default 0 not null,
  version integer default 1 not null,
  display text default 'list'::text not null,
  reprint_sources text[] default '{}'::text[] not null,
  update_months integer,
  update_event text,
  created_at timestamp with time zone default now() not null,
  correction_required boolean default false not null,
  UNIQUE (site_id, path),
  PRIMARY KEY (id),
  FOREIGN KEY (parent_id) REFERENCES sites."column"(id),
  FOREIGN KEY (site_id) REFERENCES sites.site(id),
  CHECK ((num_nonnulls(update_days, update_months, update_event) <= 1)),
  CHECK ((display = ANY (ARRAY['list'::text, 'pictures'::text]))),
  CHECK ((kind = ANY (ARRAY['channel'::text, 'news'::text, 'notice'::text, 'policy'::text, 'interpretation'::text, 'overview'::text, 'institution'::text, 'leader'::text, 'disclosure-guide'::text, 'disclosure-system'::text, 'disclosure-content'::text, 'annual-report'::text, 'disclosure-request'::text, 'interaction'::text, 'service'::text, 'data'::text, 'topic'::text]))),
  CHECK ((path ~ '^(/[a-z0-9][a-z0-9-]{0,40})+/$'::text)),
  CHECK ((slug ~ '^[a-z0-9][a-z0-9-]{0,40}$'::text)),
  CHECK ((update_days > 0)),
  CHECK ((update_event <> ''::text)),
  CHECK ((update_months > 0))
);

create table sites.column_link (
  column_id bigint not null,
  url text not null,
  reason text,
  set_by_name text not null,
  set_at timestamp with time zone not null,
  checked_at timestamp with time zone,
  trouble text,
  failing_since timestamp with time zone,
  PRIMARY KEY (column_id),
  FOREIGN KEY (column_id) REFERENCES sites."column"(id),
  CHECK ((url ~~ 'https://%'::text))
);

create table sites.column_writers (
  id bigint not null,
  unit_ids bigint[] not null,
  version integer default 1 not null,
  PRIMARY KEY (id),
  FOREIGN KEY (id) REFERENCES sites."column"(id),
  CHECK ((cardinality(unit_ids) > 0))
);

create table sites.entry_removal (
  id bigint generated always as identity not null,
  column_id bigint not null,
  resource_id bigint not null,
  unit_id bigint not null,
  title text not null,
  reason text not null,
  removed_by_name text not null,
  removed_at timestamp with time zone not null,
  PRIMARY KEY (id),
  FOREIGN KEY (column_id) REFERENCES sites."column"(id)
);

create table sites.exposure (
  resource_id bigint not null,
  column_id bigint not null,
  PRIMARY KEY (resource_id, column_id)
);

create table sites.joint_release (
  id bigint generated always as identity not null,
  unit_id bigint not null,
  lead_resource_id bigint not null,
  name text not null,
  state text default 'waiting'::text not null,
  release_at timestamp with time zone,
  version integer default 1 not null,
  made_by_name text not null,
  made_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  ended_by_name text,
  end_reason text,
  PRIMARY KEY (id),
  CHECK (((state = 'waiting'::text) = (ended_at IS NULL))),
  CHECK (((state = 'cancelled'::text) = (end_reason IS NOT NULL))),
  CHECK (((length(name) >= 2) AND (length(name) <= 100))),
  CHECK ((state = ANY (ARRAY['waiting'::text, 'released'::text, 'cancelled'::text])))
);

create table sites.joint_release_member (
  id bigint generated always as identity not null,
  release_id bigint not null,
  resource_id bigint not null,
  added_by_name text not null,
  added_at timestamp with time zone not null,
  waits boolean default true not null,
  removed_at timestamp with time zone,
  removed_by_name text,
  removal_reason text,
  PRIMARY KEY (id),
  FOREIGN KEY (release_id) REFERENCES sites.joint_release(id),
  CHECK ((((removed_at IS NULL) = (removed_by_name IS NULL)) AND ((removed_at IS NULL) = (removal_reason IS NULL)))),
  CHECK (((removed_at IS NULL) OR (NOT waits)))
);

create table sites.listing (
  column_id bigint not null,
  sequence bigint not null,
  resource_id bigint not null,
  via_column_id bigint,
  title_override text,
  pinned_until timestamp with time zone,
  listed_at timestamp with time zone not null,
  PRIMARY KEY (column_id, sequence),
  FOREIGN KEY (column_id) REFERENCES sites."column"(id),
  FOREIGN KEY (via_column_id) REFERENCES sites."column"(id)
);

create table sites.mapping (
  column_id bigint not null,
  source_column_id bigint not null,
  PRIMARY KEY (column_id, source_column_id),
  FOREIGN KEY (column_id) REFERENCES sites."column"(id),
  FOREIGN KEY (source_column_id) REFERENCES sites."column"(id),
  CHECK ((column_id <> source_column_id))
);

create table sites.mapping_match (
  rule_id bigint not null,
  resource_id bigint not null,
  state text not null,
  found_at timestamp with time zone not null,
  decided_by_name text,
  decided_at timestamp with time zone,
  reason text,
  PRIMARY KEY (rule_id, resource_id),
  FOREIGN KEY (rule_id) REFERENCES sites.mapping_rule(id),
  CHECK (((state = 'waiting'::text) = (decided_at IS NULL))),
  CHECK (((state <> 'declined'::text) OR (reason IS NOT NULL))),
  CHECK ((state = ANY (ARRAY['waiting'::text, 'accepted'::text, 'declined'::text])))
);

create table sites.mapping_rule (
  id bigint generated always as identity not null,
  column_id bigint not null,
  mode text not null,
  source_column_id bigint,
  unit_id bigint,
  unit_kind text,
  types text[] default '{}'::text[] not null,
  term text,
  keyword text,
  version integer default 1 not null,
  changed_by_name text not null,
  changed_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  filled_version integer,
  filled_sources text,
  PRIMARY KEY (id),
  FOREIGN KEY (column_id) REFERENCES sites."column"(id),
  FOREIGN KEY (source_column_id) REFERENCES sites."column"(id),
  CHECK ((num_nonnulls(source_column_id, unit_id, unit_kind) = 1)),
  CHECK ((mode = ANY (ARRAY['automatic'::text, 'confirmed'::text])))
);

create table sites.mapping_rule_version (
  rule_id bigint not null,
  version integer not null,
  state jsonb not null,
  changed_by_name text not null,
  changed_at timestamp with time zone not null,
  PRIMARY KEY (rule_id, version),
  FOREIGN KEY (rule_id) REFERENCES sites.mapping_rule(id)
);

create table sites.mapping_turn (
  rule_id bigint not null,
  "position" bigint not null,
  resource_id bigint not null,
  PRIMARY KEY (rule_id, "position"),
  FOREIGN KEY (rule_id) REFERENCES sites.mapping_rule(id)
);

create table sites.placement (
  id bigint generated always as identity not null,
  column_id bigint not null,
  resource_id bigint not null,
  is_main boolean default false not null,
  title_override text,
  pinned_until timestamp with time zone,
  visible_from timestamp with time zone,
  visible_until timestamp with time zone,
  created_at timestamp with time zone not null,
  reuse_id bigint,
  mapping_rule_id bigint,
  UNIQUE (resource_id, column_id),
  PRIMARY KEY (id),
  FOREIGN KEY (column_id) REFERENCES sites."column"(id),
  FOREIGN KEY (mapping_rule_id) REFERENCES sites.mapping_rule(id),
  FOREIGN KEY (reuse_id) REFERENCES sites.reuse(id),
  CHECK (((mapping_rule_id IS NULL) OR ((reuse_id IS NULL) AND (NOT is_main)))) NOT VALID
);

create table sites.responsibility_entry (
  id bigint generated always as identity not null,
  column_id bigint not null,
  responsible_id bigint,
  contact_id bigint,
  requirement text default ''::text not null,
  ways text[] default '{}'::text[] not null,
  unit_ids bigint[] default '{}'::bigint[] not null,
  version integer default 1 not null,
  UNIQUE (column_id),
  PRIMARY KEY (id),
  FOREIGN KEY (column_id) REFERENCES sites."column"(id),
  CHECK ((ways <@ ARRAY['mapped'::text, 'submitted'::text, 'linked'::text, 'co-built'::text]))
);

create table sites.responsibility_past (
  column_id bigint not null,
  until timestamp with time zone not null,
  state jsonb not null,
  PRIMARY KEY (column_id, until),
  FOREIGN KEY (column_id) REFERENCES sites."column"(id)
);

create table sites.reuse (
  id bigint generated always as identity not null,
  resource_id bigint not null,
  column_id bigint not null,
  made_by_name text not null,
  made_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  ended_by_name text,
  end_reason text,
  PRIMARY KEY (id),
  FOREIGN KEY (column_id) REFERENCES sites."column"(id),
  CHECK ((((ended_at IS NULL) = (ended_by_name IS NULL)) AND ((ended_at IS NULL) = (end_reason IS NULL))))
);

create table sites.reuse_address (
  site_id bigint not null,
  resource_id bigint not null,
  column_id bigint not null,
  path text not null,
  UNIQUE (site_id, path),
  PRIMARY KEY (site_id, resource_id),
  FOREIGN KEY (column_id) REFERENCES sites."column"(id),
  FOREIGN KEY (site_id) REFERENCES sites.site(id)
);

create table sites.site (
  id bigint generated always as identity not null,
  unit_id bigint not null,
  key text not null,
  name text not null,
  short_name text not null,
  is_portal boolean default false not null,
  state text not null,
  description text not null,
  identity_code text not null,
  icp_number text not null,
  police_number text not null,
  organiser text not null,
  contact text not null,
  address text not null,
  theme jsonb not null,
  demonstration boolean default false not null,
  version integer default 1 not null,
  notice text default ''::text not null,
  state_since timestamp with time zone default now() not null,
  changed_at timestamp with time zone default now() not null,
  home_resource_id bigint,
  UNIQUE (key),
  PRIMARY KEY (id),
  CHECK ((identity_code ~ '^([0-9]{10}|bm[0-9]{8})?$'::text)),
  CHECK ((key ~ '^[a-z][a-z0-9-]{0,30}$'::text)),
  CHECK ((state = ANY (ARRAY['preparing'::text, 'testing'::text, 'online'::text, 'offline'::text, 'closed'::text])))
);

create table sites.site_domain (
  domain text not null,
  site_id bigint not null,
  is_primary boolean default false not null,
  PRIMARY KEY (domain),
  FOREIGN KEY (site_id) REFERENCES sites.site(id) ON DELETE CASCADE,
  CHECK ((domain = lower(domain)))
);

create table sites.submission (
  id bigint generated always as identity not null,
  resource_id bigint not null,
  column_id bigint not null,
  unit_id bigint not null,
  state text not null,
  note text default ''::text not null,
  offered_by_name text not null,
  offered_at timestamp with time zone not null,
  decided_by_name text,
  decided_at timestamp with time zone,
  reason text,
  reuse_id bigint,
  PRIMARY KEY (id),
  FOREIGN KEY (column_id) REFERENCES sites."column"(id),
  FOREIGN KEY (reuse_id) REFERENCES sites.reuse(id),
  CHECK (((state = ANY (ARRAY['prepared'::text, 'offered'::text])) = (decided_at IS NULL))),
  CHECK (((state = 'adopted'::text) = (reuse_id IS NOT NULL))),
  CHECK (((state <> 'returned'::text) OR (reason IS NOT NULL))),
  CHECK ((state = ANY (ARRAY['prepared'::text, 'offered'::text, 'adopted'::text, 'returned'::text, 'withdrawn'::text])))
);

create table sites.take_down (
  id bigint generated always as identity not null,
  resource_id bigint not null,
  unit_id bigint not null,
  title text not null,
  reason text not null,
  taken_down_by bigint not null,
  taken_down_by_name text not null,
  taken_down_at timestamp with time zone not null,
  reply text,
  answered_by_name text,
  answered_at timestamp with time zone,
  PRIMARY KEY (id),
  CHECK ((((answered_at IS NULL) = (reply IS NULL)) AND ((answered_at IS NULL) = (answered_by_name IS NULL))))
);

create table sites.topic (
  resource_id bigint not null,
  ends_on date,
  ended boolean not null,
  id bigint generated always as identity not null,
  unit_id bigint not null,
  keeper_id bigint,
  written_ends_on date,
  version integer default 1 not null,
  UNIQUE (id),
  PRIMARY KEY (resource_id)
);

create table sites.update_reminder (
  column_id bigint not null,
  due_at timestamp with time zone not null,
  kind text not null,
  given_at timestamp with time zone not null,
  PRIMARY KEY (column_id, due_at, kind),
  FOREIGN KEY (column_id) REFERENCES sites."column"(id),
  CHECK ((kind = ANY (ARRAY['soon'::text, 'overdue'::text, 'escalated'::text])))
);

create table sites.update_warning (
  single boolean default true not null,
  soon_percent integer default 80 not null,
  fortnight_days integer default 10 not null,
  escalate_days integer default 3 not null,
  topic_days integer default 14 not null,
  PRIMARY KEY (single),
  CHECK (((escalate_days >= 0) AND (escalate_days <= 365))),
  CHECK (((fortnight_days >= 1) AND (fortnight_days <= 14))),
  CHECK (single),
  CHECK (((soon_percent >= 1) AND (soon_percent <= 100))),
  CHECK (((topic_days >= 1) AND (topic_days <= 90)))
);

create table sites.urgent_notice (
  id bigint generated always as identity not null,
  resource_id bigint not null,
  level text not null,
  text text not null,
  reason text,
  raised_by text not null,
  raised_by_name text not null,
  raised_at timestamp with time zone not null,
  until timestamp with time zone,
  ended_at timestamp with time zone,
  ended_by_name text,
  end_reason text,
  PRIMARY KEY (id),
  CHECK (((until IS NULL) OR (until > raised_at))),
  CHECK ((level = ANY (ARRAY['red'::text, 'orange'::text, 'blue'::text]))),
  CHECK (((length(text) >= 1) AND (length(text) <= 80)))
);

create table transparency.entry (
  id bigint generated always as identity not null,
  site text not null,
  path text not null,
  outcome text not null,
  digest bytea,
  resource text,
  revision text,
  first_published_at timestamp with time zone,
  imported boolean not null,
  PRIMARY KEY (id),
  CHECK (((outcome = 'absent'::text) = (digest IS NULL))),
  CHECK ((octet_length(digest) = 32)),
  CHECK ((outcome = ANY (ARRAY['page'::text, 'gone'::text, 'moved'::text, 'file'::text, 'absent'::text])))
);

create table transparency.head (
  size bigint not null,
  root bytea not null,
  at timestamp with time zone not null,
  note text not null,
  PRIMARY KEY (size),
  CHECK ((octet_length(root) = 32))
);

create table transparency.leaf (
  index bigint not null,
  body text not null,
  site text not null,
  path text not null,
  digest bytea,
  PRIMARY KEY (index)
);

create table transparency.log (
  only_row boolean default true not null,
  origin text not null,
  PRIMARY KEY (only_row),
  CHECK (only_row)
);

create table transparency.node (
  level smallint not null,
  index bigint not null,
  hash bytea not null,
  PRIMARY KEY (level, index),
  CHECK ((octet_length(hash) = 32))
);

create table transparency.resource (
  resource text not null,
  leaf bigint not null,
  first_published_at timestamp with time zone not null,
  PRIMARY KEY (resource)
);

create table vocabulary.spreading (
  term_id bigint not null,
  after_resource_id bigint default 0 not null,
  asked_at timestamp with time zone not null,
  is_renamed boolean not null,
  PRIMARY KEY (term_id),
  FOREIGN KEY (term_id) REFERENCES vocabulary.term(id)
);

create table vocabulary.term (
  id bigint generated always as identity not null,
  vocabulary text not null,
  code text not null,
  reference text default ((vocabulary || ':'::text) || code) not null,
  label text not null,
  synonyms text[] default '{}'::text[] not null,
  parent_id bigint,
  valid_from date,
  valid_until date,
  replaced_by_id bigint,
  version integer default 1 not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  UNIQUE (reference),
  PRIMARY KEY (id),
  FOREIGN KEY (parent_id) REFERENCES vocabulary.term(id),
  FOREIGN KEY (replaced_by_id) REFERENCES vocabulary.term(id),
  CHECK (((replaced_by_id IS NULL) OR (valid_until IS NOT NULL))),
  CHECK (((parent_id <> id) AND (replaced_by_id <> id))),
  CHECK ((code ~ '^[A-Za-z0-9][A-Za-z0-9-]{0,39}$'::text)),
  CHECK ((vocabulary = ANY (ARRAY['topic'::text, 'genre'::text, 'audience'::text, 'life-event'::text, 'region'::text, 'issuer'::text])))
);

create table vocabulary.term_change (
  term_id bigint not null,
  number integer not null,
  act text not null,
  state jsonb not null,
  note text not null,
  changed_by bigint,
  changed_by_name text not null,
  changed_at timestamp with time zone not null,
  PRIMARY KEY (term_id, number),
  FOREIGN KEY (term_id) REFERENCES vocabulary.term(id),
  CHECK ((act = ANY (ARRAY['added'::text, 'changed'::text, 'ended'::text, 'reopened'::text, 'imported'::text])))
);

create table webhook.attempt (
  id bigint generated always as identity not null,
  message_id bigint not null,
  at timestamp with time zone not null,
  milliseconds integer not null,
  status integer,
  problem text,
  answer text,
  PRIMARY KEY (id),
  FOREIGN KEY (message_id) REFERENCES webhook.message(id) ON DELETE CASCADE
);

create table webhook.endpoint (
  id bigint generated always as identity not null,
  name text not null,
  holder text not null,
  url text not null,
  unit_ids bigint[],
  column_ids bigint[],
  types text[],
  "position" bigint not null,
  failures integer default 0 not null,
  failing_since timestamp with time zone,
  held_until timestamp with time zone,
  last_attempt_at timestamp with time zone,
  last_status integer,
  last_problem text,
  last_success_at timestamp with time zone,
  paused_at timestamp with time zone,
  pause_cause text,
  pause_reason text,
  created_at timestamp with time zone not null,
  created_by bigint,
  created_by_name text not null,
  version integer default 1 not null,
  dead_again_until timestamp with time zone,
  PRIMARY KEY (id),
  CHECK (((paused_at IS NULL) = (pause_cause IS NULL))),
  CHECK (((failures = 0) = (failing_since IS NULL))),
  CHECK ((cardinality(column_ids) > 0)),
  CHECK (((length(holder) >= 2) AND (length(holder) <= 100))),
  CHECK (((length(name) >= 2) AND (length(name) <= 60))),
  CHECK ((pause_cause = ANY (ARRAY['person'::text, 'failing'::text, 'gone'::text, 'secret-lost'::text]))),
  CHECK ((cardinality(types) > 0)),
  CHECK ((cardinality(unit_ids) > 0)),
  CHECK ((length(url) <= 2000))
);

create table webhook.message (
  id bigint generated always as identity not null,
  endpoint_id bigint not null,
  "position" bigint,
  resource_id bigint,
  state text not null,
  tries integer default 0 not null,
  due_at timestamp with time zone not null,
  told_id text,
  told_type text,
  created_at timestamp with time zone not null,
  settled_at timestamp with time zone,
  UNIQUE (endpoint_id, "position"),
  PRIMARY KEY (id),
  FOREIGN KEY (endpoint_id) REFERENCES webhook.endpoint(id),
  CHECK (((state = 'waiting'::text) = (settled_at IS NULL))),
  CHECK ((("position" IS NULL) = (resource_id IS NULL))),
  CHECK ((state = ANY (ARRAY['waiting'::text, 'delivered'::text, 'dead'::text, 'dropped'::text])))
);

create table webhook.secret (
  id bigint generated always as identity not null,
  endpoint_id bigint not null,
  sealed bytea not null,
  created_at timestamp with time zone not null,
  ends_at timestamp with time zone,
  PRIMARY KEY (id),
  FOREIGN KEY (endpoint_id) REFERENCES webhook.endpoint(id)
);

CREATE INDEX entry_actor ON ONLY audit.entry USING btree (actor_id, at DESC);
CREATE INDEX entry_at ON ONLY audit.entry USING btree (at DESC, seq DESC);
CREATE INDEX entry_object ON ONLY audit.entry USING btree (object_kind, object_id, at DESC);
CREATE INDEX entry_unit ON ONLY audit.entry USING btree (unit_id, at DESC);
CREATE INDEX item_by_pass ON following.item USING btree (subscription_id, pass);
CREATE INDEX item_by_resource ON following.item USING btree (resource_id) WHERE (resource_id IS NOT NULL);
CREATE INDEX item_by_state ON following.item USING btree (subscription_id, state, updated_at DESC, source_id DESC);
CREATE INDEX item_set_aside ON following.item USING btree (subscription_id, retry_at) WHERE (state = 'set-aside'::text);
CREATE INDEX item_to_retry ON following.item USING btree (subscription_id, updated_at) WHERE ((state = 'waiting'::text) OR (awaits <> '{}'::text[]));
CREATE INDEX subscription_due ON following.subscription USING btree (next_at) WHERE (state = 'active'::text);
CREATE INDEX account_unit ON identity.account USING btree (unit_id);
CREATE INDEX failed_sign_in_last ON identity.failed_sign_in USING btree (last_at);
CREATE INDEX former_password_account ON identity.former_password USING btree (account_id, id DESC);
CREATE INDEX reorganization_waiting ON identity.reorganization USING btree (starts_at, id) WHERE (state = ANY (ARRAY['confirmed'::text, 'running'::text]));
CREATE INDEX reorganization_unit_unit ON identity.reorganization_unit USING btree (unit_id);
CREATE INDEX session_account ON identity.session USING btree (account_id);
CREATE INDEX session_expires ON identity.session USING btree (expires_at);
CREATE INDEX signature_image_account ON identity.signature_image USING btree (account_id, digest);
CREATE UNIQUE INDEX signature_image_in_use ON identity.signature_image USING btree (account_id) WHERE (ended_at IS NULL);
CREATE INDEX split_receiver_unit ON identity.split_receiver USING btree (unit_id);
CREATE UNIQUE INDEX unit_index_code ON identity.unit USING btree ((
CASE
    WHEN (keeps_code9 AND (length(organisation_code) = 18)) THEN substr(organisation_code, 9, 9)
    ELSE organisation_code
END));
CREATE INDEX unit_parent ON identity.unit USING btree (parent_id);
CREATE INDEX unit_successor ON identity.unit USING btree (successor_id) WHERE (successor_id IS NOT NULL);
CREATE INDEX unit_ancestor_reverse ON identity.unit_ancestor USING btree (ancestor_id, unit_id);
CREATE INDEX unit_split_receiver ON identity.unit_split USING btree (receiver_id);
CREATE INDEX import_unit ON intake.import USING btree (unit_id, id DESC);
CREATE INDEX import_waiting ON intake.import USING btree (updated_at) WHERE (stage = ANY (ARRAY['inspecting'::text, 'checking'::text, 'running'::text]));
CREATE UNIQUE INDEX correction_same ON interaction.correction USING btree (same_digest, reported_on);
CREATE INDEX correction_site ON interaction.correction USING btree (site_id, id DESC);
CREATE INDEX correction_state ON interaction.correction USING btree (state, id DESC);
CREATE INDEX correction_unit ON interaction.correction USING btree (unit_id, id DESC);
CREATE INDEX correction_unit_state ON interaction.correction USING btree (unit_id, state, id DESC);
CREATE INDEX correction_transfer_of ON interaction.correction_transfer USING btree (correction_id, id);
CREATE INDEX rating_site ON interaction.rating USING btree (site_id, id DESC);
CREATE INDEX rating_unit ON interaction.rating USING btree (unit_id, id DESC);
CREATE UNIQUE INDEX asset_content ON library.asset USING btree (unit_id, digest, file_name);
CREATE INDEX asset_digest ON library.asset USING btree (digest);
CREATE UNIQUE INDEX asset_replaces ON library.asset USING btree (replaces_id) WHERE (replaces_id IS NOT NULL);
CREATE INDEX asset_unit ON library.asset USING btree (unit_id, id);
CREATE INDEX change_at ON library.change USING btree (at, "position");
CREATE INDEX change_resource ON library.change USING btree (resource_id, "position" DESC);
CREATE INDEX correction_note_resource ON library.correction_note USING btree (resource_id, id DESC);
CREATE INDEX document_name ON library.document USING btree (name);
CREATE INDEX document_mention_name ON library.document_mention USING btree (name);
CREATE INDEX file_avif_waiting ON library.file USING btree (noted_at DESC, digest) WHERE ((sizes = 'done'::text) AND (avif IS NULL));
CREATE INDEX file_preview_waiting ON library.file USING btree (noted_at DESC, digest) WHERE (preview IS NULL);
CREATE INDEX file_scan_waiting ON library.file USING btree (digest) WHERE (scan = 'waiting'::text);
CREATE INDEX file_scanned_at ON library.file USING btree (scanned_at NULLS FIRST);
CREATE INDEX file_scanned_with ON library.file USING btree (scanned_with);
CREATE INDEX file_sizes_waiting ON library.file USING btree (noted_at DESC, digest) WHERE (sizes = 'waiting'::text);
CREATE INDEX file_words_waiting ON library.file USING btree (noted_at DESC, digest) WHERE (words = 'waiting'::text);
CREATE INDEX fingerprint_bands ON library.fingerprint USING gin (bands);
CREATE INDEX fingerprint_waiting ON library.fingerprint USING btree (resource_id) WHERE (NOT compared);
CREATE INDEX index_number_given ON library.index_number USING btree (given_at, unit_id);
CREATE INDEX likeness_most ON library.likeness USING btree (similarity DESC, one_id DESC, other_id DESC);
CREATE INDEX likeness_other ON library.likeness USING btree (other_id);
CREATE INDEX likeness_dismissal_other ON library.likeness_dismissal USING btree (other_id);
CREATE INDEX picture_size_digest ON library.picture_size USING btree (size_digest);
CREATE INDEX preview_page_digest ON library.preview_page USING btree (page_digest);
CREATE INDEX quarantine_digest ON library.quarantine USING btree (digest);
CREATE INDEX quarantine_unit ON library.quarantine USING btree (unit_id, id);
CREATE INDEX relation_target ON library.relation USING btree (target_id, kind);
CREATE INDEX relation_proposal_listed ON library.relation_proposal USING btree (state, confidence DESC, id DESC);
CREATE INDEX relation_proposal_name ON library.relation_proposal USING btree (name) WHERE (state = 'proposed'::text);
CREATE INDEX relation_proposal_of_unit ON library.relation_proposal USING btree (unit_id, state, confidence DESC, id DESC);
CREATE INDEX relation_proposal_to ON library.relation_proposal USING btree (to_id);
CREATE INDEX resource_closed_updated ON library.resource USING btree (open_mode, updated_at DESC, id DESC) WHERE (open_mode <> '主动公开'::text);
CREATE INDEX resource_document_number_listed ON library.resource USING btree (document_number text_pattern_ops) INCLUDE (updated_at, first_published_at, id, stage, unit_id, type, open_mode, validity, year, head_revision_id, live_revision_id) WHERE (document_number IS NOT NULL);
CREATE INDEX resource_due ON library.resource USING btree (COALESCE(release_at, '-infinity'::timestamp with time zone), id) WHERE ((signed_revision_id IS NOT NULL) AND (stage = 'scheduled'::text) AND (NOT release_held));
CREATE INDEX resource_due_expiry ON library.resource USING btree (expire_at, id) WHERE ((live_revision_id IS NOT NULL) AND (expire_at IS NOT NULL));
CREATE UNIQUE INDEX resource_imported ON library.resource USING btree (unit_id, imported_from) WHERE (imported_from IS NOT NULL);
CREATE INDEX resource_index_number_listed ON library.resource USING btree (index_number text_pattern_ops) INCLUDE (updated_at, first_published_at, id, stage, unit_id, type, open_mode, validity, year, head_revision_id, live_revision_id) WHERE (index_number IS NOT NULL);
CREATE INDEX resource_last_published ON library.resource USING btree (last_published_at DESC, id DESC) WHERE (live_revision_id IS NOT NULL);
CREATE INDEX resource_listed ON library.resource USING btree (updated_at DESC, id DESC) INCLUDE (stage, unit_id, type, open_mode, validity, year, head_revision_id);
CREATE INDEX resource_live_terms ON library.resource USING gin (live_terms) WHERE (live_terms IS NOT NULL);
CREATE INDEX resource_published_listed ON library.resource USING btree (first_published_at DESC, id DESC) INCLUDE (stage, unit_id, type, open_mode, validity, year, head_revision_id) WHERE (live_revision_id IS NOT NULL);
CREATE INDEX resource_stage_listed ON library.resource USING btree (stage, updated_at DESC, id DESC) INCLUDE (unit_id, type, open_mode, validity, year, head_revision_id);
CREATE INDEX resource_terms ON library.resource USING gin (terms) WHERE (terms IS NOT NULL);
CREATE INDEX resource_title_pairs ON library.resource USING gin (library.character_pairs(title));
CREATE INDEX resource_type_id ON library.resource USING btree (type, id);
CREATE INDEX resource_type_updated ON library.resource USING btree (type, updated_at DESC, id DESC);
CREATE INDEX resource_unit_listed ON library.resource USING btree (unit_id, updated_at DESC, id DESC) INCLUDE (stage, type, open_mode, validity, year, head_revision_id);
CREATE INDEX resource_unit_published ON library.resource USING btree (unit_id, first_published_at) WHERE (live_revision_id IS NOT NULL);
CREATE INDEX resource_unit_stage ON library.resource USING btree (unit_id, stage, updated_at DESC, id DESC);
CREATE INDEX resource_validity_updated ON library.resource USING btree (validity, updated_at DESC, id DESC) WHERE (validity IS NOT NULL);
CREATE INDEX resource_year_updated ON library.resource USING btree (year, updated_at DESC, id DESC) WHERE (year IS NOT NULL);
CREATE INDEX revision_asset_asset ON library.revision_asset USING btree (asset_id);
CREATE INDEX text_waiting_urgent ON library.text_waiting USING btree (id) WHERE (NOT is_imported);
CREATE INDEX validity_ruling_due ON library.validity_ruling USING btree (effective_on, id) WHERE (state = 'waiting'::text);
CREATE INDEX validity_ruling_resource ON library.validity_ruling USING btree (resource_id, id DESC);
CREATE UNIQUE INDEX validity_ruling_waiting ON library.validity_ruling USING btree (resource_id) WHERE (state = 'waiting'::text);
CREATE UNIQUE INDEX export_open ON packaging.export USING btree (requested_by) WHERE (stage = ANY (ARRAY['waiting'::text, 'running'::text]));
CREATE INDEX export_to_expire ON packaging.export USING btree (expires_at) WHERE (stage = 'done'::text);
CREATE INDEX export_waiting ON packaging.export USING btree (id) WHERE (stage = ANY (ARRAY['waiting'::text, 'running'::text]));
CREATE INDEX event_at ON platform.event USING btree (at);
CREATE INDEX event_by_xid ON platform.event USING btree (xid);
CREATE INDEX event_delivery_next ON platform.event_delivery USING btree (queue, priority, event_id);
CREATE UNIQUE INDEX approved_emblem_standing ON proofreading.approved_emblem USING btree (digest) WHERE (ended_at IS NULL);
CREATE INDEX finding_blocking ON proofreading.finding USING btree (state, id DESC) WHERE (severity = 'blocks'::text);
CREATE INDEX finding_open ON proofreading.finding USING btree (resource_id) WHERE (state = 'open'::text);
CREATE INDEX finding_rule ON proofreading.finding USING btree (state, split_part(rule, ':'::text, 1), id DESC);
CREATE INDEX finding_state ON proofreading.finding USING btree (state, id DESC);
CREATE INDEX finding_unit ON proofreading.finding USING btree (unit_id, state, id DESC);
CREATE INDEX finding_unit_blocking ON proofreading.finding USING btree (unit_id, state, id DESC) WHERE (severity = 'blocks'::text);
CREATE INDEX finding_unit_rule ON proofreading.finding USING btree (unit_id, state, split_part(rule, ':'::text, 1), id DESC);
CREATE INDEX finding_task_due ON proofreading.finding_task USING btree (unit_id, due_on, id) WHERE (ended_at IS NULL);
CREATE INDEX finding_task_ended ON proofreading.finding_task USING btree (ended_at, unit_id) WHERE (ended_at IS NOT NULL);
CREATE UNIQUE INDEX finding_task_open ON proofreading.finding_task USING btree (finding_id) WHERE (ended_at IS NULL);
CREATE INDEX finding_task_resource ON proofreading.finding_task USING btree (resource_id) WHERE (ended_at IS NULL);
CREATE INDEX finding_task_undated ON proofreading.finding_task USING btree (given_on, days) WHERE ((due_on IS NULL) AND (ended_at IS NULL));
CREATE UNIQUE INDEX host_ruling_standing ON proofreading.host_ruling USING btree (host) WHERE (ended_at IS NULL);
CREATE INDEX link_state_dead ON proofreading.link_state USING btree (address) WHERE ((failed_days >= 3) AND (due_at IS NOT NULL));
CREATE INDEX link_state_due ON proofreading.link_state USING btree (due_at) WHERE (due_at IS NOT NULL);
CREATE INDEX link_state_host_due ON proofreading.link_state USING btree (host, due_at) WHERE (due_at IS NOT NULL);
CREATE INDEX link_use_address ON proofreading.link_use USING btree (address);
CREATE INDEX override_resource ON proofreading.override USING btree (resource_id, id);
CREATE INDEX override_revision ON proofreading.override USING btree (revision_id, id);
CREATE UNIQUE INDEX rule_key ON proofreading.rule USING btree (set_id, key) WHERE (until IS NULL);
CREATE UNIQUE INDEX rule_now ON proofreading.rule USING btree (set_id, rank, key COLLATE "C") WHERE (until IS NULL);
CREATE INDEX alarm_by_time ON publishing.alarm USING btree (at);
CREATE UNIQUE INDEX alarm_open ON publishing.alarm USING btree (site, path) WHERE (healed_at IS NULL);
CREATE INDEX dirty_failing ON publishing.dirty USING btree (failures) WHERE (failures > 0);
CREATE INDEX dirty_in_order ON publishing.dirty USING btree (priority, rank, since, page_key);
CREATE INDEX page_by_tag ON publishing.page USING gin (tags) WITH (fastupdate=off);
CREATE INDEX receipt_by_time ON publishing.receipt USING btree (requested_at);
CREATE INDEX receipt_unverified ON publishing.receipt USING btree (id) WHERE (verified_at IS NULL);
CREATE INDEX receipt_page_awaited ON publishing.receipt_page USING btree (page_key) WHERE (live_at IS NULL);
CREATE INDEX redirect_by_target ON publishing.redirect USING hash (to_url);
CREATE INDEX redirect_to_settle ON publishing.redirect USING btree (site, from_path) WHERE (NOT settled);
CREATE INDEX page_by_column ON relocation.page USING btree (project_id, column_key) WHERE (kind = 'article'::text);
CREATE INDEX page_to_import ON relocation.page USING btree (project_id, produced_on, id) WHERE ((kind = 'article'::text) AND (content_digest IS DISTINCT FROM imported_digest));
CREATE INDEX page_to_redirect ON relocation.page USING btree (project_id, id) WHERE ((target IS NOT NULL) AND (redirected_at IS NULL));
CREATE INDEX page_waiting ON relocation.page USING btree (project_id, depth, id) WHERE (state = 'waiting'::text);
CREATE INDEX page_with_problem ON relocation.page USING btree (project_id, problem, id) WHERE (problem IS NOT NULL);
CREATE INDEX project_running ON relocation.project USING btree (id) WHERE (state = 'running'::text);
CREATE UNIQUE INDEX chain_rule ON review.chain USING btree (unit_id, column_id, type) NULLS NOT DISTINCT;
CREATE INDEX comment_review ON review.comment USING btree (review_id, id);
CREATE INDEX comment_unsettled ON review.comment USING btree (review_id, id) WHERE (settled_at IS NULL);
CREATE INDEX decision_decider ON review.decision USING btree (decided_by, decided_at DESC);
CREATE INDEX decision_review ON review.decision USING btree (review_id, id);
CREATE INDEX delegation_account ON review.delegation USING btree (account_id, id DESC);
CREATE INDEX delegation_delegate ON review.delegation USING btree (delegate_id, id DESC);
CREATE INDEX opening_account ON review.opening USING btree (account_id, review_id);
CREATE INDEX openness_assessment_review ON review.openness_assessment USING btree (review_id, id);
CREATE INDEX openness_assessment_revision ON review.openness_assessment USING btree (revision_id, id DESC);
CREATE INDEX opinion_answered ON review.opinion USING btree (ended_by, id) WHERE (state = 'answered'::text);
CREATE INDEX opinion_answered_for ON review.opinion USING btree (on_behalf_of, id) WHERE ((state = 'answered'::text) AND (on_behalf_of IS NOT NULL));
CREATE UNIQUE INDEX opinion_once ON review.opinion USING btree (review_id, unit_id) WHERE (state = 'open'::text);
CREATE INDEX opinion_review ON review.opinion USING btree (review_id, id);
CREATE INDEX opinion_waiting ON review.opinion USING btree (unit_id, asked_at, id) WHERE (state = 'open'::text);
CREATE INDEX reassessment_review ON review.reassessment USING btree (review_id, id DESC);
CREATE UNIQUE INDEX reminder_once ON review.reminder USING btree (review_id, step_since, kind) WHERE (kind <> 'urged'::text);
CREATE INDEX reminder_review ON review.reminder USING btree (review_id, id);
CREATE INDEX responsibility_resource ON review.responsibility_record USING btree (resource_id, review_id);
CREATE INDEX responsibility_time_place ON review.responsibility_record USING btree (at, review_id, duty, place);
CREATE INDEX review_asked ON review.review USING gin (asked_ids) WHERE ((state = 'open'::text) AND (asked_ids IS NOT NULL));
CREATE INDEX review_asked_unit ON review.review USING gin (asked_unit_ids) WHERE ((state = 'open'::text) AND (asked_unit_ids IS NOT NULL));
CREATE INDEX review_call ON review.review USING btree (call_at) WHERE ((state = 'open'::text) AND (call_at IS NOT NULL));
CREATE INDEX review_due ON review.review USING btree (due_at) WHERE ((state = 'open'::text) AND (due_at IS NOT NULL));
CREATE INDEX review_escalated ON review.review USING gin (escalated_ids) WHERE ((state = 'open'::text) AND (escalated_ids IS NOT NULL));
CREATE UNIQUE INDEX review_open ON review.review USING btree (resource_id) WHERE (state = 'open'::text);
CREATE INDEX review_resource ON review.review USING btree (resource_id, id DESC);
CREATE INDEX review_state ON review.review USING btree (state, id DESC);
CREATE INDEX review_unit ON review.review USING btree (unit_id, id DESC);
CREATE INDEX review_unit_open ON review.review USING btree (unit_id, step_since, id) WHERE (state = 'open'::text);
CREATE INDEX review_unit_returned ON review.review USING btree (unit_id, ended_at) WHERE ((state = 'returned'::text) AND (next_id IS NULL));
CREATE INDEX review_unit_state ON review.review USING btree (unit_id, state, id DESC);
CREATE INDEX signature_review ON review.signature USING btree (review_id, id);
CREATE INDEX signature_revision ON review.signature USING btree (revision_id);
CREATE INDEX undisclosed_due ON review.undisclosed USING btree (due_on, review_id) WHERE (due_on IS NOT NULL);
CREATE UNIQUE INDEX undisclosed_resource ON review.undisclosed USING btree (resource_id) WHERE (due_on IS NOT NULL);
CREATE INDEX urgent_release_resource ON review.urgent_release USING btree (resource_id);
CREATE INDEX urgent_release_unsettled ON review.urgent_release USING btree (review_id) WHERE (settled_at IS NULL);
CREATE INDEX dirty_in_order ON search.dirty USING btree (since, key);
CREATE INDEX document_by_site ON search.document USING btree (site) WHERE (deleted_at IS NULL);
CREATE INDEX document_by_unit ON search.document USING btree (unit) WHERE (deleted_at IS NULL);
CREATE INDEX address_column ON sites.address USING btree (column_id);
CREATE INDEX bulk_act_account ON sites.bulk_act USING btree (account_id, id DESC);
CREATE INDEX bulk_act_open ON sites.bulk_act USING btree (id) WHERE (finished_at IS NULL);
CREATE INDEX column_parent ON sites."column" USING btree (parent_id);
CREATE INDEX column_unit ON sites."column" USING btree (unit_id);
CREATE INDEX column_link_due ON sites.column_link USING btree (checked_at NULLS FIRST);
CREATE INDEX entry_removal_unit ON sites.entry_removal USING btree (unit_id, removed_at DESC);
CREATE INDEX exposure_column ON sites.exposure USING btree (column_id, resource_id);
CREATE INDEX joint_release_unit ON sites.joint_release USING btree (unit_id, id DESC);
CREATE INDEX joint_release_waiting ON sites.joint_release USING btree (COALESCE(release_at, '-infinity'::timestamp with time zone), id) WHERE (state = 'waiting'::text);
CREATE INDEX joint_release_member_release ON sites.joint_release_member USING btree (release_id, id);
CREATE INDEX joint_release_member_resource ON sites.joint_release_member USING btree (resource_id, id DESC);
CREATE UNIQUE INDEX joint_release_member_waits ON sites.joint_release_member USING btree (resource_id) WHERE waits;
CREATE INDEX listing_listed ON sites.listing USING btree (column_id, listed_at);
CREATE INDEX listing_pinned ON sites.listing USING btree (column_id, pinned_until) WHERE (pinned_until IS NOT NULL);
CREATE UNIQUE INDEX listing_resource ON sites.listing USING btree (resource_id, column_id);
CREATE INDEX mapping_source ON sites.mapping USING btree (source_column_id);
CREATE INDEX mapping_match_resource ON sites.mapping_match USING btree (resource_id);
CREATE INDEX mapping_match_waiting ON sites.mapping_match USING btree (rule_id, found_at, resource_id) WHERE (state = 'waiting'::text);
CREATE INDEX mapping_rule_column ON sites.mapping_rule USING btree (column_id);
CREATE INDEX mapping_rule_unit ON sites.mapping_rule USING btree (unit_id) WHERE (unit_id IS NOT NULL);
CREATE INDEX placement_column ON sites.placement USING btree (column_id);
CREATE INDEX placement_due_from ON sites.placement USING btree (visible_from) WHERE (visible_from IS NOT NULL);
CREATE INDEX placement_due_until ON sites.placement USING btree (visible_until) WHERE (visible_until IS NOT NULL);
CREATE UNIQUE INDEX placement_main ON sites.placement USING btree (resource_id) WHERE is_main;
CREATE INDEX placement_mapping_rule ON sites.placement USING btree (mapping_rule_id) WHERE (mapping_rule_id IS NOT NULL);
CREATE INDEX responsibility_entry_contact ON sites.responsibility_entry USING btree (contact_id) WHERE (contact_id IS NOT NULL);
CREATE INDEX responsibility_entry_responsible ON sites.responsibility_entry USING btree (responsible_id) WHERE (responsible_id IS NOT NULL);
CREATE INDEX reuse_column ON sites.reuse USING btree (column_id, id DESC);
CREATE UNIQUE INDEX reuse_standing ON sites.reuse USING btree (resource_id, column_id) WHERE (ended_at IS NULL);
CREATE INDEX reuse_address_resource ON sites.reuse_address USING btree (resource_id);
CREATE UNIQUE INDEX site_home_resource ON sites.site USING btree (home_resource_id) WHERE (home_resource_id IS NOT NULL);
CREATE UNIQUE INDEX site_one_portal ON sites.site USING btree (is_portal) WHERE is_portal;
CREATE UNIQUE INDEX site_domain_primary ON sites.site_domain USING btree (site_id) WHERE is_primary;
CREATE INDEX submission_column ON sites.submission USING btree (column_id, id DESC);
CREATE INDEX submission_month ON sites.submission USING btree (offered_at);
CREATE UNIQUE INDEX submission_open ON sites.submission USING btree (resource_id, column_id) WHERE (state = ANY (ARRAY['prepared'::text, 'offered'::text]));
CREATE INDEX submission_returned ON sites.submission USING btree (unit_id, decided_at DESC) WHERE (state = 'returned'::text);
CREATE INDEX submission_unit ON sites.submission USING btree (unit_id, id DESC);
CREATE INDEX submission_waiting ON sites.submission USING btree (column_id, id) WHERE (state = 'offered'::text);
CREATE INDEX take_down_open ON sites.take_down USING btree (unit_id, id) WHERE (answered_at IS NULL);
CREATE INDEX take_down_resource ON sites.take_down USING btree (resource_id, id DESC);
CREATE INDEX take_down_unit ON sites.take_down USING btree (unit_id, id DESC);
CREATE INDEX topic_due ON sites.topic USING btree (ends_on) WHERE ((NOT ended) AND (ends_on IS NOT NULL));
CREATE INDEX topic_unit ON sites.topic USING btree (unit_id, resource_id DESC);
CREATE UNIQUE INDEX urgent_notice_one ON sites.urgent_notice USING btree ((true)) WHERE (ended_at IS NULL);
CREATE INDEX leaf_by_address ON transparency.leaf USING btree (site, path, index DESC);
CREATE INDEX term_label ON vocabulary.term USING btree (label);
CREATE INDEX term_parent ON vocabulary.term USING btree (parent_id) WHERE (parent_id IS NOT NULL);
CREATE INDEX term_replaced ON vocabulary.term USING btree (replaced_by_id) WHERE (replaced_by_id IS NOT NULL);
CREATE INDEX term_synonyms ON vocabulary.term USING gin (synonyms);
CREATE INDEX term_vocabulary ON vocabulary.term USING btree (vocabulary, code);
CREATE INDEX attempt_of_message ON webhook.attempt USING btree (message_id, id DESC);
CREATE INDEX message_by_state ON webhook.message USING btree (endpoint_id, state, id DESC);
CREATE INDEX message_dead ON webhook.message USING btree (endpoint_id, settled_at) WHERE (state = 'dead'::text);
CREATE INDEX message_listed ON webhook.message USING btree (endpoint_id, id DESC);
CREATE INDEX message_settled ON webhook.message USING btree (settled_at) WHERE (settled_at IS NOT NULL);
CREATE INDEX message_waiting ON webhook.message USING btree (endpoint_id, "position" NULLS FIRST) WHERE (state = 'waiting'::text);
CREATE UNIQUE INDEX secret_current ON webhook.secret USING btree (endpoint_id) WHERE (ends_at IS NULL);
CREATE INDEX secret_endpoint ON webhook.secret USING btree (endpoint_id);

CREATE OR REPLACE FUNCTION audit.chain_entry()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare last audit.head;
begin
  select * into last from audit.head for update;
  new.seq := last.seq + 1;
  new.previous_hash := last.hash;
  new.hash := sha256(last.hash || convert_to(audit.entry_text(new), 'UTF8'));
  update audit.head set seq = new.seq, hash = new.hash;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION audit.entry_text(e audit.entry)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
  select jsonb_build_array(e.seq::text, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), e.actor_kind,
    e.actor_id, e.actor_name, e.unit_id::text, e.action, e.object_kind, e.object_id, e.result, e.code, e.details::text,
    e.address, e.request_id)::text
$function$
;

CREATE OR REPLACE FUNCTION audit.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'audit entries are append-only' using errcode = 'insufficient_privilege';
end $function$
;

CREATE OR REPLACE FUNCTION identity.keep_signature_image()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'UPDATE' and old.ended_at is null
    and (new.id, new.account_id, new.digest, new.content, new.begun_at)
      = (old.id, old.account_id, old.digest, old.content, old.begun_at) then
    return new;
  end if;
  raise exception 'pictures of signatures are never changed' using errcode = 'insufficient_privilege';
end $function$
;

CREATE OR REPLACE FUNCTION library.character_pairs(value text)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
  select coalesce(array_agg(distinct substr(lower(value), place, 2)), '{}')
  from generate_series(1, length(value) - 1) as place
$function$
;

CREATE OR REPLACE FUNCTION library.lock_changes()
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  perform pg_advisory_xact_lock(7246042);
end $function$
;

CREATE OR REPLACE FUNCTION library.move_proposals()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update library.relation_proposal set unit_id = new.unit_id where from_id = new.id;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION library.note_new_texts()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into library.text_waiting (resource_id, is_imported)
  select id, coalesce((select origin = 'imported' from library.revision where revision.id = head_revision_id), false)
  from now_so where head_revision_id is not null
  order by id;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION library.note_texts()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into library.text_waiting (resource_id, is_imported)
  select id, coalesce((select origin = 'imported' from library.revision where revision.id = head_revision_id), false)
  from (select id, head_revision_id, stage = 'discarded' from now_so
    except select id, head_revision_id, stage = 'discarded' from was_so) as changed
  order by id;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION library.record_change(changed bigint, what text, released bigint)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  perform library.lock_changes();
  insert into library.change (position, resource_id, kind, revision_id, digest, at)
  values (nextval('library.change_position'), changed, what, released,
    (select digest from library.revision where id = released),
    greatest(clock_timestamp(), (select at from library.change order by position desc limit 1)));
end $function$
;

CREATE OR REPLACE FUNCTION library.record_relisting(changed bigint)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare live bigint;
begin
  perform library.lock_changes();
  select live_revision_id into live from library.resource where id = changed;
  if live is null or (
    select xmin from library.change where resource_id = changed order by position desc limit 1
  ) = pg_current_xact_id()::xid then
    return;
  end if;
  perform library.record_change(changed, 'relisted', live);
end $function$
;

CREATE OR REPLACE FUNCTION library.record_relistings(changed bigint[])
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  perform library.lock_changes();
  execute $many$
    insert into library.change (position, resource_id, kind, revision_id, digest, at)
    select nextval('library.change_position'), live.* from (
      select resource.id, 'relisted', revision.id, revision.digest, $2
      from library.resource join library.revision on revision.id = resource.live_revision_id
      where resource.id = any($1) order by resource.id
    ) as live
  $many$ using changed, greatest(clock_timestamp(), (select at from library.change order by position desc limit 1));
end $function$
;

CREATE OR REPLACE FUNCTION library.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'revisions and index numbers are never changed' using errcode = 'insufficient_privilege';
end $function$
;

CREATE OR REPLACE FUNCTION library.refuse_feed_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'the change feed is append-only' using errcode = 'insufficient_privilege';
end $function$
;

CREATE OR REPLACE FUNCTION library.refuse_type_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'versions of types are never changed' using errcode = 'insufficient_privilege';
end $function$
;

CREATE OR REPLACE FUNCTION library.ruled_content(content jsonb, ruling bigint)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
AS $function$
  select case when ruling is null then content else (
    select content - '{abolishedBy,validityChangedOn,replacedBy}'::text[] || jsonb_strip_nulls(jsonb_build_object(
      'validity', validity, 'abolishedBy', nullif(basis, ''), 'validityChangedOn', effective_on,
      'replacedBy', case when replaced_by_id is not null then jsonb_build_array(replaced_by_id::text) end))
    from library.validity_ruling where id = ruling) end
$function$
;

CREATE OR REPLACE FUNCTION library.tell_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.live_revision_id is not null then
    perform library.record_change(new.id, 'released', new.live_revision_id);
  elsif old.expire_at is not null and new.expire_at is null then
    perform library.record_change(new.id, 'expired', null);
  else
    perform library.record_change(new.id, 'withdrawn', null);
  end if;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION library.tell_change_of_unit()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform library.record_relisting(new.id);
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION library.tell_relabelling()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform library.lock_changes();
  execute $many$
    insert into library.change (position, resource_id, kind, revision_id, digest, at)
    select nextval('library.change_position'), live.* from (
      select resource.id, 'relabelled', revision.id, revision.digest, $2
      from library.resource join library.revision on revision.id = resource.live_revision_id
      where resource.id = any($1) order by resource.id
    ) as live
  $many$ using new.resource_ids,
    greatest(clock_timestamp(), (select at from library.change order by position desc limit 1));
  delete from library.relabelling where id = new.id;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION proofreading.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'reasons are never changed' using errcode = 'insufficient_privilege';
end $function$
;

CREATE OR REPLACE FUNCTION review.forget_approvals()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  delete from review.approval where review_id = new.id;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION review.keep_comment()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'UPDATE' and (new.id, new.review_id, new.anchor, new.quote, new.text, new.written_by, new.written_by_name, new.written_at)
    is not distinct from (old.id, old.review_id, old.anchor, old.quote, old.text, old.written_by, old.written_by_name, old.written_at)
  then
    return new;
  end if;
  raise exception 'what was remarked in a review is never changed' using errcode = 'insufficient_privilege';
end $function$
;

CREATE OR REPLACE FUNCTION review.keep_opinion()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'UPDATE' and old.state = 'open' and
    (new.id, new.review_id, new.step, new.step_name, new.question, new.asked_by, new.asked_by_name, new.asked_at, new.due_on)
    is not distinct from
    (old.id, old.review_id, old.step, old.step_name, old.question, old.asked_by, old.asked_by_name, old.asked_at, old.due_on)
  then
    return new;
  end if;
  raise exception 'what was asked and answered in a review is never changed' using errcode = 'insufficient_privilege';
end $function$
;

CREATE OR REPLACE FUNCTION review.keep_opinions_apart()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  people bigint[] := array_remove(array[new.ended_by, new.on_behalf_of], null);
begin
  if exists (select from review.review where id = new.review_id and author_ids && people) then
    raise exception 'nobody gives an opinion on what they wrote' using errcode = 'check_violation';
  end if;
  if tg_op = 'UPDATE'
    and exists (select from review.approval where review_id = new.review_id and account_id = any(people)) then
    raise exception 'nobody gives an opinion beside their approval' using errcode = 'check_violation';
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION review.keep_people_apart()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  reviewed record;
begin
  if new.outcome = 'recalled' then return new; end if;
  select state, author_ids into strict reviewed from review.review where id = new.review_id;
  if reviewed.author_ids && array_remove(array[new.decided_by, new.on_behalf_of], null) then
    raise exception 'nobody decides on what they wrote' using errcode = 'check_violation';
  end if;
  if reviewed.state not in ('open', 'retrospective') then return new; end if;
  if new.outcome in ('approved', 'urgent', 'objected') then
    insert into review.approval (review_id, account_id, step)
      select new.review_id, person, new.step from unnest(array[new.decided_by, new.on_behalf_of]) person
      where person is not null;
  elsif new.outcome = 'sent-back' then
    delete from review.approval where review_id = new.review_id and step >= new.back_to;
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION review.keep_reminder()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'what people were reminded of is never changed' using errcode = 'insufficient_privilege';
end $function$
;

CREATE OR REPLACE FUNCTION review.keep_states_in_order()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if (old.state = 'open' and new.state in ('signed', 'returned', 'recalled', 'retrospective'))
    or (old.state = 'retrospective' and new.state in ('confirmed', 'objected')) then
    return new;
  end if;
  raise exception 'a review that is % does not become %', old.state, new.state using errcode = 'check_violation';
end $function$
;

CREATE OR REPLACE FUNCTION review.keep_urgent_release()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'UPDATE' and old.settled_at is null
    and (new.review_id, new.resource_id, new.reason, new.released_by, new.released_by_name, new.released_at, new.due_at)
    is not distinct from (old.review_id, old.resource_id, old.reason, old.released_by, old.released_by_name, old.released_at, old.due_at)
  then
    return new;
  end if;
  raise exception 'an urgent release is never changed' using errcode = 'insufficient_privilege';
end $function$
;

CREATE OR REPLACE FUNCTION review.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'decisions and responsibility records are never changed' using errcode = 'insufficient_privilege';
end $function$
;

CREATE OR REPLACE FUNCTION review.require_assessed_accession()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  wanted bytea;
  latest record;
  signed_at timestamptz;
begin
  select digest into wanted from library.revision where id = new.signed_revision_id;
  select open_mode, revision_digest into latest from review.openness_assessment
  where revision_id = new.signed_revision_id order by id desc limit 1;
  if latest.open_mode = '主动公开' and latest.revision_digest = wanted then
    return null;
  end if;
  select ended_at into signed_at from review.review
  where resource_id = new.id and revision_id = new.signed_revision_id and state = 'signed' order by id desc limit 1;
  if signed_at < (select assessed_since from review.disclosure_rule) then
    return null;
  end if;
  raise exception 'revision % is not assessed as open to all', new.signed_revision_id using errcode = 'check_violation';
end $function$
;

CREATE OR REPLACE FUNCTION review.require_complete_assessment()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  lacking text;
begin
  select string_agg(item.key, ', ' order by item.position) into lacking
  from review.secrecy_item item
  where item.valid_from <= (new.assessed_at at time zone 'Asia/Shanghai')::date
    and (item.valid_to is null or item.valid_to > (new.assessed_at at time zone 'Asia/Shanghai')::date)
    and not coalesce(
      case new.answers -> item.key ->> 'answer'
        when 'no' then true
        when 'treated' then length(trim(new.answers -> item.key ->> 'remark')) >= 2
        when 'yes' then new.open_mode <> '主动公开' and length(trim(new.answers -> item.key ->> 'remark')) >= 2
      end, false);
  if lacking is not null then
    raise exception 'the assessment is not complete: %', lacking using errcode = 'check_violation';
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION sites.note_responsibility(changed bigint)
 RETURNS void
 LANGUAGE sql
AS $function$
  insert into sites.responsibility_past (column_id, until, state)
  select "column".id, now(), jsonb_build_object(
    'name', name, 'unitId', unit_id::text, 'closed', closed_at is not null,
    'updateDays', update_days, 'updateMonths', update_months, 'updateEvent', update_event,
    'responsibleId', responsible_id::text, 'contactId', contact_id::text,
    'requirement', coalesce(requirement, ''), 'ways', coalesce(ways, '{}'), 'unitIds', coalesce(unit_ids, '{}')::text[])
  from sites.column left join sites.responsibility_entry on column_id = "column".id
  where "column".id = changed and created_at < now()
    and not exists (select from sites.responsibility_past as past where past.column_id = changed and past.until >= now())
  on conflict do nothing
$function$
;

CREATE OR REPLACE FUNCTION sites.note_responsibility_of_column()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform sites.note_responsibility(old.id);
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION sites.note_responsibility_of_entry()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform sites.note_responsibility(old.column_id);
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION sites.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception '%.% never changes', tg_table_schema, tg_table_name;
end $function$
;

CREATE OR REPLACE FUNCTION sites.tell_listing()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  -- First of all: two transactions that list the same resource would else wait for each other.
  perform library.lock_changes();
  if tg_op = 'INSERT' then
    insert into sites.exposure (resource_id, column_id)
    select listing.resource_id, listing.column_id from sites.listing
      join sites.address on address.resource_id = listing.resource_id
      join sites.site on site.id = address.site_id and site.state = 'online'
    where listing.column_id = new.column_id and listing.resource_id = new.resource_id
    on conflict do nothing;
  end if;
  perform library.record_relisting(case when tg_op = 'INSERT' then new.resource_id else old.resource_id end);
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION sites.tell_site()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform library.lock_changes();
  if new.state = 'online' then
    insert into sites.exposure (resource_id, column_id)
    select listing.resource_id, listing.column_id from sites.address
      join sites.listing on listing.resource_id = address.resource_id
    where address.site_id = new.id
    on conflict do nothing;
  end if;
  perform library.record_relistings((select array_agg(resource_id) from sites.address where site_id = new.id));
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION transparency.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'the transparency log is append-only' using errcode = 'insufficient_privilege';
end $function$
;

CREATE OR REPLACE FUNCTION vocabulary.refuse_loss()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'terms and their history are never deleted or rewritten' using errcode = 'insufficient_privilege';
end $function$
;

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON audit.entry FOR EACH ROW EXECUTE FUNCTION audit.refuse_change();
CREATE TRIGGER chain BEFORE INSERT ON audit.entry FOR EACH ROW EXECUTE FUNCTION audit.chain_entry();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON audit.entry FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();
CREATE TRIGGER no_delete BEFORE DELETE ON audit.head FOR EACH ROW EXECUTE FUNCTION audit.refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON audit.head FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();
CREATE TRIGGER kept BEFORE DELETE OR UPDATE ON identity.signature_image FOR EACH ROW EXECUTE FUNCTION identity.keep_signature_image();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON library.change FOR EACH ROW EXECUTE FUNCTION library.refuse_feed_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON library.change FOR EACH STATEMENT EXECUTE FUNCTION library.refuse_feed_change();
CREATE TRIGGER immutable BEFORE DELETE OR UPDATE ON library.correction_note FOR EACH ROW EXECUTE FUNCTION library.refuse_change();
CREATE TRIGGER immutable BEFORE DELETE OR UPDATE ON library.index_number FOR EACH ROW EXECUTE FUNCTION library.refuse_change();
CREATE CONSTRAINT TRIGGER tell_relabelling AFTER INSERT ON library.relabelling DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION library.tell_relabelling();
CREATE CONSTRAINT TRIGGER assessed AFTER UPDATE OF signed_revision_id ON library.resource DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((new.signed_revision_id IS NOT NULL) AND (new.signed_revision_id IS DISTINCT FROM old.signed_revision_id))) EXECUTE FUNCTION review.require_assessed_accession();
CREATE CONSTRAINT TRIGGER assessed_from_the_start AFTER INSERT ON library.resource DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.signed_revision_id IS NOT NULL)) EXECUTE FUNCTION review.require_assessed_accession();
CREATE TRIGGER move_proposals AFTER UPDATE OF unit_id ON library.resource FOR EACH ROW WHEN ((old.unit_id IS DISTINCT FROM new.unit_id)) EXECUTE FUNCTION library.move_proposals();
CREATE TRIGGER note_new_texts AFTER INSERT ON library.resource REFERENCING NEW TABLE AS now_so FOR EACH STATEMENT EXECUTE FUNCTION library.note_new_texts();
CREATE TRIGGER note_texts AFTER UPDATE ON library.resource REFERENCING OLD TABLE AS was_so NEW TABLE AS now_so FOR EACH STATEMENT EXECUTE FUNCTION library.note_texts();
CREATE CONSTRAINT TRIGGER tell_change AFTER UPDATE ON library.resource DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((old.live_revision_id IS DISTINCT FROM new.live_revision_id) OR ((new.live_revision_id IS NOT NULL) AND (old.ruling_id IS DISTINCT FROM new.ruling_id)))) EXECUTE FUNCTION library.tell_change();
CREATE CONSTRAINT TRIGGER tell_change_of_unit AFTER UPDATE ON library.resource DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((old.unit_id <> new.unit_id) AND (new.live_revision_id IS NOT NULL))) EXECUTE FUNCTION library.tell_change_of_unit();
CREATE CONSTRAINT TRIGGER tell_new AFTER INSERT ON library.resource DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.live_revision_id IS NOT NULL)) EXECUTE FUNCTION library.tell_change();
CREATE TRIGGER immutable BEFORE DELETE OR UPDATE ON library.resource_type_version FOR EACH ROW EXECUTE FUNCTION library.refuse_type_change();
CREATE TRIGGER immutable BEFORE DELETE OR UPDATE ON library.revision FOR EACH ROW EXECUTE FUNCTION library.refuse_change();
CREATE TRIGGER immutable BEFORE DELETE OR UPDATE ON proofreading.check_standing FOR EACH ROW EXECUTE FUNCTION proofreading.refuse_change();
CREATE TRIGGER immutable BEFORE DELETE OR UPDATE ON proofreading.override FOR EACH ROW EXECUTE FUNCTION proofreading.refuse_change();
CREATE TRIGGER immutable BEFORE DELETE OR UPDATE ON review.chain_version FOR EACH ROW EXECUTE FUNCTION review.refuse_change();
CREATE TRIGGER keep BEFORE DELETE OR UPDATE ON review.comment FOR EACH ROW EXECUTE FUNCTION review.keep_comment();
CREATE TRIGGER immutable BEFORE DELETE OR UPDATE ON review.decision FOR EACH ROW EXECUTE FUNCTION review.refuse_change();
CREATE TRIGGER people_apart BEFORE INSERT ON review.decision FOR EACH ROW EXECUTE FUNCTION review.keep_people_apart();
CREATE TRIGGER complete BEFORE INSERT ON review.openness_assessment FOR EACH ROW EXECUTE FUNCTION review.require_complete_assessment();
CREATE TRIGGER immutable BEFORE DELETE OR UPDATE ON review.openness_assessment FOR EACH ROW EXECUTE FUNCTION review.refuse_change();
CREATE TRIGGER keep BEFORE DELETE OR UPDATE ON review.opinion FOR EACH ROW EXECUTE FUNCTION review.keep_opinion();
CREATE TRIGGER people_apart BEFORE INSERT OR UPDATE ON review.opinion FOR EACH ROW WHEN ((new.state = 'answered'::text)) EXECUTE FUNCTION review.keep_opinions_apart();
CREATE TRIGGER immutable BEFORE DELETE OR UPDATE ON review.reassessment FOR EACH ROW EXECUTE FUNCTION review.refuse_change();
CREATE TRIGGER keep BEFORE DELETE OR UPDATE ON review.reminder FOR EACH ROW EXECUTE FUNCTION review.keep_reminder();
CREATE TRIGGER immutable BEFORE DELETE OR UPDATE ON review.responsibility_record FOR EACH ROW EXECUTE FUNCTION review.refuse_change();
CREATE TRIGGER approvals_end AFTER UPDATE OF state ON review.review FOR EACH ROW WHEN (((old.state = ANY (ARRAY['open'::text, 'retrospective'::text])) AND (new.state <> ALL (ARRAY['open'::text, 'retrospective'::text])))) EXECUTE FUNCTION review.forget_approvals();
CREATE TRIGGER states_in_order BEFORE UPDATE OF state ON review.review FOR EACH ROW WHEN ((old.state <> new.state)) EXECUTE FUNCTION review.keep_states_in_order();
CREATE TRIGGER immutable BEFORE DELETE OR UPDATE ON review.signature FOR EACH ROW EXECUTE FUNCTION review.refuse_change();
CREATE TRIGGER keep BEFORE DELETE OR UPDATE ON review.urgent_release FOR EACH ROW EXECUTE FUNCTION review.keep_urgent_release();
CREATE TRIGGER note_responsibility BEFORE UPDATE OF name, unit_id, update_days, update_months, update_event, closed_at ON sites."column" FOR EACH ROW WHEN (((((((old.name IS DISTINCT FROM new.name) OR (old.unit_id IS DISTINCT FROM new.unit_id)) OR (old.update_days IS DISTINCT FROM new.update_days)) OR (old.update_months IS DISTINCT FROM new.update_months)) OR (old.update_event IS DISTINCT FROM new.update_event)) OR (old.closed_at IS DISTINCT FROM new.closed_at))) EXECUTE FUNCTION sites.note_responsibility_of_column();
CREATE CONSTRAINT TRIGGER tell_listing AFTER INSERT OR DELETE ON sites.listing DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION sites.tell_listing();
CREATE TRIGGER note_responsibility BEFORE UPDATE ON sites.responsibility_entry FOR EACH ROW WHEN ((((((old.responsible_id IS DISTINCT FROM new.responsible_id) OR (old.contact_id IS DISTINCT FROM new.contact_id)) OR (old.requirement IS DISTINCT FROM new.requirement)) OR (old.ways IS DISTINCT FROM new.ways)) OR (old.unit_ids IS DISTINCT FROM new.unit_ids))) EXECUTE FUNCTION sites.note_responsibility_of_entry();
CREATE TRIGGER immutable BEFORE DELETE OR UPDATE ON sites.responsibility_past FOR EACH ROW EXECUTE FUNCTION sites.refuse_change();
CREATE CONSTRAINT TRIGGER tell_site AFTER UPDATE ON sites.site DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((old.state = 'online'::text) IS DISTINCT FROM (new.state = 'online'::text))) EXECUTE FUNCTION sites.tell_site();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON transparency.head FOR EACH ROW EXECUTE FUNCTION transparency.refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON transparency.head FOR EACH STATEMENT EXECUTE FUNCTION transparency.refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON transparency.leaf FOR EACH ROW EXECUTE FUNCTION transparency.refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON transparency.leaf FOR EACH STATEMENT EXECUTE FUNCTION transparency.refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON transparency.node FOR EACH ROW EXECUTE FUNCTION transparency.refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON transparency.node FOR EACH STATEMENT EXECUTE FUNCTION transparency.refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON transparency.resource FOR EACH ROW EXECUTE FUNCTION transparency.refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON transparency.resource FOR EACH STATEMENT EXECUTE FUNCTION transparency.refuse_change();
CREATE TRIGGER kept BEFORE DELETE ON vocabulary.term FOR EACH ROW EXECUTE FUNCTION vocabulary.refuse_loss();
CREATE TRIGGER kept BEFORE DELETE OR UPDATE ON vocabulary.term_change FOR EACH ROW EXECUTE FUNCTION vocabulary.refuse_loss();
