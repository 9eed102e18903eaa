-- Live albums: a filter whose finds the indexer keeps as rows of album_assets, marked as made by rule.

CREATE TABLE album_rules (
    album_id  bigint PRIMARY KEY REFERENCES albums ON DELETE CASCADE,
    text      text NOT NULL, -- in the search language: words such as last-month keep their meaning
    due       boolean NOT NULL DEFAULT true, -- to be read as a whole, as soon as the indexer is free
    read_on   date,  -- the day for which its words for days were last read
    problem   text   -- why it can't be followed, in words
);
CREATE INDEX album_rules_due ON album_rules (album_id) WHERE due;

-- Up to where live albums have followed the feed.
CREATE TABLE album_rules_at (
    one   boolean PRIMARY KEY DEFAULT true CHECK (one),
    epoch integer NOT NULL,
    xid   bigint NOT NULL,
    seq   bigint NOT NULL
);
