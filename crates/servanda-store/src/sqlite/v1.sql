-- The organisation is the first part of every key.
CREATE TABLE entry (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    organisation TEXT NOT NULL,
    matter TEXT NOT NULL,
    place INTEGER NOT NULL CHECK (place >= 0),
    key TEXT,
    bytes BLOB NOT NULL,
    seal BLOB NOT NULL CHECK (length(seal) = 32)
) STRICT;
CREATE UNIQUE INDEX entry_place ON entry (organisation, matter, place);
CREATE UNIQUE INDEX entry_key ON entry (organisation, matter, key) WHERE key IS NOT NULL;

-- How many entries there should be, told a second time: a lost last entry is noticed.
CREATE TABLE matter (
    organisation TEXT NOT NULL,
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    wake INTEGER,
    PRIMARY KEY (organisation, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX matter_wake ON matter (wake, organisation, name) WHERE wake IS NOT NULL;

CREATE TABLE register (
    organisation TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    bytes BLOB,
    digest BLOB NOT NULL,
    PRIMARY KEY (organisation, kind, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE blob (
    organisation TEXT NOT NULL,
    matter TEXT NOT NULL,
    digest BLOB NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (organisation, matter, digest)
) STRICT, WITHOUT ROWID;
