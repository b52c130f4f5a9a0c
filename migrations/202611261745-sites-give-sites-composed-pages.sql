-- Why: a site's home page may be a resource of the library, and pages, which know no clock, must learn that a topic ended.
alter table sites.site add column home_resource_id bigint;
comment on column sites.site.home_resource_id is 'The live resource that is composed as the home page; null: composed from the columns by itself.';
create unique index site_home_resource on sites.site (home_resource_id) where home_resource_id is not null;

-- The live topics. A row goes with the withdrawal of its topic.
create table sites.topic (
  resource_id bigint primary key,
  ends_on date,
  ended boolean not null
);
comment on column sites.topic.ended is 'Set by the due clock once the last day has passed in China, and by a release.';
create index topic_due on sites.topic (ends_on) where not ended and ends_on is not null;
