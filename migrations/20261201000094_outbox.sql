-- What is to leave the house: letters, and pushes to browsers. Put here in the transaction of what is told, sent by the indexer, and
-- removed once it is sent or given up.
CREATE TABLE outbox (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    channel         text NOT NULL CHECK (channel IN ('mail', 'push')),
    notification_id bigint REFERENCES notifications ON DELETE CASCADE, -- words and address are those of the moment of sending
    address         text,                                              -- or else a letter that is ready
    title           text,
    body            text,
    path            text,                                              -- of the page that it leads to, behind the public address
    attempts        smallint NOT NULL DEFAULT 0,
    due_at          timestamptz NOT NULL DEFAULT now(),
    made_at         timestamptz NOT NULL DEFAULT now(),
    CHECK ((notification_id IS NULL) <> (address IS NULL))
);
CREATE UNIQUE INDEX outbox_notification ON outbox (notification_id, channel) WHERE notification_id IS NOT NULL;
CREATE INDEX outbox_due ON outbox (channel, due_at);
