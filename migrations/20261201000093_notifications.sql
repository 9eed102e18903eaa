-- What people are told: a row each, read or not. What is alike and unread is gathered in one row with a count.
CREATE TABLE notifications (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id    bigint NOT NULL REFERENCES users ON DELETE CASCADE,     -- who is told
    kind       text NOT NULL,
    actor_id   bigint REFERENCES users ON DELETE CASCADE,              -- who did it
    album_id   bigint REFERENCES albums ON DELETE CASCADE,             -- of what
    library_id bigint REFERENCES libraries ON DELETE CASCADE,          -- of what
    count      integer NOT NULL DEFAULT 1,
    detail     text,                                                   -- each of these stands alone
    shown      boolean NOT NULL DEFAULT true,                          -- in the app; else by other channels alone
    at         timestamptz NOT NULL DEFAULT now(),
    read_at    timestamptz
);
CREATE UNIQUE INDEX notifications_gathered
    ON notifications (user_id, kind, coalesce(actor_id, 0), coalesce(album_id, 0), coalesce(library_id, 0))
    WHERE read_at IS NULL AND detail IS NULL;
CREATE INDEX notifications_user ON notifications (user_id, at DESC, id DESC) WHERE shown;
CREATE INDEX notifications_actor ON notifications (actor_id) WHERE actor_id IS NOT NULL;
CREATE INDEX notifications_album ON notifications (album_id) WHERE album_id IS NOT NULL;
CREATE INDEX notifications_library ON notifications (library_id) WHERE library_id IS NOT NULL;
CREATE INDEX notifications_at ON notifications (at);

-- What somebody wants to be told of by what; where there is no row, the program's default holds.
CREATE TABLE notification_choices (
    user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    kind    text NOT NULL,
    channel text NOT NULL CHECK (channel IN ('app', 'mail', 'push')),
    wanted  boolean NOT NULL,
    PRIMARY KEY (user_id, kind, channel)
);

ALTER TABLE changes
    DROP CONSTRAINT changes_kind_check,
    ADD CONSTRAINT changes_kind_check CHECK (kind IN
        ('asset', 'library', 'folder', 'user', 'album', 'sight', 'entry', 'membership', 'comment', 'like',
         'notification'));
