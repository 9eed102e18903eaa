/** Accounts and sessions: the public face. */
export { Start, type Server, type StartData, type User } from './start.gql';
export { default as Setup } from './Setup.svelte';
export { default as SignIn } from './SignIn.svelte';
export { default as Settings } from './Settings.svelte';
