import { graphql, type ResultOf } from '$lib/api/graphql';

/** Asked once when the app starts: is there an account yet, and who is here? */
export const Start = graphql(`
  query Start {
    server {
      name
      version
      needsSetup
      uploadMaxBytes
      sendsMail
    }
    viewer {
      user {
        id
        name
        email
        role
        picture
      }
    }
  }
`);

export type StartData = ResultOf<typeof Start>;
export type Server = StartData['server'];
export type User = NonNullable<StartData['viewer']>['user'];
