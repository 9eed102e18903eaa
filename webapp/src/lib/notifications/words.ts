/** What a notification says, and where it leads. */
import { t } from '$lib/i18n/notifications';
import type { Notification } from './notifications.gql';

type Told = Pick<Notification, 'kind' | 'count' | 'detail' | 'actor' | 'album' | 'library'>;

/** One sentence. What one does not see any more has no name. */
export function sentenceOf({ kind, count, detail, actor, album, library }: Told): string {
  const words = t.notifications.said[kind];
  return words({
    who: actor?.name ?? t.notifications.somebody,
    what: album?.name ?? library?.name ?? null,
    count,
    detail,
  });
}

/** The page of what it is about. */
export function hrefOf({ kind, album }: Told): string {
  if (album) return `/albums/${album.id}`;
  switch (kind) {
    case 'LIBRARY_SHARED':
    case 'JOBS_FAILED':
      return '/libraries';
    case 'LINK_COLLECTED':
    case 'PARTNER_ADDED':
      return '/photos';
    case 'INVITATION_ACCEPTED':
      return '/users';
    case 'SIGNED_IN':
    case 'QUOTA_NEARLY_FULL':
      return '/settings';
    default:
      return '/albums';
  }
}
