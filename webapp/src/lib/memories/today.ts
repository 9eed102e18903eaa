/** The day where the reader is, as 2026-05-17. */
export function today(now = new Date()): string {
  const part = (n: number) => String(n).padStart(2, '0');
  return `${now.getFullYear()}-${part(now.getMonth() + 1)}-${part(now.getDate())}`;
}
