-- Why: what was signed before the rule excused every later sign-off of the same unchanged revision, and a resource could come signed.
create or replace function review.require_assessed_accession() returns trigger language plpgsql as $$
declare
  wanted bytea;
  latest record;
  signed_at timestamptz;
begin
  select digest into wanted from library.revision where id = new.signed_revision_id;
  select open_mode, revision_digest into latest from review.openness_assessment
  where revision_id = new.signed_revision_id order by id desc limit 1;
  if latest.open_mode = '主动公开' and latest.revision_digest = wanted then
    return null;
  end if;
  select ended_at into signed_at from review.review
  where resource_id = new.id and revision_id = new.signed_revision_id and state = 'signed' order by id desc limit 1;
  if signed_at < (select assessed_since from review.disclosure_rule) then
    return null;
  end if;
  raise exception 'revision % is not assessed as open to all', new.signed_revision_id using errcode = 'check_violation';
end $$;
create constraint trigger assessed_from_the_start after insert on library.resource
  deferrable initially deferred for each row
  when (new.signed_revision_id is not null)
  execute function review.require_assessed_accession();
comment on column review.disclosure_rule.assessed_since is
  'When this instance, or the one whose package it was made of, came under the rule: what was signed before needs no assessment.';
