import { graphql, type ResultOf } from '$lib/api/graphql';

/** Libraries with their folders, and the work on them. */
export const LibrariesNow = graphql(`
  query LibrariesNow {
    libraries(first: 100) {
      nodes {
        id
        name
        role
        assetCount
        bytes
        members {
          role
          user {
            id
            name
            picture
          }
        }
        folders {
          id
          path
          inPlace
          state
          lastScanAt
          found
          imported
          duplicates
          refused
          refusals {
            path
            reason
          }
          message
        }
      }
    }
    jobs {
      stages {
        stage
        pending
        running
        buried
      }
    }
  }
`);

/** Files that failed for good: those that the reader may see, and how many others there are. */
export const BuriedFiles = graphql(`
  query BuriedFiles($first: Int!, $after: String) {
    jobs {
      buried(first: $first, after: $after) {
        totalCount
        elsewhereCount
        pageInfo {
          endCursor
          hasNextPage
        }
        nodes {
          assetId
          name
          path
          stage
          error
          attempts
          at
        }
      }
    }
  }
`);

/** Files whose content can't be shown, with the reasons. */
export const UnreadableFiles = graphql(`
  query UnreadableFiles($first: Int!, $after: String) {
    search(filter: { text: "unreadable:yes" }, sort: TAKEN_NEWEST, first: $first, after: $after) {
      totalCount
      pageInfo {
        endCursor
        hasNextPage
      }
      nodes {
        id
        name
        path
        problem
        bytes
      }
    }
  }
`);

export const JobsRetry = graphql(`
  mutation JobsRetry($input: JobsRetryInput!) {
    jobsRetry(input: $input) {
      retried
      userErrors {
        code
        field
        message
      }
    }
  }
`);

export const LibraryScan = graphql(`
  mutation LibraryScan($input: LibraryScanInput!) {
    libraryScan(input: $input) {
      library {
        id
      }
      userErrors {
        code
        message
      }
    }
  }
`);

export const LibraryCreate = graphql(`
  mutation LibraryCreate($input: LibraryCreateInput!) {
    libraryCreate(input: $input) {
      userErrors {
        message
      }
    }
  }
`);

export const LibraryUpdate = graphql(`
  mutation LibraryUpdate($input: LibraryUpdateInput!) {
    libraryUpdate(input: $input) {
      userErrors {
        message
      }
    }
  }
`);

export const LibraryMemberSet = graphql(`
  mutation LibraryMemberSet($input: LibraryMemberSetInput!) {
    libraryMemberSet(input: $input) {
      userErrors {
        message
      }
    }
  }
`);

export const LibraryTransfer = graphql(`
  mutation LibraryTransfer($input: LibraryTransferInput!) {
    libraryTransfer(input: $input) {
      userErrors {
        message
      }
    }
  }
`);

type Now = ResultOf<typeof LibrariesNow>;
export type Library = Now['libraries']['nodes'][number];
export type Role = Library['role'];
export type Folder = Library['folders'][number];
export type StageCount = Now['jobs']['stages'][number];
export type Buried = ResultOf<typeof BuriedFiles>['jobs']['buried']['nodes'][number];
export type Unreadable = ResultOf<typeof UnreadableFiles>['search']['nodes'][number];
