-- What colour a keyword has in a library. A row may outlive its keyword: what is undone has its colour again.

CREATE TABLE keyword_colours (
    library_id bigint NOT NULL REFERENCES libraries ON DELETE CASCADE,
    path       text NOT NULL, -- the whole path, parts apart by |
    colour     text NOT NULL,
    PRIMARY KEY (library_id, path)
);

-- Keywords are counted from those that have any.
CREATE INDEX assets_with_keywords ON assets (library_id, id) WHERE keywords <> '{}';
