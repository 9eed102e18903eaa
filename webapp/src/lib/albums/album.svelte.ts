/** One album, as it is now. */

import { onChanges } from '$lib/api/changes';
import { request } from '$lib/api/client';
import { t } from '$lib/i18n/albums';
import { toast } from '$lib/shell/toasts.svelte';
import {
  AlbumMemberSet,
  AlbumOf,
  AlbumTransfer,
  AlbumUpdate,
  type Album,
  type AlbumInput,
  type Role,
} from './albums.gql';
import { refusal } from './refused';

const NEWS_MS = 400;

export class AlbumState {
  /** Null where there is none, or none that may be seen; absent while it is asked for. */
  now = $state.raw<Album | null | undefined>(undefined);
  /** The search that finds what is in it; stays when it goes. */
  text = $state('');
  error = $state.raw<unknown>(null);
  private reading = 0;

  constructor(readonly id: string) {
    void this.load();
  }

  async load(): Promise<void> {
    const turn = ++this.reading;
    try {
      const { album } = await request(AlbumOf, { id: this.id });
      if (turn !== this.reading) return;
      this.become(album);
      this.error = null;
    } catch (error) {
      if (turn === this.reading) this.error = error;
    }
  }

  /** Looks again after changes of it, or of what lies in it, until the answer is called. */
  follow(): () => void {
    let soon: ReturnType<typeof setTimeout> | undefined;
    const stop = onChanges(({ items, reset }) => {
      const known = new Set([this.id, ...(this.now?.albums.map(({ id }) => id) ?? [])]);
      if (!reset && !items.some(({ kind, id }) => kind === 'ALBUM' && known.has(id))) return;
      clearTimeout(soon);
      soon = setTimeout(() => void this.load(), NEWS_MS);
    });
    return () => {
      stop();
      clearTimeout(soon);
    };
  }

  /** Changes it; answers why that was refused, or null. */
  async change(change: Omit<AlbumInput, 'id'>): Promise<string | null> {
    return refusal(async () => {
      const done = (await request(AlbumUpdate, { input: { ...change, id: this.id } })).albumUpdate;
      this.show(done.album);
      return done.userErrors;
    });
  }

  /** The same, and says in passing why it was refused. */
  async changeOrSay(change: Omit<AlbumInput, 'id'>): Promise<boolean> {
    const why = await this.change(change);
    if (why !== null) toast(t.albums.page.notChanged(why), { tone: 'danger' });
    return why === null;
  }

  /** Shares it with people, or no longer. */
  async share(userIds: string[], role: Role | null): Promise<string | null> {
    return refusal(async () => {
      const input = { albumId: this.id, userIds, role };
      const done = (await request(AlbumMemberSet, { input })).albumMemberSet;
      this.show(done.album);
      return done.userErrors;
    });
  }

  /** Gives it to somebody else. */
  async transfer(userId: string): Promise<string | null> {
    return refusal(async () => {
      const done = (await request(AlbumTransfer, { albumId: this.id, userId })).albumTransfer;
      this.show(done.album);
      return done.userErrors;
    });
  }

  private show(album: Album | null): void {
    if (!album) return;
    this.reading++;
    this.become(album);
  }

  private become(album: Album | null): void {
    if (album) this.text = album.text;
    this.now = album;
  }
}
