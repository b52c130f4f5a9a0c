-- Who signed what, by which proof: kept with the revision for ever.
create table review.signature (
  review_id bigint primary key references review.review,
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
  signed_at timestamptz not null
);
create index signature_revision on review.signature (revision_id);
create trigger immutable before update or delete on review.signature
  for each row execute function review.refuse_change();
