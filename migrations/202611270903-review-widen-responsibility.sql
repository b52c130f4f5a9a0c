-- Why: with chains as data a duty may be several people's, has the name of its step, and may have been done in another's place.
alter table review.responsibility_record
  add column place integer not null default 0,
  add column step_name text,
  add column on_behalf_of_name text,
  drop constraint responsibility_record_duty_check,
  add constraint responsibility_record_duty_check check (duty in
    ('written', 'entered', 'first-reviewed', 'second-reviewed', 'reviewed', 'signed', 'released')) not valid,
  drop constraint responsibility_record_pkey,
  add primary key (review_id, duty, place);
