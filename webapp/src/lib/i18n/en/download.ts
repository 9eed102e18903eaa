import { assets } from './common';

/** Words of downloads. */
export const download = {
  action: 'Download',
  chosen: (n: number) => `Download ${assets(n)}`,
  found: 'Download all that were found',
  album: (name: string) => `Download “${name}”`,
  detail: 'The originals, as they came. More than one come as one zip file.',
  stacked: 'With raws, films of Live Photos and whatever else is stacked beneath',
  sidecars: 'With captions, places and tags as sidecars (XMP)',
  begun: (n: number, size: string) => `${assets(n)} on their way, ${size}`,
  failed: 'nothing could be downloaded',
};
