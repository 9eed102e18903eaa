/** Being told by this browser while the app is closed. */
import { request } from '$lib/api/client';
import { PushSubscribe, PushUnsubscribe } from './notifications.gql';

const WORKER = '/push.js';

/** Whether this browser can; only pages that came by TLS, or from the machine itself, have it. */
export const canPush = (): boolean =>
  'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;

/** What this browser is told by, if it is. */
async function current(): Promise<PushSubscription | null> {
  const worker = await navigator.serviceWorker.getRegistration(WORKER);
  return (await worker?.pushManager.getSubscription()) ?? null;
}

/** Whether this browser is told. */
export async function isPushed(): Promise<boolean> {
  return canPush() && Notification.permission === 'granted' && (await current()) !== null;
}

/** Asks the person, and has this browser told; answers what is against it, or null. `denied`: the person or browser is. */
export async function enablePush(key: string): Promise<string | null> {
  if ((await Notification.requestPermission()) !== 'granted') return 'denied';
  await navigator.serviceWorker.register(WORKER);
  const { pushManager } = await navigator.serviceWorker.ready;
  const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  const { endpoint, keys } = subscription.toJSON();
  const input = { endpoint: endpoint ?? '', publicKey: keys?.['p256dh'] ?? '', secret: keys?.['auth'] ?? '' };
  const [refused] = (await request(PushSubscribe, { input })).pushSubscribe.userErrors;
  if (refused) await subscription.unsubscribe();
  return refused?.message ?? null;
}

/** Has this browser told no more. */
export async function disablePush(): Promise<void> {
  const subscription = await current();
  if (!subscription) return;
  await subscription.unsubscribe();
  await request(PushUnsubscribe, { input: { endpoint: subscription.endpoint } });
}
