-- Searches that somebody keeps, and those they have made lately. Of both nobody else is told anything.

CREATE TABLE saved_searches (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id    bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    name       text NOT NULL,
    text       text NOT NULL, -- in the search language: words such as last-month keep their meaning
    created_at timestamptz NOT NULL DEFAULT now(),
    used_at    timestamptz
);
CREATE INDEX saved_searches_user ON saved_searches (user_id);

CREATE TABLE search_history (
    user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    text    text NOT NULL,
    used_at timestamptz NOT NULL DEFAULT now()
);
-- A text may be longer than an index takes.
CREATE UNIQUE INDEX search_history_key ON search_history (user_id, md5(text));
