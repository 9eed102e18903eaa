/** Quotas as people write them: in gigabytes of 1000³, and nothing for no limit. */
const GIGABYTE = 1e9;

/** Bytes; null for no limit, undefined for what is no number. */
export function quotaBytes(text: string): number | null | undefined {
  const written = text.trim().replace(',', '.');
  if (written === '') return null;
  return /^\d{1,9}(\.\d{1,3})?$/.test(written) ? Math.round(Number(written) * GIGABYTE) : undefined;
}

/** The same number as it is written. */
export function quotaText(bytes: number | null): string {
  return bytes === null ? '' : String(Math.round(bytes / 1e6) / 1000);
}
