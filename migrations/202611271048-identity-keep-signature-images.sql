-- Why: signatures name their picture by its digest for ever, so that a picture may only come out of use.
create function identity.keep_signature_image() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.ended_at is null
    and (new.id, new.account_id, new.digest, new.content, new.begun_at)
      = (old.id, old.account_id, old.digest, old.content, old.begun_at) then
    return new;
  end if;
  raise exception 'pictures of signatures are never changed' using errcode = 'insufficient_privilege';
end $$;
create trigger kept before update or delete on identity.signature_image
  for each row execute function identity.keep_signature_image();
