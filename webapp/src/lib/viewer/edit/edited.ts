import type { Asset } from '../asset';
import type { t } from '$lib/i18n/viewer';
import type { Change } from './edit.gql';

/** What people can say, by the name that it has in a change. */
export type Field = keyof typeof t.edit.fields;

/** Whether people have said it themselves. */
export function isEdited(asset: Asset, field: Field): boolean {
  return asset.edited.some((name) => name.toLowerCase() === field);
}

/** The change that gives back what the file says. */
export function revert(field: Field): Change {
  return { [field]: null };
}
