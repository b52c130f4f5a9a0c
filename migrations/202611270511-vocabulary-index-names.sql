-- Texts are looked through for what vocabularies call things: hundreds of names at once.
create index term_label on vocabulary.term (label);
create index term_synonyms on vocabulary.term using gin (synonyms);
