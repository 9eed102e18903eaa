/** What an API key may name. */
import type { Scope } from './keys.gql';

/** In the order in which people read them; what only reads first. */
export const SCOPES: readonly Scope[] = [
  'LIBRARY_READ',
  'ASSET_READ',
  'ASSET_DOWNLOAD',
  'ASSET_UPDATE',
  'ASSET_PROCESS',
  'LIBRARY_UPLOAD',
  'LIBRARY_MANAGE',
];

/** What guests may do themselves. */
export const READING: readonly Scope[] = ['LIBRARY_READ', 'ASSET_READ', 'ASSET_DOWNLOAD'];
