-- 政府信息公开专栏 has five parts: two of them were no kinds of their own. And a column may show its entries as pictures.
alter table sites.column drop constraint column_kind_check;
alter table sites.column add constraint column_kind_check check (kind in ('channel', 'news', 'notice', 'policy', 'interpretation', 'overview', 'institution', 'leader', 'disclosure-guide', 'disclosure-system', 'disclosure-content', 'annual-report', 'disclosure-request', 'interaction', 'service', 'data', 'topic'));
alter table sites.column add column display text not null default 'list' check (display in ('list', 'pictures'));
comment on column sites.column.display is 'How its pages show entries: lines, or pictures with titles where entries have a cover.';
