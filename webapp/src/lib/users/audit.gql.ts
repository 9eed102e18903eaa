import { graphql, type ResultOf } from '$lib/api/graphql';

export const AuditEntries = graphql(`
  query AuditEntries($userId: ID, $after: String) {
    auditLog(userId: $userId, first: 20, after: $after) {
      nodes {
        id
        at
        action
        userName
        actorName
        address
        detail
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export type AuditEntry = ResultOf<typeof AuditEntries>['auditLog']['nodes'][number];
