-- Why: lists are narrowed by the terms of the newest revision, and what citizens see follows the terms of the live one.
-- Null is what has none, as all that was written before: nothing is rewritten.
alter table library.resource add column terms text[], add column live_terms text[];
comment on column library.resource.terms is 'References to terms (topic:0201) in the newest revision.';
comment on column library.resource.live_terms is 'References to terms in the live revision; still there when it was taken down.';
create index resource_terms on library.resource using gin (terms) where terms is not null;
create index resource_live_terms on library.resource using gin (live_terms) where live_terms is not null;
