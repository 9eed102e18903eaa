/** Where an album lies, and where it is shown. */

interface Linked {
  id: string;
  name: string;
  parent?: Linked | null;
}

/** The albums around one, the outermost first. */
export function pathOf(album: Linked): { id: string; name: string }[] {
  const path: { id: string; name: string }[] = [];
  for (let around = album.parent; around; around = around.parent) path.unshift({ id: around.id, name: around.name });
  return path;
}

export const albumHref = (id: string): string => `/albums/${id}`;
export const photoHref = (albumId: string, id: string): string => `/albums/${albumId}/${id}`;
