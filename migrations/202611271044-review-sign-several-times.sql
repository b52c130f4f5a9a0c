-- Why: where all have to sign each signature is kept, and again after the work went back; in whose place is said too.
alter table review.signature
  drop constraint signature_pkey,
  add column id bigint generated always as identity primary key,
  add column on_behalf_of bigint,
  add column on_behalf_of_name text,
  add check ((on_behalf_of is null) = (on_behalf_of_name is null));
comment on column review.signature.on_behalf_of is 'In whose place, where the signer was a delegate.';
create index signature_review on review.signature (review_id, id);
