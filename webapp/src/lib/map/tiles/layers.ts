/** What the file says of itself. */

/** Whether a file has what our style draws; one that does not list its layers is believed. */
export function hasLayers(about: unknown): boolean {
  const listed = about && typeof about === 'object' && 'vector_layers' in about ? about.vector_layers : null;
  if (!Array.isArray(listed)) return true;
  const ids = listed.map((layer: unknown) => (layer && typeof layer === 'object' && 'id' in layer ? layer.id : null));
  return ['earth', 'water', 'roads', 'places'].filter((id) => ids.includes(id)).length >= 3;
}

/** Whom it is owed to, as HTML. */
export function creditsOf(about: unknown): string[] {
  const told = about && typeof about === 'object' && 'attribution' in about ? about.attribution : null;
  return typeof told === 'string' && told !== '' ? [told] : [];
}
