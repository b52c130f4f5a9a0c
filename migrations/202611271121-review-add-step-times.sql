-- Why: the time limit of a step acts: those who are asked are reminded before it is over and when it is, and when that
-- has lasted it is escalated to people who see it and urge. All of it is of the step that runs now.
alter table review.review
  add column soon_at timestamptz,
  add column due_at timestamptz,
  add column escalate_at timestamptz,
  add column call_at timestamptz,
  add column escalated_ids bigint[],
  add check ((soon_at is null) = (due_at is null) and (due_at is null) = (escalate_at is null)),
  add check (soon_at <= due_at and due_at <= escalate_at);
comment on column review.review.call_at is 'When the clock has to do something next about the step that runs; null: never.';
comment on column review.review.escalated_ids is 'Who sees the review and may urge because its step is overdue. It lets nobody decide.';
create index review_call on review.review (call_at) where state = 'open' and call_at is not null;
create index review_due on review.review (due_at) where state = 'open' and due_at is not null;
create index review_escalated on review.review using gin (escalated_ids) where state = 'open' and escalated_ids is not null;

-- Who was reminded, urged or told of what, and when: each reminder and escalation once for each time that a step ran.
create table review.reminder (
  id bigint generated always as identity primary key,
  review_id bigint not null references review.review,
  step_name text not null,
  step_since timestamptz not null,
  kind text not null check (kind in ('soon', 'overdue', 'escalated', 'urged')),
  -- Whom it was escalated to.
  to_names text,
  given_by bigint,
  given_by_name text,
  note text,
  given_at timestamptz not null,
  check ((kind = 'escalated') = (to_names is not null)),
  check ((kind = 'urged') = (given_by is not null) and (given_by is null) = (given_by_name is null)),
  check (note is null or kind = 'urged')
);
create unique index reminder_once on review.reminder (review_id, step_since, kind) where kind <> 'urged';
create index reminder_review on review.reminder (review_id, id);

create function review.keep_reminder() returns trigger language plpgsql as $$
begin
  raise exception 'what people were reminded of is never changed' using errcode = 'insufficient_privilege';
end $$;
create trigger keep before update or delete on review.reminder for each row execute function review.keep_reminder();
