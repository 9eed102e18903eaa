-- Which part of the world a panorama shows, and how it is looked at first (domain::metadata::Panorama).

ALTER TABLE assets ADD COLUMN panorama jsonb;

COMMENT ON COLUMN assets.face_regions IS
    'faces that somebody marked: their names, and their areas in the upright picture (domain::metadata::FaceRegion)';
