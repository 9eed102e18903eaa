/** Whom a map is owed to. Its makers write that as HTML, of which words and links are taken and nothing else. */

export interface Piece {
  text: string;
  href: string | null;
}

export function pieces(html: string): Piece[] {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  return read(body, null).filter(({ text }) => text !== '');
}

function read(node: Node, href: string | null): Piece[] {
  if (node.nodeType === Node.TEXT_NODE) return [{ text: (node.textContent ?? '').replace(/\s+/g, ' '), href }];
  const link = node instanceof HTMLAnchorElement && /^https?:$/.test(node.protocol) ? node.href : href;
  return [...node.childNodes].flatMap((child) => read(child, link));
}
