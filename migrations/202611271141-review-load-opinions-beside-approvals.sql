-- Why: whoever answered for a unit may approve a later step, and a package brings both; the check was made of what comes in,
-- in the order of the package, and refused it. An answer is given by changing the question, never by a new row.
create or replace function review.keep_opinions_apart() returns trigger language plpgsql as $$
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
end $$;
