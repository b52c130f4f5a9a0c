-- What reviewers remark on words of the revision under review (批注), and what became of it. The revision is frozen, so an
-- anchor stays true; the quoted words are kept with it for those who read it beside a later text.
create table review.comment (
  id bigint generated always as identity primary key,
  review_id bigint not null references review.review,
  -- {"field":"body","path":[3],"start":4,"end":9}, as contracts/text-anchor.ts says.
  anchor jsonb not null,
  quote text not null check (quote <> ''),
  text text not null check (text <> ''),
  written_by bigint not null,
  written_by_name text not null,
  written_at timestamptz not null,
  settled_by bigint,
  settled_by_name text,
  settled_at timestamptz,
  settled_note text,
  check ((settled_by is null) = (settled_at is null) and (settled_by is null) = (settled_by_name is null)),
  check (settled_note is null or settled_at is not null)
);
create index comment_review on review.comment (review_id, id);
create index comment_unsettled on review.comment (review_id, id) where settled_at is null;

-- Who remarked what, on which words, stays; whether it is settled may change, and comments are never removed.
create function review.keep_comment() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and (new.id, new.review_id, new.anchor, new.quote, new.text, new.written_by, new.written_by_name, new.written_at)
    is not distinct from (old.id, old.review_id, old.anchor, old.quote, old.text, old.written_by, old.written_by_name, old.written_at)
  then
    return new;
  end if;
  raise exception 'what was remarked in a review is never changed' using errcode = 'insufficient_privilege';
end $$;
create trigger keep before update or delete on review.comment for each row execute function review.keep_comment();
