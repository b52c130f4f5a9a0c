-- Why: in some columns every change of what was published is told on its page: when, by whom, what.
alter table sites.column add column correction_required boolean not null default false;
comment on column sites.column.correction_required is 'A changed text that was public is handed in with a note of what it corrects.';
