-- Why: what a resource says changes without a new revision (rulings, names of terms, what it may name): the mark that the
-- other platform gave it says whether it is here as it is there.
alter table following.item add column mark text;
