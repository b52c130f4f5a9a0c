-- Why: several works are approved at once only by somebody who opened each of them, as it is, while its step waited for
-- them. Written where the whole text is read, never by what somebody claims.
create table review.opening (
  review_id bigint not null references review.review,
  account_id bigint not null,
  revision_digest bytea not null check (length(revision_digest) = 32),
  opened_at timestamptz not null,
  primary key (review_id, account_id)
);
create index opening_account on review.opening (account_id, review_id);
