/** What a public link is to be like, as its form has it. */
import type { VariablesOf } from '$lib/api/graphql';
import type { Link, LinkCreate, LinkUpdate } from './links.gql';

export interface Wishes {
  title: string;
  slug: string;
  /** Empty for none; of a link that has one, for the one it has. */
  password: string;
  /** A link that has a password is to have it no longer. */
  open: boolean;
  /** A day, `2027-01-31`, to the end of which it lasts; empty for ever. */
  until: string;
  view: boolean;
  download: boolean;
  upload: boolean;
  metadata: boolean;
  location: boolean;
  libraryId: string;
}

/** To what a link is. */
export type Subject = { albumId: string } | { assetIds: readonly string[] };

const USUAL: Wishes = {
  title: '',
  slug: '',
  password: '',
  open: false,
  until: '',
  view: true,
  download: true,
  upload: false,
  metadata: true,
  location: false,
  libraryId: '',
};

export function wishesOf(link: Link | null): Wishes {
  if (!link) return { ...USUAL };
  const { title, slug, view, download, upload, metadata, location, expiresAt } = link;
  const until = expiresAt ? isoDayOf(new Date(expiresAt)) : '';
  return { ...USUAL, title, slug, view, download, upload, metadata, location, until };
}

/** What may be granted, of what was ticked: what hangs on something else goes with it. */
export function granted({ view, download, upload, metadata, location }: Wishes) {
  return { view, download: view && download, upload, metadata, location: metadata && location };
}

export function creation(wishes: Wishes, subject: Subject): VariablesOf<typeof LinkCreate>['input'] {
  return {
    ...('albumId' in subject ? subject : { assetIds: [...subject.assetIds] }),
    title: wishes.title.trim(),
    slug: wishes.slug,
    password: wishes.password || null,
    expiresAt: endOf(wishes.until),
    ...granted(wishes),
    libraryId: wishes.upload ? wishes.libraryId || null : null,
  };
}

export function change(wishes: Wishes, link: Link): VariablesOf<typeof LinkUpdate>['input'] {
  const said = wishes.password !== '' || wishes.open;
  return {
    id: link.id,
    title: wishes.title.trim(),
    slug: wishes.slug,
    ...(said ? { password: wishes.password || null } : {}),
    // A day that stands as it stood is over perhaps, and is no new wish.
    ...(wishes.until === wishesOf(link).until ? {} : { expiresAt: endOf(wishes.until) }),
    ...granted(wishes),
    ...(wishes.upload && wishes.libraryId ? { libraryId: wishes.libraryId } : {}),
  };
}

/** The end of a day on the clock of whoever says it. */
function endOf(day: string): string | null {
  return day ? new Date(`${day}T23:59:59`).toISOString() : null;
}

function isoDayOf(date: Date): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
