import { graphql, type ResultOf } from '$lib/api/graphql';

/** How much one has not read. */
export const Unread = graphql(`
  query Unread {
    notifications(first: 1) {
      unreadCount
    }
  }
`);

/** What one was told, latest first. */
export const Notifications = graphql(`
  query Notifications($first: Int!, $after: String) {
    notifications(first: $first, after: $after) {
      unreadCount
      nodes {
        id
        kind
        count
        detail
        at
        readAt
        actor {
          name
        }
        album {
          id
          name
        }
        library {
          name
        }
      }
      pageInfo {
        endCursor
        hasNextPage
      }
    }
  }
`);

export const NotificationsRead = graphql(`
  mutation NotificationsRead($input: NotificationsReadInput!) {
    notificationsRead(input: $input) {
      unreadCount
    }
  }
`);

/** What one wants to be told of, and by what; and whether there is e-mail at all. */
export const NotificationChoices = graphql(`
  query NotificationChoices {
    server {
      sendsMail
      pushKey
    }
    notificationChoices {
      kind
      app
      mail
      push
    }
  }
`);

export const NotificationChoose = graphql(`
  mutation NotificationChoose($input: NotificationChooseInput!) {
    notificationChoose(input: $input) {
      userErrors {
        message
      }
    }
  }
`);

export const PushSubscribe = graphql(`
  mutation PushSubscribe($input: PushSubscribeInput!) {
    pushSubscribe(input: $input) {
      userErrors {
        message
      }
    }
  }
`);

export const PushUnsubscribe = graphql(`
  mutation PushUnsubscribe($input: PushUnsubscribeInput!) {
    pushUnsubscribe(input: $input) {
      userErrors {
        message
      }
    }
  }
`);

export type Notification = ResultOf<typeof Notifications>['notifications']['nodes'][number];
export type Choice = ResultOf<typeof NotificationChoices>['notificationChoices'][number];
export type Kind = Choice['kind'];
