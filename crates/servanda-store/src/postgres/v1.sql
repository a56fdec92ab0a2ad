-- The organisation is the first part of every key. Names and keys are compared by their bytes.
CREATE TABLE entry (
    row bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- By this the feed tells what is certain from what a running transaction may still write before it.
    transaction xid8 NOT NULL DEFAULT pg_current_xact_id(),
    organisation text COLLATE "C" NOT NULL,
    matter text COLLATE "C" NOT NULL,
    place bigint NOT NULL CHECK (place >= 0),
    key text COLLATE "C",
    bytes bytea NOT NULL,
    seal bytea NOT NULL CHECK (length(seal) = 32)
);
CREATE UNIQUE INDEX entry_place ON entry (organisation, matter, place);
CREATE UNIQUE INDEX entry_key ON entry (organisation, matter, key) WHERE key IS NOT NULL;
CREATE INDEX entry_feed ON entry (transaction, row);

-- How many entries there should be, told a second time: a lost last entry is noticed.
CREATE TABLE matter (
    organisation text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    wake bigint,
    PRIMARY KEY (organisation, name)
);
CREATE INDEX matter_wake ON matter (wake, organisation, name) WHERE wake IS NOT NULL;

CREATE TABLE register (
    organisation text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    revision bigint NOT NULL,
    bytes bytea,
    digest bytea NOT NULL,
    PRIMARY KEY (organisation, kind, id)
);

CREATE TABLE blob (
    organisation text COLLATE "C" NOT NULL,
    matter text COLLATE "C" NOT NULL,
    digest bytea NOT NULL,
    bytes bytea NOT NULL,
    PRIMARY KEY (organisation, matter, digest)
);
