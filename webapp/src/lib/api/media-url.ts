/** Addresses of picture bytes. The tag changes with the content, so that browsers may keep them for good. */
export type Variant = 'thumbnail' | 'preview' | 'film' | 'motion' | 'original';

/** What stands before `/media`: a public link has media of its own. */
let before = '';

/** From now on, what a public link shows is asked for by it. */
export function showBy(link: string): void {
  before = link;
}

/** The list of sizes in which a film is streamed. */
export function streamUrl(id: string): string {
  return `${before}/media/${id}/hls/master.m3u8`;
}

export function mediaUrl(id: string, variant: Variant, tag: number): string {
  return `${before}/media/${id}/${variant}?v=${tag}`;
}

/** The thumbnail's address; null where there is no picture of it yet, which the tag 0 says. */
export function thumbnailUrl(id: string, tag: number): string | null {
  return tag === 0 ? null : mediaUrl(id, 'thumbnail', tag);
}
