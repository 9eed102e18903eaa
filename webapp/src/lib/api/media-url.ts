/** Addresses of picture bytes. The tag changes with the content, so that browsers may keep them for good. */
export type Variant = 'thumbnail' | 'preview' | 'film' | 'motion' | 'original';

export function mediaUrl(id: string, variant: Variant, tag: number): string {
  return `/media/${id}/${variant}?v=${tag}`;
}
