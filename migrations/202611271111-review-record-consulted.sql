-- Why: who gave an opinion for another unit (会签) stands in the responsibility records too.
alter table review.responsibility_record
  drop constraint responsibility_record_duty_check,
  add constraint responsibility_record_duty_check check (duty in
    ('written', 'entered', 'first-reviewed', 'second-reviewed', 'reviewed', 'consulted', 'signed', 'released')) not valid;
