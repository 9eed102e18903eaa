/** Short messages at the foot of the screen that go away by themselves. */
export interface Toast {
  id: number;
  text: string;
  tone: 'plain' | 'danger';
  action?: { label: string; run: () => void };
}

const SHOWN_MS = 5000;
let next = 0;
const list = $state<Toast[]>([]);

export const toasts: readonly Toast[] = list;

/** Answers its id, for `dismiss`. */
export function toast(text: string, options: Partial<Pick<Toast, 'tone' | 'action'>> = {}): number {
  const id = next++;
  list.push({ id, text, tone: 'plain', ...options });
  // What is to be done, or may be quoted, takes longer to read.
  const long = options.action !== undefined || options.tone === 'danger';
  setTimeout(() => dismiss(id), long ? SHOWN_MS * 2 : SHOWN_MS);
  return id;
}

export function dismiss(id: number): void {
  const at = list.findIndex((toast) => toast.id === id);
  if (at >= 0) list.splice(at, 1);
}
