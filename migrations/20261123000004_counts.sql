-- Counts kept in step with the assets, in the same transaction; each equals a recount at any time.

CREATE TABLE day_counts (
    library_id bigint NOT NULL REFERENCES libraries ON DELETE CASCADE,
    day        date NOT NULL,
    count      integer NOT NULL,
    PRIMARY KEY (library_id, day)
) WITH (fillfactor = 80);

CREATE TABLE map_cells (
    library_id bigint NOT NULL REFERENCES libraries ON DELETE CASCADE,
    resolution smallint NOT NULL,
    cell       bigint NOT NULL,
    count      integer NOT NULL,
    latitude   bigint NOT NULL,  -- sum, in 1e-7 degrees
    longitude  bigint NOT NULL,  -- sum, in 1e-7 degrees
    cover_id   bigint NOT NULL,  -- the newest asset in the cell (highest id)
    first_day  date NOT NULL,
    last_day   date NOT NULL,
    PRIMARY KEY (library_id, resolution, cell)
) WITH (fillfactor = 80);

-- Low resolutions would lock each other: changes are appended here and folded into map_cells by the indexer.
-- Reading adds both up.
CREATE TABLE map_deltas (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    library_id bigint NOT NULL REFERENCES libraries ON DELETE CASCADE,
    resolution smallint NOT NULL,
    cell       bigint NOT NULL,
    count      integer NOT NULL, -- +1 or −1
    latitude   bigint NOT NULL,
    longitude  bigint NOT NULL,
    asset_id   bigint NOT NULL,
    day        date NOT NULL
);
CREATE INDEX map_deltas_cell ON map_deltas (library_id, resolution, cell);
