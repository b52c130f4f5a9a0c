-- Why: who is away names somebody of the unit who decides in their place from one day to another.
create table review.delegation (
  id bigint generated always as identity primary key,
  account_id bigint not null,
  account_name text not null,
  delegate_id bigint not null,
  delegate_name text not null,
  starts_on date not null,
  ends_on date not null,
  reason text not null,
  created_at timestamptz not null,
  revoked_at timestamptz,
  check (account_id <> delegate_id),
  check (starts_on <= ends_on)
);
create index delegation_account on review.delegation (account_id, id desc);
create index delegation_delegate on review.delegation (delegate_id, id desc);
