/** What is said of an album, or of one photo in it, latest first, kept up to date. */

import { onChanges } from '$lib/api/changes';
import { request } from '$lib/api/client';
import { t } from '$lib/i18n/albums';
import { toast } from '$lib/shell/toasts.svelte';
import { CommentAdd, CommentDelete, CommentsOf, type Comment } from './comments.gql';
import { refusal } from './refused';

const NEWS_MS = 300;

export class Comments {
  /** Null until they are known. */
  all = $state.raw<readonly Comment[] | null>(null);
  more = $state(false);
  error = $state.raw<unknown>(null);
  private after: string | null = null;

  constructor(
    private readonly albumId: string,
    private readonly assetId: string | null = null,
  ) {
    void this.load();
  }

  /** The latest ones, or with `earlier` the next page. */
  async load(earlier = false): Promise<void> {
    try {
      const after = earlier ? this.after : null;
      const { albumComments } = await request(CommentsOf, { id: this.albumId, assetId: this.assetId, after });
      const { nodes = [], pageInfo } = albumComments ?? {};
      this.all = earlier ? [...(this.all ?? []), ...nodes] : nodes;
      [this.more, this.after, this.error] = [pageInfo?.hasNextPage ?? false, pageInfo?.endCursor ?? null, null];
    } catch (error) {
      this.error = error;
    }
  }

  /** Looks again after changes, until the answer is called. */
  follow(): () => void {
    let soon: ReturnType<typeof setTimeout> | undefined;
    const stop = onChanges(({ items, reset }) => {
      if (!reset && !items.some(({ kind, id }) => kind === 'ALBUM' && id === this.albumId)) return;
      clearTimeout(soon);
      soon = setTimeout(() => void this.load(), NEWS_MS);
    });
    return () => {
      stop();
      clearTimeout(soon);
    };
  }

  /** Says something; true where that was taken. */
  async say(text: string): Promise<boolean> {
    const why = await refusal(async () => {
      const input = { albumId: this.albumId, assetId: this.assetId, text };
      const { comment, userErrors } = (await request(CommentAdd, { input })).albumCommentAdd;
      if (comment) this.all = [comment, ...(this.all ?? []).filter(({ id }) => id !== comment.id)];
      return userErrors;
    });
    if (why !== null) toast(t.albums.comments.failed(why), { tone: 'danger' });
    return why === null;
  }

  async remove({ id }: Comment): Promise<void> {
    const why = await refusal(async () => (await request(CommentDelete, { id })).albumCommentDelete.userErrors);
    if (why === null) this.all = this.all?.filter((one) => one.id !== id) ?? null;
    else toast(t.albums.page.notChanged(why), { tone: 'danger' });
  }
}
