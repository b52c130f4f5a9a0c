-- Three-step review, its decisions, and the record of who is responsible for each revision.
create schema review;

create table review.review (
  id bigint generated always as identity primary key,
  resource_id bigint not null,
  revision_id bigint not null,
  revision_digest bytea not null,
  unit_id bigint not null,
  type text not null,
  title text not null,
  -- Steps of this review as they were when it began: [{"key":"first","name":"初审","role":"reviewer"}, …]
  chain jsonb not null,
  step integer not null,
  state text not null check (state in ('open', 'signed', 'returned', 'recalled')),
  submitted_by bigint not null,
  submitted_by_name text not null,
  -- Everybody who wrote on what is reviewed, and who submitted it: none of them may decide. The revision
  -- is frozen, so that this is known when the review begins.
  author_ids bigint[] not null check (submitted_by = any (author_ids)),
  submitted_at timestamptz not null,
  step_since timestamptz not null,
  ended_at timestamptz,
  -- The review that the same resource had after this one: a returned work without it still waits for its author.
  next_id bigint references review.review,
  check ((state = 'open') = (ended_at is null))
);
create unique index review_open on review.review (resource_id) where state = 'open';
create index review_unit_open on review.review (unit_id, step_since, id) where state = 'open';
create index review_unit_returned on review.review (unit_id, ended_at) where state = 'returned' and next_id is null;
create index review_unit on review.review (unit_id, id desc);
create index review_unit_state on review.review (unit_id, state, id desc);
create index review_state on review.review (state, id desc);
create index review_resource on review.review (resource_id, id desc);

create table review.decision (
  id bigint generated always as identity primary key,
  review_id bigint not null references review.review,
  step integer not null,
  step_name text not null,
  outcome text not null check (outcome in ('approved', 'returned', 'recalled')),
  reason text,
  -- 公开属性认定 and 保密审查 (Regulation on Open Government Information, article 17): what was ticked.
  openness text,
  secrecy_checked boolean not null default false,
  openness_checked boolean not null default false,
  revision_digest bytea not null,
  decided_by bigint not null,
  decided_by_name text not null,
  decided_at timestamptz not null,
  unique (review_id, step),
  check (outcome <> 'approved' or (secrecy_checked and openness_checked)),
  check (outcome <> 'returned' or reason is not null)
);
-- Different people at each step; recalling is the submitter's and no step of the chain.
create unique index decision_person on review.decision (review_id, decided_by);
create index decision_decider on review.decision (decided_by, decided_at desc);

-- 谁采编、谁录入、谁发布、谁负责: one row for each act on a revision, for ever. By review and not by revision
-- alone: what was withdrawn may be reviewed and signed again unchanged.
create table review.responsibility_record (
  review_id bigint not null references review.review,
  duty text not null check (duty in ('written', 'entered', 'first-reviewed', 'second-reviewed', 'signed', 'released')),
  revision_id bigint not null,
  resource_id bigint not null,
  account_id bigint,
  person_name text not null,
  unit_id bigint not null,
  unit_name text not null,
  at timestamptz not null,
  primary key (review_id, duty)
);
create index responsibility_resource on review.responsibility_record (resource_id, review_id);

create function review.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'decisions and responsibility records are never changed' using errcode = 'insufficient_privilege';
end $$;
create trigger immutable before update or delete on review.decision for each row execute function review.refuse_change();
create trigger immutable before update or delete on review.responsibility_record for each row execute function review.refuse_change();
