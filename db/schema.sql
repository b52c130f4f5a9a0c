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

create table identity.former_password (
  id bigint generated always as identity not null,
  account_id bigint not null,
  password_hash text not null,
  replaced_at timestamp with time zone not null,
  PRIMARY KEY (id),
  FOREIGN KEY (account_id) REFERENCES identity.account(id) ON DELETE CASCADE
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
  UNIQUE (organisation_code),
  PRIMARY KEY (id),
  FOREIGN KEY (parent_id) REFERENCES identity.unit(id),
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
  PRIMARY KEY (id),
  CHECK ((digest ~ '^[0-9a-f]{64}$'::text))
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

create table library.relation (
  resource_id bigint not null,
  kind text not null,
  target_id bigint not null,
  place integer not null,
  PRIMARY KEY (resource_id, kind, target_id),
  FOREIGN KEY (resource_id) REFERENCES library.resource(id),
  FOREIGN KEY (target_id) REFERENCES library.resource(id),
  CHECK ((kind = ANY (ARRAY['interprets'::text, 'replacedBy'::text, 'amends'::text, 'repeals'::text, 'partOf'::text, 'attachmentOf'::text, 'seeAlso'::text, 'activities'::text])))
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
  UNIQUE (index_number),
  PRIMARY KEY (id),
  FOREIGN KEY (head_revision_id) REFERENCES library.revision(id),
  FOREIGN KEY (live_revision_id) REFERENCES library.revision(id),
  FOREIGN KEY (signed_revision_id) REFERENCES library.revision(id),
  CHECK (((stage <> 'live'::text) OR (live_revision_id IS NOT NULL))),
  CHECK (((live_revision_id IS NULL) OR ((index_number IS NOT NULL) AND (first_published_at IS NOT NULL)))),
  CHECK ((stage = ANY (ARRAY['draft'::text, 'in-review'::text, 'returned'::text, 'scheduled'::text, 'live'::text, 'withdrawn'::text, 'expired'::text, 'discarded'::text])))
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
  PRIMARY KEY (queue, event_id),
  FOREIGN KEY (event_id) REFERENCES platform.event(id)
);

create table platform.setting (
  name text not null,
  value text not null,
  PRIMARY KEY (name)
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
  UNIQUE (review_id, step),
  PRIMARY KEY (id),
  FOREIGN KEY (review_id) REFERENCES review.review(id),
  CHECK (((outcome <> 'approved'::text) OR (secrecy_checked AND openness_checked))),
  CHECK (((outcome <> 'returned'::text) OR (reason IS NOT NULL))),
  CHECK ((outcome = ANY (ARRAY['approved'::text, 'returned'::text, 'recalled'::text])))
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
  PRIMARY KEY (review_id, duty),
  FOREIGN KEY (review_id) REFERENCES review.review(id),
  CHECK ((duty = ANY (ARRAY['written'::text, 'entered'::text, 'first-reviewed'::text, 'second-reviewed'::text, 'signed'::text, 'released'::text])))
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
  PRIMARY KEY (id),
  FOREIGN KEY (next_id) REFERENCES review.review(id),
  CHECK ((submitted_by = ANY (author_ids))),
  CHECK (((state = 'open'::text) = (ended_at IS NULL))),
  CHECK ((state = ANY (ARRAY['open'::text, 'signed'::text, 'returned'::text, 'recalled'::text])))
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
  CHECK ((kind = ANY (ARRAY['place'::text, 'take-off'::text, 'withdraw'::text, 'set-category'::text])))
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
  UNIQUE (site_id, path),
  PRIMARY KEY (id),
  FOREIGN KEY (parent_id) REFERENCES sites."column"(id),
  FOREIGN KEY (site_id) REFERENCES sites.site(id),
  CHECK ((display = ANY (ARRAY['list'::text, 'pictures'::text]))),
  CHECK ((kind = ANY (ARRAY['channel'::text, 'news'::text, 'notice'::text, 'policy'::text, 'interpretation'::text, 'overview'::text, 'institution'::text, 'leader'::text, 'disclosure-guide'::text, 'disclosure-system'::text, 'disclosure-content'::text, 'annual-report'::text, 'disclosure-request'::text, 'interaction'::text, 'service'::text, 'data'::text, 'topic'::text]))),
  CHECK ((path ~ '^(/[a-z0-9][a-z0-9-]{0,40})+/$'::text)),
  CHECK ((slug ~ '^[a-z0-9][a-z0-9-]{0,40}$'::text)),
  CHECK ((update_days > 0))
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
  UNIQUE (resource_id, column_id),
  PRIMARY KEY (id),
  FOREIGN KEY (column_id) REFERENCES sites."column"(id)
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

create table sites.topic (
  resource_id bigint not null,
  ends_on date,
  ended boolean not null,
  PRIMARY KEY (resource_id)
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

CREATE INDEX entry_actor ON ONLY audit.entry USING btree (actor_id, at DESC);
CREATE INDEX entry_at ON ONLY audit.entry USING btree (at DESC, seq DESC);
CREATE INDEX entry_object ON ONLY audit.entry USING btree (object_kind, object_id, at DESC);
CREATE INDEX entry_unit ON ONLY audit.entry USING btree (unit_id, at DESC);
CREATE INDEX account_unit ON identity.account USING btree (unit_id);
CREATE INDEX failed_sign_in_last ON identity.failed_sign_in USING btree (last_at);
CREATE INDEX former_password_account ON identity.former_password USING btree (account_id, id DESC);
CREATE INDEX session_account ON identity.session USING btree (account_id);
CREATE INDEX session_expires ON identity.session USING btree (expires_at);
CREATE INDEX unit_parent ON identity.unit USING btree (parent_id);
CREATE INDEX unit_ancestor_reverse ON identity.unit_ancestor USING btree (ancestor_id, unit_id);
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
CREATE INDEX fingerprint_bands ON library.fingerprint USING gin (bands);
CREATE INDEX fingerprint_waiting ON library.fingerprint USING btree (resource_id) WHERE (NOT compared);
CREATE INDEX likeness_most ON library.likeness USING btree (similarity DESC, one_id DESC, other_id DESC);
CREATE INDEX likeness_other ON library.likeness USING btree (other_id);
CREATE INDEX relation_target ON library.relation USING btree (target_id, kind);
CREATE INDEX resource_closed_updated ON library.resource USING btree (open_mode, updated_at DESC, id DESC) WHERE (open_mode <> '主动公开'::text);
CREATE INDEX resource_document_number_start ON library.resource USING btree (document_number text_pattern_ops) WHERE (document_number IS NOT NULL);
CREATE INDEX resource_due_expiry ON library.resource USING btree (expire_at, id) WHERE ((live_revision_id IS NOT NULL) AND (expire_at IS NOT NULL));
CREATE INDEX resource_due_release ON library.resource USING btree (release_at, id) WHERE (signed_revision_id IS NOT NULL);
CREATE UNIQUE INDEX resource_imported ON library.resource USING btree (unit_id, imported_from) WHERE (imported_from IS NOT NULL);
CREATE INDEX resource_index_number_start ON library.resource USING btree (index_number text_pattern_ops) WHERE (index_number IS NOT NULL);
CREATE INDEX resource_published ON library.resource USING btree (first_published_at DESC, id DESC) WHERE (live_revision_id IS NOT NULL);
CREATE INDEX resource_stage_updated ON library.resource USING btree (stage, updated_at DESC, id DESC);
CREATE INDEX resource_title_pairs ON library.resource USING gin (library.character_pairs(title));
CREATE INDEX resource_type_updated ON library.resource USING btree (type, updated_at DESC, id DESC);
CREATE INDEX resource_unit_published ON library.resource USING btree (unit_id, first_published_at) WHERE (live_revision_id IS NOT NULL);
CREATE INDEX resource_unit_stage ON library.resource USING btree (unit_id, stage, updated_at DESC, id DESC);
CREATE INDEX resource_unit_updated ON library.resource USING btree (unit_id, updated_at DESC, id DESC);
CREATE INDEX resource_updated ON library.resource USING btree (updated_at DESC, id DESC);
CREATE INDEX resource_validity_updated ON library.resource USING btree (validity, updated_at DESC, id DESC) WHERE (validity IS NOT NULL);
CREATE INDEX resource_year_updated ON library.resource USING btree (year, updated_at DESC, id DESC) WHERE (year IS NOT NULL);
CREATE INDEX revision_asset_asset ON library.revision_asset USING btree (asset_id);
CREATE INDEX event_at ON platform.event USING btree (at);
CREATE INDEX event_by_xid ON platform.event USING btree (xid);
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
CREATE INDEX decision_decider ON review.decision USING btree (decided_by, decided_at DESC);
CREATE UNIQUE INDEX decision_person ON review.decision USING btree (review_id, decided_by);
CREATE INDEX responsibility_resource ON review.responsibility_record USING btree (resource_id, review_id);
CREATE UNIQUE INDEX review_open ON review.review USING btree (resource_id) WHERE (state = 'open'::text);
CREATE INDEX review_resource ON review.review USING btree (resource_id, id DESC);
CREATE INDEX review_state ON review.review USING btree (state, id DESC);
CREATE INDEX review_unit ON review.review USING btree (unit_id, id DESC);
CREATE INDEX review_unit_open ON review.review USING btree (unit_id, step_since, id) WHERE (state = 'open'::text);
CREATE INDEX review_unit_returned ON review.review USING btree (unit_id, ended_at) WHERE ((state = 'returned'::text) AND (next_id IS NULL));
CREATE INDEX review_unit_state ON review.review USING btree (unit_id, state, id DESC);
CREATE INDEX dirty_in_order ON search.dirty USING btree (since, key);
CREATE INDEX document_by_site ON search.document USING btree (site) WHERE (deleted_at IS NULL);
CREATE INDEX document_by_unit ON search.document USING btree (unit) WHERE (deleted_at IS NULL);
CREATE INDEX address_column ON sites.address USING btree (column_id);
CREATE INDEX bulk_act_account ON sites.bulk_act USING btree (account_id, id DESC);
CREATE INDEX bulk_act_open ON sites.bulk_act USING btree (id) WHERE (finished_at IS NULL);
CREATE INDEX column_parent ON sites."column" USING btree (parent_id);
CREATE INDEX column_unit ON sites."column" USING btree (unit_id);
CREATE INDEX listing_pinned ON sites.listing USING btree (column_id, pinned_until) WHERE (pinned_until IS NOT NULL);
CREATE UNIQUE INDEX listing_resource ON sites.listing USING btree (resource_id, column_id);
CREATE INDEX mapping_source ON sites.mapping USING btree (source_column_id);
CREATE INDEX placement_column ON sites.placement USING btree (column_id);
CREATE INDEX placement_due_from ON sites.placement USING btree (visible_from) WHERE (visible_from IS NOT NULL);
CREATE INDEX placement_due_until ON sites.placement USING btree (visible_until) WHERE (visible_until IS NOT NULL);
CREATE UNIQUE INDEX placement_main ON sites.placement USING btree (resource_id) WHERE is_main;
CREATE UNIQUE INDEX site_home_resource ON sites.site USING btree (home_resource_id) WHERE (home_resource_id IS NOT NULL);
CREATE UNIQUE INDEX site_one_portal ON sites.site USING btree (is_portal) WHERE is_portal;
CREATE UNIQUE INDEX site_domain_primary ON sites.site_domain USING btree (site_id) WHERE is_primary;
CREATE INDEX topic_due ON sites.topic USING btree (ends_on) WHERE ((NOT ended) AND (ends_on IS NOT NULL));
CREATE UNIQUE INDEX urgent_notice_one ON sites.urgent_notice USING btree ((true)) WHERE (ended_at IS NULL);
CREATE INDEX leaf_by_address ON transparency.leaf USING btree (site, path, index DESC);

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

CREATE OR REPLACE FUNCTION library.character_pairs(value text)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
  select coalesce(array_agg(distinct substr(lower(value), place, 2)), '{}')
  from generate_series(1, length(value) - 1) as place
$function$
;

CREATE OR REPLACE FUNCTION library.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'revisions and index numbers are never changed' using errcode = 'insufficient_privilege';
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

CREATE OR REPLACE FUNCTION transparency.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'the transparency log is append-only' using errcode = 'insufficient_privilege';
end $function$
;

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON audit.entry FOR EACH ROW EXECUTE FUNCTION audit.refuse_change();
CREATE TRIGGER chain BEFORE INSERT ON audit.entry FOR EACH ROW EXECUTE FUNCTION audit.chain_entry();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON audit.entry FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();
CREATE TRIGGER no_delete BEFORE DELETE ON audit.head FOR EACH ROW EXECUTE FUNCTION audit.refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON audit.head FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();
CREATE TRIGGER immutable BEFORE DELETE OR UPDATE ON library.index_number FOR EACH ROW EXECUTE FUNCTION library.refuse_change();
CREATE TRIGGER immutable BEFORE DELETE OR UPDATE ON library.revision FOR EACH ROW EXECUTE FUNCTION library.refuse_change();
CREATE TRIGGER immutable BEFORE DELETE OR UPDATE ON review.decision FOR EACH ROW EXECUTE FUNCTION review.refuse_change();
CREATE TRIGGER immutable BEFORE DELETE OR UPDATE ON review.responsibility_record FOR EACH ROW EXECUTE FUNCTION review.refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON transparency.head FOR EACH ROW EXECUTE FUNCTION transparency.refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON transparency.head FOR EACH STATEMENT EXECUTE FUNCTION transparency.refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON transparency.leaf FOR EACH ROW EXECUTE FUNCTION transparency.refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON transparency.leaf FOR EACH STATEMENT EXECUTE FUNCTION transparency.refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON transparency.node FOR EACH ROW EXECUTE FUNCTION transparency.refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON transparency.node FOR EACH STATEMENT EXECUTE FUNCTION transparency.refuse_change();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON transparency.resource FOR EACH ROW EXECUTE FUNCTION transparency.refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON transparency.resource FOR EACH STATEMENT EXECUTE FUNCTION transparency.refuse_change();
