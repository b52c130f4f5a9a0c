-- The export of a period in the order of its times; that of a unit begins with its reviews.
create index responsibility_time on review.responsibility_record (at, review_id, duty, place);
