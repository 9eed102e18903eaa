/** Accounts and sessions: the public face. Pages are imported by path, so that the app doesn't carry them all. */
export { handOver, whither } from './belongings';
export { Start, type Server, type StartData, type User } from './start.gql';
