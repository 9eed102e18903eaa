/** What a key does to the photos of a list. */
import { act } from './deeds';
import { deedFor } from './keys';

export function deedKeys(archived: boolean) {
  return (event: KeyboardEvent, ids: string[], favourite: boolean): boolean => {
    const deed = deedFor(event, { favourite, archived });
    if (deed) void act(deed, { ids });
    return deed !== null;
  };
}
