-- What of the days that come round again somebody keeps, or does not want to be shown. The memories themselves are found when
-- they are asked for.

CREATE TABLE memory_marks (
    user_id   bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    kind      text NOT NULL CHECK (kind IN ('day', 'trip')),
    from_day  date NOT NULL,
    to_day    date NOT NULL CHECK (to_day >= from_day),
    saved     boolean NOT NULL DEFAULT false,
    hidden    boolean NOT NULL DEFAULT false,
    marked_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (user_id, kind, from_day, to_day)
);

-- Where each day was spent is counted from this index alone.
CREATE INDEX assets_days_spent ON assets (library_id, day, cell)
    WHERE state = 'active' AND cell IS NOT NULL AND NOT taken_guessed;
