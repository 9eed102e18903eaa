/** What people may do on this server, the most first. */
import type { Role } from './users.gql';

export const ROLES: readonly Role[] = ['ADMIN', 'USER', 'GUEST'];
