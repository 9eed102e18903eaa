/** Addresses of picture bytes. The tag changes with the content, so that browsers may keep them for good. */
export type Variant = 'thumbnail' | 'preview' | 'film' | 'motion' | 'original';

export function mediaUrl(id: string, variant: Variant, tag: number): string {
  return `/media/${id}/${variant}?v=${tag}`;
}

/** The thumbnail's address; null where there is no picture of it yet, which the tag 0 says. */
export function thumbnailUrl(id: string, tag: number): string | null {
  return tag === 0 ? null : mediaUrl(id, 'thumbnail', tag);
}
