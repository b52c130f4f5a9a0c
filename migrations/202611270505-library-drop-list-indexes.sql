-- Why: 202611270502 to 202611270504 made indexes that do what these did. Dropping them takes a moment and no reading.
drop index library.resource_updated, library.resource_unit_updated, library.resource_published;
