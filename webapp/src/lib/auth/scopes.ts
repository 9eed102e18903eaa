/** What an API key may name. */
import type { Scope } from './keys.gql';

/** In the order in which people read them; what only reads first. */
export const SCOPES: readonly Scope[] = [
  'LIBRARY_READ',
  'ASSET_READ',
  'ASSET_DOWNLOAD',
  'ASSET_LOCATE',
  'ALBUM_READ',
  'ASSET_UPDATE',
  'ASSET_TRASH',
  'ASSET_DELETE',
  'ASSET_LOCK',
  'ASSET_PROCESS',
  'ASSET_SHARE',
  'ASSET_LINK',
  'ALBUM_TALK',
  'ALBUM_CONTRIBUTE',
  'ALBUM_UPDATE',
  'ALBUM_MANAGE',
  'ALBUM_LINK',
  'LIBRARY_UPLOAD',
  'LIBRARY_MANAGE',
];

/** What guests may do themselves. */
export const READING: readonly Scope[] = ['LIBRARY_READ', 'ASSET_READ', 'ASSET_DOWNLOAD', 'ASSET_LOCATE', 'ALBUM_READ'];
