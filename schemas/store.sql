-- The store of banli: cases and their events. Schema version 3 (PRAGMA user_version);
-- application id 1650552428, "banl" (PRAGMA application_id). Encoding UTF-8.

-- A case as it stands. What it says of the last event must agree with events; the chain is the
-- hash of that event.
CREATE TABLE cases (
  id         TEXT    NOT NULL PRIMARY KEY CHECK (id <> ''),
  item       TEXT    NOT NULL,                             -- the service item
  definition TEXT    NOT NULL,                             -- hash of the definition it runs by
  version    INTEGER NOT NULL CHECK (version >= 1),        -- number of the last event
  chain      TEXT    NOT NULL CHECK (length(chain) = 64)   -- hash of the last event
) STRICT, WITHOUT ROWID;

-- Every event of every case, numbered from 1. The hash of event n is
--   digest(hash n-1 || LF || case id || LF || item || LF || definition || LF || json)
-- in lower-case hexadecimal, hash 0 being 64 zeros. See store.md.
CREATE TABLE events (
  case_id TEXT    NOT NULL REFERENCES cases (id),
  number  INTEGER NOT NULL CHECK (number >= 1),
  request TEXT             CHECK (request <> ''),          -- at the first event of a request only
  json    TEXT    NOT NULL,                                -- the canonical text of the event
  hash    TEXT    NOT NULL CHECK (length(hash) = 64),
  PRIMARY KEY (case_id, number)
) STRICT, WITHOUT ROWID;

-- A request is done once.
CREATE UNIQUE INDEX events_by_request ON events (request) WHERE request IS NOT NULL;

-- Since version 2: what holds for the whole store. 'digest' is what its chains are made with,
-- 'sha256' or 'sm3'; version 1 knew sha256 only.
CREATE TABLE store (
  name  TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Since version 3: refused commands, in the order in which they were made, numbered from 1. The
-- hash of record n is digest(hash n-1 || LF || "audit" || LF || json), hash 0 being 64 zeros.
CREATE TABLE audit (
  number INTEGER NOT NULL PRIMARY KEY CHECK (number >= 1),
  json   TEXT    NOT NULL,                             -- who tried what, when, and why not
  hash   TEXT    NOT NULL CHECK (length(hash) = 64)
) STRICT;
