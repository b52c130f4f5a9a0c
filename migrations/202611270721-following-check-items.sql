-- Why: the rows of before are checked beside the work of others, after the constraints stand.
alter table following.item validate constraint item_state_check;
alter table following.item validate constraint item_set_aside_check;
