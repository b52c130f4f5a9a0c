-- Why: a step may need several people, work may go back to an earlier step, and somebody may act in another's place. Who may
-- not decide a second time is therefore no longer a key of the decisions, which stay for ever, but of the approvals that count.
alter table review.review
  add column chain_name text,
  -- Who may still approve the step that waits, by name; null: whoever holds its role.
  add column waiting_ids bigint[],
  -- People and units beyond the own one that a step asks; null: nobody.
  add column asked_ids bigint[],
  add column asked_unit_ids bigint[];
create index review_asked on review.review using gin (asked_ids) where state = 'open' and asked_ids is not null;
create index review_asked_unit on review.review using gin (asked_unit_ids)
  where state = 'open' and asked_unit_ids is not null;

alter table review.decision
  add column back_to integer,
  add column on_behalf_of bigint,
  add column on_behalf_of_name text,
  drop constraint decision_review_id_step_key,
  drop constraint decision_outcome_check,
  add constraint decision_outcome_check check (outcome in ('approved', 'returned', 'sent-back', 'recalled')) not valid,
  add constraint decision_back_check check ((outcome = 'sent-back') = (back_to is not null) and back_to < step) not valid,
  add constraint decision_back_reason_check check (outcome <> 'sent-back' or reason is not null) not valid,
  add constraint decision_on_behalf_check check (on_behalf_of <> decided_by) not valid,
  add constraint decision_on_behalf_name_check check ((on_behalf_of is null) = (on_behalf_of_name is null)) not valid;
drop index review.decision_person;
create index decision_review on review.decision (review_id, id);

-- The approvals of open reviews that count: each person stands behind one step only, be it that they decided or that
-- somebody decided in their place. Kept by the decisions themselves.
create table review.approval (
  review_id bigint not null references review.review,
  account_id bigint not null,
  step integer not null,
  primary key (review_id, account_id)
);
insert into review.approval (review_id, account_id, step)
  select review_id, decided_by, d.step from review.decision d join review.review r on r.id = d.review_id
  where r.state = 'open' and outcome = 'approved';

create function review.keep_people_apart() returns trigger language plpgsql as $$
declare
  reviewed record;
begin
  if new.outcome = 'recalled' then return new; end if;
  select state, author_ids into strict reviewed from review.review where id = new.review_id;
  if reviewed.author_ids && array_remove(array[new.decided_by, new.on_behalf_of], null) then
    raise exception 'nobody decides on what they wrote' using errcode = 'check_violation';
  end if;
  if reviewed.state <> 'open' then return new; end if;
  if new.outcome = 'approved' then
    insert into review.approval (review_id, account_id, step)
      select new.review_id, person, new.step from unnest(array[new.decided_by, new.on_behalf_of]) person
      where person is not null;
  elsif new.outcome = 'sent-back' then
    delete from review.approval where review_id = new.review_id and step >= new.back_to;
  end if;
  return new;
end $$;
create trigger people_apart before insert on review.decision for each row execute function review.keep_people_apart();

create function review.forget_approvals() returns trigger language plpgsql as $$
begin
  delete from review.approval where review_id = new.id;
  return null;
end $$;
create trigger approvals_end after update of state on review.review for each row
  when (old.state = 'open' and new.state <> 'open') execute function review.forget_approvals();
