/** Whom a map is owed to. Its makers write that as HTML, of which words and links are taken and nothing else. */

export interface Piece {
  text: string;
  href: string | null;
}

const SIGNS: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0', copy: '©' };

export function pieces(html: string): Piece[] {
  const found: Piece[] = [];
  let href: string | null = null;
  // Tags and what stands between them by turns.
  html.split(/(<[^>]*>)/).forEach((part, i) => {
    if (i % 2 === 0) {
      const text = decoded(part).replace(/\s+/g, ' ');
      if (text !== '') found.push({ text, href });
    } else if (/^<a\s/i.test(part)) href = linkOf(part);
    else if (/^<\/a\b/i.test(part)) href = null;
  });
  return found;
}

/** Where a link leads, if that is a page. */
function linkOf(tag: string): string | null {
  const [, , quoted, bare] = /\shref\s*=\s*(?:(["'])(.*?)\1|([^\s>]+))/i.exec(tag) ?? [];
  const href = decoded(quoted ?? bare ?? '');
  return URL.canParse(href) && /^https?:$/.test(new URL(href).protocol) ? href : null;
}

function decoded(text: string): string {
  return text.replace(
    /&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w+));/gi,
    (whole, hex?: string, number?: string, name?: string) => {
      if (name) return SIGNS[name] ?? whole;
      const code = hex ? parseInt(hex, 16) : Number(number);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
