-- Why: a work that is handed in again asks for the reasons that were given for it before.
create index override_resource on proofreading.override (resource_id, id);
