-- Why: the workbench asks at every look for the columns of a unit, for those that name a person, and for the offers that came
-- back lately. Both are small beside what is published.
create index responsibility_entry_responsible on sites.responsibility_entry (responsible_id) where responsible_id is not null;
create index responsibility_entry_contact on sites.responsibility_entry (contact_id) where contact_id is not null;
create index submission_returned on sites.submission (unit_id, decided_at desc) where state = 'returned';
