/** Kinds of files, as people write them. */
const NAMES: Record<string, string | null> = {
  webp: 'WebP',
  matroska: 'Matroska',
  webm: 'WebM',
  jxl: 'JPEG XL',
  other_video: null,
  unknown: null,
};

/** Null where the server could not tell. */
export function formatName(format: string): string | null {
  const name = NAMES[format.toLowerCase()];
  return name === undefined ? format.toUpperCase() : name;
}
