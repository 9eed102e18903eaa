/** Public links of the viewer's own: all, or those to one album. */
import { request } from '$lib/api/client';
import { failureLine } from '$lib/i18n/failure';
import { sentence } from '$lib/i18n/links';
import { LinkCreate, LinkReissue, LinkRevoke, Links, LinkUpdate, type Link } from './links.gql';
import { change, creation, type Subject, type Wishes } from './wishes';

/** What came of something: why not, or the address that is shown once. */
interface Done {
  problem: string | null;
  address: string | null;
}

interface Answer {
  address?: string | null;
  userErrors: readonly { message: string }[];
}

export class LinkList {
  all = $state.raw<readonly Link[] | null>(null);
  error = $state.raw<unknown>(null);

  constructor(private readonly albumId: string | null) {}

  async load(): Promise<void> {
    try {
      let [all, after, more] = [[] as Link[], null as string | null, true];
      while (more) {
        const { nodes, pageInfo } = (await request(Links, { albumId: this.albumId, after })).shareLinks;
        [all, after, more] = [[...all, ...nodes], pageInfo.endCursor, pageInfo.hasNextPage];
      }
      [this.all, this.error] = [all, null];
    } catch (error) {
      this.error = error;
    }
  }

  create(wishes: Wishes, subject: Subject): Promise<Done> {
    return this.#do(async () => (await request(LinkCreate, { input: creation(wishes, subject) })).shareLinkCreate);
  }

  update(link: Link, wishes: Wishes): Promise<Done> {
    return this.#do(async () => (await request(LinkUpdate, { input: change(wishes, link) })).shareLinkUpdate);
  }

  reissue({ id }: Link): Promise<Done> {
    return this.#do(async () => (await request(LinkReissue, { input: { id } })).shareLinkReissue);
  }

  revoke({ id }: Link): Promise<Done> {
    return this.#do(async () => (await request(LinkRevoke, { input: { id } })).shareLinkRevoke);
  }

  async #do(act: () => Promise<Answer>): Promise<Done> {
    try {
      const { address = null, userErrors } = await act();
      const [first] = userErrors;
      if (first) return { problem: sentence(first.message), address: null };
      void this.load();
      return { problem: null, address: address && location.origin + address };
    } catch (error) {
      return { problem: failureLine(error), address: null };
    }
  }
}
