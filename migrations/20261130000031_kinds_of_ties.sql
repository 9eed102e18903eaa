-- What kind of thing a tie is (domain::stack::TieKind): who is left when a member goes is asked whether it still belongs
-- together. NULL for those that were noted before; reading the metadata again fills it in.
ALTER TABLE ties ADD COLUMN kind text CHECK (kind IN ('film', 'burst', 'series', 'shot'));
