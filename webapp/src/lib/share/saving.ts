/** Saves what a public link lets be saved. */
import { mediaUrl, type Variant } from '$lib/api/media-url';
import type { SharedOne } from './share.gql';

/** Browsers drop downloads that follow each other too closely. */
const PAUSE_MS = 400;

/** The address of what is saved of a photo; null where nothing may be. */
export function savedAs({ id, tag, file }: SharedOne): string | null {
  return file && mediaUrl(id, file.variant as Variant, tag);
}

export async function saveAll(all: readonly SharedOne[]): Promise<void> {
  for (const one of all) {
    const address = savedAs(one);
    if (!address) continue;
    const link = Object.assign(document.createElement('a'), { href: address, download: one.file?.name ?? '' });
    link.click();
    await new Promise((then) => setTimeout(then, PAUSE_MS));
  }
}
