-- The export of a period: records of a unit by their time.
create index responsibility_unit on review.responsibility_record (unit_id, at, review_id, duty);
create index responsibility_time on review.responsibility_record (at, review_id, duty);
