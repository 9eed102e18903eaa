/** What stands in the address of a public link. */

/** Letters of a token, and of the handle that it begins with. */
const TOKEN = /^[\w-]{40}$/;
const HANDLE = 8;

/** The token in the path of a link: its last part; null where that is none. */
export function tokenOf(path: string): string | null {
  const last = path.split('/').at(-1) ?? '';
  return TOKEN.test(last) ? last : null;
}

/** What is asked for by a link lies below this. */
export function below(token: string): string {
  return `/shared/${token.slice(0, HANDLE)}`;
}
