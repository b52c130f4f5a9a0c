-- Why: at night the worker asks every two seconds for files that the present signatures have not seen; without an index it
-- goes through all files each time when there are none.
create index file_scanned_with on library.file (scanned_with);
