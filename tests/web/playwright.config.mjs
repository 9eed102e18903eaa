// The whole system in a real browser: Debian's Chromium, the built servers, real photographs.
// One system is started for all files (start.mjs); first-light makes its first account, all others are signed in with it.
import { defineConfig } from '@playwright/test';
import { signedIn } from './system.mjs';

export default defineConfig({
  testDir: '.',
  outputDir: 'test-results/output',
  globalSetup: './start.mjs',
  workers: 1,
  forbidOnly: !!process.env.CI,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/Lisbon',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-sync'],
    },
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'first light', testMatch: 'first-light.spec.mjs' },
    {
      name: 'gallery',
      testIgnore: 'first-light.spec.mjs',
      dependencies: ['first light'],
      use: { storageState: signedIn },
    },
  ],
});
