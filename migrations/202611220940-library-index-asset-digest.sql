-- The page of a public file is found by its content: who still uses these bytes is asked at every publication.
create index asset_digest on library.asset (digest);
