-- 会签: what a step of a review asks of another unit, and what one of its people answered on the frozen revision. Several
-- run side by side; each has one answer, which is never changed.
create table review.opinion (
  id bigint generated always as identity primary key,
  review_id bigint not null references review.review,
  step integer not null,
  step_name text not null,
  -- Whom it is asked of. An open question follows a unit that ends; what is over stays with the unit of that day.
  unit_id bigint not null,
  unit_name text not null,
  question text not null check (question <> ''),
  -- Null: the chain asks.
  asked_by bigint,
  asked_by_name text not null,
  asked_at timestamptz not null,
  -- Until this day an answer is waited for; null: until there is one.
  due_on date,
  state text not null check (state in ('open', 'answered', 'withdrawn', 'unanswered', 'closed')),
  stance text check (stance in ('agree', 'amend', 'oppose')),
  answer text check (answer <> ''),
  revision_digest bytea check (length(revision_digest) = 32),
  -- Who answered, withdrew it, or sent the work back; null where nobody did: its unit ended.
  ended_by bigint,
  ended_by_name text,
  on_behalf_of bigint,
  on_behalf_of_name text,
  ended_at timestamptz,
  -- Why it was withdrawn or closed.
  end_reason text,
  check ((state = 'open') = (ended_at is null)),
  check ((state = 'answered') = (stance is not null) and (state = 'answered') = (revision_digest is not null)),
  check (answer is not null or stance is null or stance = 'agree'),
  check (answer is null or state = 'answered'),
  check (state not in ('answered', 'withdrawn') or ended_by is not null),
  check (state not in ('withdrawn', 'closed') or end_reason is not null),
  check ((ended_by is null) = (ended_by_name is null)),
  check ((on_behalf_of is null) = (on_behalf_of_name is null) and on_behalf_of <> ended_by)
);
create index opinion_review on review.opinion (review_id, id);
-- A unit is asked one thing at a time.
create unique index opinion_once on review.opinion (review_id, unit_id) where state = 'open';
create index opinion_waiting on review.opinion (unit_id, asked_at, id) where state = 'open';
create index opinion_answered on review.opinion (ended_by, id) where state = 'answered';
create index opinion_answered_for on review.opinion (on_behalf_of, id) where state = 'answered' and on_behalf_of is not null;

-- A question is never reworded, only passed on to the successor of its unit; what is over is never changed, nothing is removed.
create function review.keep_opinion() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.state = 'open' and
    (new.id, new.review_id, new.step, new.step_name, new.question, new.asked_by, new.asked_by_name, new.asked_at, new.due_on)
    is not distinct from
    (old.id, old.review_id, old.step, old.step_name, old.question, old.asked_by, old.asked_by_name, old.asked_at, old.due_on)
  then
    return new;
  end if;
  raise exception 'what was asked and answered in a review is never changed' using errcode = 'insufficient_privilege';
end $$;
create trigger keep before update or delete on review.opinion for each row execute function review.keep_opinion();

-- The second voice is another's: nobody who wrote or stands behind an approval of the review gives it.
create function review.keep_opinions_apart() returns trigger language plpgsql as $$
declare
  people bigint[] := array_remove(array[new.ended_by, new.on_behalf_of], null);
begin
  if exists (select from review.review where id = new.review_id and author_ids && people) then
    raise exception 'nobody gives an opinion on what they wrote' using errcode = 'check_violation';
  end if;
  if exists (select from review.approval where review_id = new.review_id and account_id = any(people)) then
    raise exception 'nobody gives an opinion beside their approval' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger people_apart before insert or update on review.opinion for each row
  when (new.state = 'answered') execute function review.keep_opinions_apart();
