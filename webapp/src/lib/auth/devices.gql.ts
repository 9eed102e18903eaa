import { graphql, type ResultOf } from '$lib/api/graphql';

export const Devices = graphql(`
  query Devices {
    viewer {
      devices {
        id
        name
        platform
        lastSeenAt
        lastStoredAt
        pendingCount
        pendingBytes
        oldestUnsavedAt
        health
        connected
      }
    }
  }
`);

export const DeviceRemove = graphql(`
  mutation DeviceRemove($input: DeviceRemoveInput!) {
    deviceRemove(input: $input) {
      userErrors {
        message
      }
    }
  }
`);

export type Device = NonNullable<ResultOf<typeof Devices>['viewer']>['devices'][number];
