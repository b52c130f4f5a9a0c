-- Why: the export of a period goes on after a record, so its order tells apart two of one review, duty and hour; that
-- of a unit begins with its reviews and asked the other index never.
create index responsibility_time_place on review.responsibility_record (at, review_id, duty, place);
drop index review.responsibility_time;
drop index review.responsibility_unit;
