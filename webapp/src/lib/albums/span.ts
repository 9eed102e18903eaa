/** The days that an album is of, in words. */
import { dayNumber, monthTitle, t } from '$lib/i18n/albums';

interface Days {
  firstDay: string | null;
  lastDay: string | null;
}

/** From one month to another; empty where nothing is in it. */
export function spanOf({ firstDay, lastDay }: Days): string {
  if (!firstDay || !lastDay) return '';
  return t.albums.page.span(monthTitle(dayNumber(firstDay)), monthTitle(dayNumber(lastDay)));
}
