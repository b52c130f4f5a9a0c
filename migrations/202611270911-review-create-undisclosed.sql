-- What was found not to be open stays in the library and is looked at again (Regulation, article 18).

-- The review that ended with the finding says which resource, of which unit, under which title.
create table review.undisclosed (
  review_id bigint primary key references review.review,
  resource_id bigint not null,
  open_mode text not null check (open_mode in ('依申请公开', '不予公开')),
  reason_key text not null references review.openness_reason,
  found_at timestamptz not null,
  -- The day by which it is looked at again; null when it is not undisclosed any more.
  due_on date,
  -- Why no more: it may be opened, it was published, or a later review found anew.
  ended_as text check (ended_as in ('may-open', 'published', 'found-anew')),
  check ((due_on is null) = (ended_as is not null))
);
create index undisclosed_due on review.undisclosed (due_on, review_id) where due_on is not null;
create unique index undisclosed_resource on review.undisclosed (resource_id) where due_on is not null;

create table review.reassessment (
  id bigint generated always as identity primary key,
  review_id bigint not null references review.undisclosed,
  outcome text not null check (outcome in ('keep', 'may-open')),
  open_mode text not null check (open_mode in ('主动公开', '依申请公开', '不予公开')),
  reason_key text references review.openness_reason,
  note text not null check (length(trim(note)) >= 2),
  next_due_on date,
  assessed_by bigint not null,
  assessed_by_name text not null,
  assessed_at timestamptz not null,
  check ((outcome = 'keep') = (next_due_on is not null)),
  check ((outcome = 'keep') = (reason_key is not null)),
  check ((outcome = 'may-open') = (open_mode = '主动公开'))
);
create index reassessment_review on review.reassessment (review_id, id desc);
create trigger immutable before update or delete on review.reassessment
  for each row execute function review.refuse_change();
