/** What the roles of an album let somebody do; the server decides, this shows. */
import type { Role } from './albums.gql';

const RANK: Record<Role, number> = { VIEWER: 0, CONTRIBUTOR: 1, EDITOR: 2, OWNER: 3 };

const atLeast = (role: Role, needed: Role) => RANK[role] >= RANK[needed];

export const mayAdd = (role: Role): boolean => atLeast(role, 'CONTRIBUTOR');
export const mayEdit = (role: Role): boolean => atLeast(role, 'EDITOR');
export const mayManage = (role: Role): boolean => role === 'OWNER';
