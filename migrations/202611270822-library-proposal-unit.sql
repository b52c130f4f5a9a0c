-- Why: proposals are listed for one unit, the surest first. By the unit of their documents all proposals of the district
-- are gone through for a unit that has none.
alter table library.relation_proposal add column unit_id bigint;
update library.relation_proposal set unit_id = resource.unit_id
  from library.resource where resource.id = relation_proposal.from_id;
alter table library.relation_proposal alter column unit_id set not null;
comment on column library.relation_proposal.unit_id is 'That of the naming document, with which it moves.';

create index relation_proposal_of_unit on library.relation_proposal (unit_id, state, confidence desc, id desc);

create function library.move_proposals() returns trigger language plpgsql as $$
begin
  update library.relation_proposal set unit_id = new.unit_id where from_id = new.id;
  return null;
end $$;
create trigger move_proposals after update of unit_id on library.resource
  for each row when (old.unit_id is distinct from new.unit_id) execute function library.move_proposals();
