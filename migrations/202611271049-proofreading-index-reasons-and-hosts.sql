-- Why: a work that is handed in again asks for the reasons that were given for it before; links are tried some of each
-- host, and what is due of a host has to be found without the thousands of another.
create index override_resource on proofreading.override (resource_id, id);
create index link_state_host_due on proofreading.link_state (host, due_at) where due_at is not null;
