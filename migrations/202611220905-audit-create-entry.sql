-- The record of every act: append-only and hash-chained, so that a changed or missing row is noticed.
create schema audit;

create table audit.head (
  only_row boolean primary key default true check (only_row),
  seq bigint not null,
  hash bytea not null
);
insert into audit.head (seq, hash) values (0, decode(repeat('00', 32), 'hex'));
comment on table audit.head is 'The end of the chain. Its row lock puts the entries of concurrent transactions in order.';

create table audit.entry (
  seq bigint not null,
  at timestamptz not null,
  actor_kind text not null check (actor_kind in ('account', 'system', 'anonymous')),
  actor_id text not null,
  actor_name text not null,
  unit_id bigint,
  action text not null,
  object_kind text not null,
  object_id text,
  result text not null check (result in ('done', 'refused', 'failed')),
  code text,
  details jsonb not null,
  address text,
  request_id text not null,
  previous_hash bytea not null,
  hash bytea not null,
  primary key (seq, at)
) partition by range (at);
create table audit.entry_2026 partition of audit.entry for values from ('2026-01-01') to ('2027-01-01');
create table audit.entry_2027 partition of audit.entry for values from ('2027-01-01') to ('2028-01-01');
create table audit.entry_2028 partition of audit.entry for values from ('2028-01-01') to ('2029-01-01');
create table audit.entry_other partition of audit.entry default;
create index entry_object on audit.entry (object_kind, object_id, at desc);
create index entry_actor on audit.entry (actor_id, at desc);
create index entry_unit on audit.entry (unit_id, at desc);
create index entry_at on audit.entry (at desc, seq desc);
comment on table audit.entry is 'Who did what, when, from where, on what, with what result. Kept at least one year (rule 2.5.6). No foreign keys: it outlives what it speaks of.';

-- The text that is hashed: a JSON array, so that no value can run into its neighbour and null differs from
-- every text. The verification builds the same text outside the database, from the columns.
create function audit.entry_text(e audit.entry) returns text language sql stable as $$
  select jsonb_build_array(e.seq::text, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), e.actor_kind,
    e.actor_id, e.actor_name, e.unit_id::text, e.action, e.object_kind, e.object_id, e.result, e.code, e.details::text,
    e.address, e.request_id)::text
$$;

create function audit.chain_entry() returns trigger language plpgsql as $$
declare last audit.head;
begin
  select * into last from audit.head for update;
  new.seq := last.seq + 1;
  new.previous_hash := last.hash;
  new.hash := sha256(last.hash || convert_to(audit.entry_text(new), 'UTF8'));
  update audit.head set seq = new.seq, hash = new.hash;
  return new;
end $$;
create trigger chain before insert on audit.entry for each row execute function audit.chain_entry();

create function audit.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'audit entries are append-only' using errcode = 'insufficient_privilege';
end $$;
create trigger append_only before update or delete on audit.entry for each row execute function audit.refuse_change();
create trigger no_truncate before truncate on audit.entry for each statement execute function audit.refuse_change();
-- Partitions inherit row triggers but not statement triggers.
create trigger no_truncate before truncate on audit.entry_2026 for each statement execute function audit.refuse_change();
create trigger no_truncate before truncate on audit.entry_2027 for each statement execute function audit.refuse_change();
create trigger no_truncate before truncate on audit.entry_2028 for each statement execute function audit.refuse_change();
create trigger no_truncate before truncate on audit.entry_other for each statement execute function audit.refuse_change();
create trigger no_delete before delete on audit.head for each row execute function audit.refuse_change();
create trigger no_truncate before truncate on audit.head for each statement execute function audit.refuse_change();
