// A headless browser on the page of the workspace.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const executablePath = process.env.CHROMIUM || ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

export const DESKTOP = { viewport: { width: 1280, height: 800 } };
export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

export async function launch() {
  if (!executablePath) throw new Error('no Chromium here: install Debian\'s package chromium, or set CHROMIUM to the path of one');
  return chromium.launch({
    executablePath,
    headless: true,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

// A page as one person sees it. Whatever the page throws or logs as an error ends up in `page.wrong`.
export async function open(browser, workspace, user, place, options = DESKTOP) {
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/Oslo', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(8000);
  page.wrong = [];
  page.on('pageerror', (error) => page.wrong.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && !/ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET/.test(message.text()) && page.wrong.push(message.text()));
  const channel = place && (await workspace.channel(place, user)).id;
  await page.goto(`${workspace.url}/#${[user, channel].filter(Boolean).join('/')}`);
  await page.locator('#sidebar .channel').first().waitFor({ state: 'attached' });
  return page;
}
