-- Who signed what, by which proof: kept with the revision for ever. Several where all have to sign, and again after
-- the work went back.
create table review.signature (
  id bigint generated always as identity primary key,
  review_id bigint not null references review.review,
  resource_id bigint not null,
  revision_id bigint not null,
  revision_digest bytea not null check (length(revision_digest) = 32),
  opinion text,
  method text not null check (method in ('password', 'totp', 'recovery-code')),
  -- SHA-256 of the picture of the signature, where the signer has one.
  image_digest bytea check (length(image_digest) = 32),
  signed_by bigint not null,
  signed_by_name text not null,
  signed_for text not null,
  -- In whose place, where the signer was a delegate.
  on_behalf_of bigint,
  on_behalf_of_name text,
  signed_at timestamptz not null,
  check ((on_behalf_of is null) = (on_behalf_of_name is null))
);
create index signature_review on review.signature (review_id, id);
create index signature_revision on review.signature (revision_id);
create trigger immutable before update or delete on review.signature
  for each row execute function review.refuse_change();
