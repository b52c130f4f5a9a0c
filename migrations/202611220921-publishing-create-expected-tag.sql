-- Tags that pages being built will have, seen by events before the pages are recorded. Unlogged: what a crash of the
-- database empties belongs to builds that the crash ended as well.
create unlogged table publishing.expected_tag (
  page_key text primary key,
  tags text[] not null
);
