/** All accounts and open invitations, and what is done to them. */
import { request } from '$lib/api/client';
import { sentence } from '$lib/i18n/users';
import { failureLine } from '$lib/i18n/failure';
import { toast } from '$lib/shell/toasts.svelte';
import { Users, type Account, type Invitation } from './users.gql';

export interface Refused {
  field: string | null;
  message: string;
}

export class UsersState {
  accounts = $state.raw<Account[] | null>(null);
  invitations = $state.raw<Invitation[]>([]);
  error = $state.raw<unknown>(null);
  /** There are more. */
  cursor = $state.raw<string | null>(null);

  async read(after: string | null = null): Promise<void> {
    try {
      const { users, invitations } = await request(Users, { after });
      this.accounts = after && this.accounts ? [...this.accounts, ...users.nodes] : users.nodes;
      this.invitations = invitations;
      this.cursor = users.pageInfo.hasNextPage ? users.pageInfo.endCursor : null;
      this.error = null;
    } catch (error) {
      this.error = error;
    }
  }
}

/** Does something that the server may refuse in words; true where it did not. */
export async function done(act: () => Promise<Refused[]>): Promise<boolean> {
  try {
    const [refused] = await act();
    if (refused) toast(sentence(refused.message), { tone: 'danger' });
    return refused === undefined;
  } catch (error) {
    toast(failureLine(error), { tone: 'danger' });
    return false;
  }
}

/** An address of this server with a token, which stands in the fragment and is sent nowhere. */
export function link(page: 'invite' | 'reset', token: string): string {
  return `${location.origin}/${page}#${token}`;
}
