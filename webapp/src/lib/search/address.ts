/** Addresses of searches. */

export type Order = 'day' | 'match';

export function searchHref(text: string, order: Order = 'day'): string {
  return `/search${queryOf(text, order)}`;
}

export function hitHref(id: string, text: string, order: Order = 'day'): string {
  return `/search/${id}${queryOf(text, order)}`;
}

export function orderOf(params: URLSearchParams): Order {
  return params.get('by') === 'match' ? 'match' : 'day';
}

function queryOf(text: string, order: Order): string {
  const params = new URLSearchParams({ q: text, ...(order === 'match' ? { by: 'match' } : {}) });
  return `?${params}`;
}
