-- Run once, when the volume is new. In template1, so that each new database has them:
-- trigram indexes for search, and search without diacritics.
\connect template1
CREATE EXTENSION pg_trgm;
CREATE EXTENSION unaccent;
-- As Odoo does itself: its indexes use the function.
ALTER FUNCTION unaccent(text) IMMUTABLE;
