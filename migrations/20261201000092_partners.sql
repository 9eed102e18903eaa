-- Partners: one person lets another look at what is in all libraries that they own. One way, and without a row for each
-- library or asset: the view below says what follows from it.
CREATE TABLE partners (
    owner_id    bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    user_id     bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    in_timeline boolean NOT NULL DEFAULT true, -- of the one who looks: on their timeline and map
    added_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (owner_id, user_id),
    CHECK (owner_id <> user_id)
);
CREATE INDEX partners_user ON partners (user_id);

-- As what somebody is in a library: a member, or else the partner of an owner of it.
CREATE VIEW library_roles AS
    SELECT library_id, user_id, role, true AS in_timeline FROM library_members
    UNION ALL
    SELECT m.library_id, p.user_id, 'partner', p.in_timeline
    FROM partners p
    JOIN library_members m ON m.user_id = p.owner_id AND m.role = 'owner'
    WHERE NOT EXISTS (SELECT FROM library_members own
                      WHERE own.library_id = m.library_id AND own.user_id = p.user_id);

CREATE CONSTRAINT TRIGGER revoked AFTER DELETE ON partners
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION count_revocation();
