// What the browser runs while the app is closed: it shows what one is told, and opens the page of it.

self.addEventListener('push', (event) => {
  const told = event.data?.json() ?? {};
  const { title = 'Tessera', body = undefined, path = '/', tag = undefined } = told;
  event.waitUntil(self.registration.showNotification(title, { body, tag, icon: '/icon.svg', data: { path } }));
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data?.path));
});

/** In a window of ours that is open already, else in a new one. Only ever a page of this server. */
async function open(path) {
  const address = new URL(typeof path === 'string' && /^\/(?!\/)/.test(path) ? path : '/', self.location.origin);
  const [window] = await self.clients.matchAll({ type: 'window' });
  if (!window) return self.clients.openWindow(address.href);
  await window.focus();
  return window.navigate(address.href);
}
