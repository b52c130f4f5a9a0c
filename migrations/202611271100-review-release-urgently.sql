-- Why: what cannot wait goes out by the signature of one authorised person, and the steps that were not done are decided
-- afterwards (补审) by the others, within hours that are set.

-- Who may, in a unit and, where it says so, in those below it that have no rule of their own.
create table review.urgent_rule (
  unit_id bigint primary key,
  covers_below boolean not null,
  account_ids bigint[] not null check (cardinality(account_ids) between 1 and 10),
  review_hours integer not null check (review_hours between 1 and 72),
  note text not null,
  version integer not null,
  set_by bigint,
  set_by_name text not null,
  set_at timestamptz not null
);

-- `last_step`: the last step that is decided afterwards; null before. `urgent_wish`: why the author finds that it cannot wait.
alter table review.review
  add column last_step integer,
  add column urgent_wish text,
  drop constraint review_state_check,
  add constraint review_state_check check (state in
    ('open', 'signed', 'returned', 'recalled', 'retrospective', 'confirmed', 'objected')) not valid,
  drop constraint review_check1,
  add constraint review_ended_check check ((state in ('open', 'retrospective')) = (ended_at is null)) not valid,
  add constraint review_last_step_check check ((state in ('retrospective', 'confirmed', 'objected')) = (last_step is not null)) not valid;

alter table review.decision
  drop constraint decision_outcome_check,
  add constraint decision_outcome_check check (outcome in
    ('approved', 'returned', 'sent-back', 'recalled', 'urgent', 'objected')) not valid,
  add constraint decision_urgent_check check (outcome <> 'urgent' or on_behalf_of is null) not valid,
  add constraint decision_urgent_reason_check check (outcome not in ('urgent', 'objected') or reason is not null) not valid;

alter table review.signature add column urgent boolean not null default false;

create table review.urgent_release (
  review_id bigint primary key references review.review,
  resource_id bigint not null,
  reason text not null check (length(trim(reason)) >= 2),
  released_by bigint not null,
  released_by_name text not null,
  released_at timestamptz not null,
  -- Natural hours: an emergency knows no weekend.
  due_at timestamptz not null check (due_at > released_at and due_at <= released_at + interval '72 hours'),
  -- What became of what was objected to: another revision is public, or none.
  settled_as text check (settled_as in ('corrected', 'withdrawn')),
  settled_at timestamptz,
  check ((settled_as is null) = (settled_at is null))
);
create index urgent_release_resource on review.urgent_release (resource_id);
create index urgent_release_unsettled on review.urgent_release (review_id) where settled_at is null;

create table review.retrospective_reminder (
  review_id bigint not null references review.urgent_release,
  kind text not null check (kind in ('soon', 'overdue')),
  given_at timestamptz not null,
  primary key (review_id, kind)
);

-- Whoever released urgently stands behind the review as those who approve do, and so does who objects: none of them an
-- author, and none of them a second time.
create or replace function review.keep_people_apart() returns trigger language plpgsql as $$
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
end $$;

drop trigger approvals_end on review.review;
create trigger approvals_end after update of state on review.review for each row
  when (old.state in ('open', 'retrospective') and new.state not in ('open', 'retrospective'))
  execute function review.forget_approvals();

-- What went out urgently is neither recalled nor returned, and no other review is confirmed or objected to.
create function review.keep_states_in_order() returns trigger language plpgsql as $$
begin
  if (old.state = 'open' and new.state in ('signed', 'returned', 'recalled', 'retrospective'))
    or (old.state = 'retrospective' and new.state in ('confirmed', 'objected')) then
    return new;
  end if;
  raise exception 'a review that is % does not become %', old.state, new.state using errcode = 'check_violation';
end $$;
create trigger states_in_order before update of state on review.review for each row
  when (old.state <> new.state) execute function review.keep_states_in_order();

-- Who released what, why and until when it is reviewed, stays; what became of an objection is added once.
create function review.keep_urgent_release() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.settled_at is null
    and (new.review_id, new.resource_id, new.reason, new.released_by, new.released_by_name, new.released_at, new.due_at)
    is not distinct from (old.review_id, old.resource_id, old.reason, old.released_by, old.released_by_name, old.released_at, old.due_at)
  then
    return new;
  end if;
  raise exception 'an urgent release is never changed' using errcode = 'insufficient_privilege';
end $$;
create trigger keep before update or delete on review.urgent_release
  for each row execute function review.keep_urgent_release();
