/** The way from a folder down to one of its parts. */

/** Where a part of a folder is shown. */
export function partHref(folderId: string, key: string): string {
  return key === '' ? `/folders/${folderId}` : `/folders/${folderId}?in=${key}`;
}

/** A step on the way: its name and its key, which is its path in base64 for addresses. */
export interface Crumb {
  name: string;
  key: string;
}

/** All steps below the folder, this part among them. Keys hold bytes, so they are cut as bytes. */
export function crumbs(key: string): Crumb[] {
  const path = fromBase64(key);
  const ends = [...path.keys()].filter((at) => path[at] === SLASH);
  if (path.length > 0) ends.push(path.length);
  let begin = 0;
  return ends.map((end) => {
    const name = text.decode(path.subarray(begin, end));
    begin = end + 1;
    return { name, key: toBase64(path.subarray(0, end)) };
  });
}

const SLASH = 47;
const text = new TextDecoder();

function fromBase64(key: string): Uint8Array {
  try {
    return Uint8Array.from(atob(key.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
  } catch {
    // An address that somebody has cut: the server says that nothing is there.
    return new Uint8Array();
  }
}

function toBase64(bytes: Uint8Array): string {
  const letters = String.fromCharCode(...bytes);
  return btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
