/** Accounts of others, for who runs the server, and what happened to accounts: the public face. */
export { default as AuditLog } from './AuditLog.svelte';
