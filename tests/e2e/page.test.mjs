// The page of the local workspace in a headless browser, as people use it: at a desk and on a phone.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { boltApp, everyInput } from './lib/bolt.mjs';
import { DESKTOP, PHONE, launch, open } from './lib/browser.mjs';
import { Workspace, until } from './lib/workspace.mjs';

let space, app, browser, shots;
const submissions = [];
const actions = [];

before(async () => {
  space = await Workspace.start();
  shots = process.env.VAKT_SCREENSHOTS || space.folder;
  await mkdir(shots, { recursive: true });
  app = await boltApp(space, (bolt) => {
    bolt.event('message', async () => {});
    bolt.command('/incident', async ({ ack, command, client }) => {
      if (command.text === 'help') return ack({ text: '*Help*: `/incident declare sev1 TITLE`' });
      await ack();
      await client.views.open({ trigger_id: command.trigger_id, view: everyInput() });
    });
    bolt.view('everything', async ({ ack, body, client }) => {
      submissions.push(body.view.state.values);
      if (body.view.state.values.title.v.value === 'no') return ack({ response_action: 'errors', errors: { title: 'Say a little more.' } });
      await ack();
      await client.chat.postMessage({ channel: 'incidents', text: `Declared: ${body.view.state.values.title.v.value}`, blocks: headline(body.view.state.values.title.v.value) });
    });
    bolt.action(/.*/, async ({ ack, action, client, body }) => {
      actions.push(action);
      await ack();
      if (action.action_id === 'again') await client.views.update({ view_id: body.view.id, view: everyInput({ blocks: [...body.view.blocks, { type: 'section', text: { type: 'mrkdwn', text: 'Pressed.' } }] }) });
    });
    bolt.event('app_home_opened', async ({ event, client }) => {
      await client.views.publish({ user_id: event.user, view: { type: 'home', blocks: [{ type: 'header', text: { type: 'plain_text', text: 'Open incidents' } }, ...headline('Backend down')] } });
    });
  });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await app?.stop();
  await space?.stop();
});

const plain = (text) => ({ type: 'plain_text', text, emoji: true });
const headline = (title) => [
  { type: 'header', text: plain(`:rotating_light: ${title}`) },
  { type: 'section', block_id: 'facts', fields: ['*Severity*\nSEV1', '*Status*\ninvestigating', '*Lead*\n<@U0KARI>', '*Declared*\n<!date^1795252800^{date_short} {time}|then>'].map((text) => ({ type: 'mrkdwn', text })) },
  { type: 'section', block_id: 'more', text: { type: 'mrkdwn', text: 'Channel: <#C0A0000002|incidents>, runbook: <https://runbook.example/a?b=1&amp;c=2|Runbook>' },
    accessory: { type: 'overflow', action_id: 'over', options: [{ text: plain('Cancel incident'), value: 'cancel' }, { text: plain('Duplicate'), value: 'duplicate' }] } },
  { type: 'actions', block_id: 'tray', elements: [
    { type: 'button', action_id: 'update', text: plain('Update'), style: 'primary', value: '1' },
    { type: 'button', action_id: 'resolve', text: plain('Resolve'), style: 'danger', value: '1', confirm: { title: plain('Resolve it?'), text: plain('Everybody is told.'), confirm: plain('Resolve'), deny: plain('Not yet') } },
    { type: 'static_select', action_id: 'severity', placeholder: plain('Severity'), options: ['sev1', 'sev2', 'sev3'].map((s) => ({ text: plain(s.toUpperCase()), value: s })) },
    { type: 'users_select', action_id: 'lead', placeholder: plain('Lead') }] },
  { type: 'divider' },
  { type: 'context', elements: [{ type: 'mrkdwn', text: 'Incident 1 · _14 minutes_ · ~sev2~ *sev1*' }] },
];

const message = (page, text) => page.locator('#list article', { hasText: text }).first();
const shot = (page, name) => page.screenshot({ path: join(shots, `${name}.png`) });

async function say(page, text, where = '#foot') {
  await page.locator(`${where} textarea`).fill(text);
  await page.locator(`${where} textarea`).press('Enter');
}

// Waits for what somebody else did to show.
const shows = (page, selector, text) => page.locator(selector, { hasText: text }).first().waitFor();

test('at a desk: say, edit, react, pin, reply, delete', async () => {
  const page = await open(browser, space, 'U0KARI', 'incidents');
  const other = await open(browser, space, 'U0OLA', 'incidents');
  await say(page, 'Checkout is *slow* for `nl-1` <script>alert(1)</script> @ola');
  await shows(other, '#list article', 'Checkout is slow for nl-1 <script>alert(1)</script> @Ola Hansen');
  assert.equal(await message(other, 'Checkout').locator('strong', { hasText: /^slow$/ }).count(), 1);
  assert.equal(await message(other, 'Checkout').locator('.mention.me').count(), 1);

  await message(page, 'Checkout').hover();
  await message(page, 'Checkout').getByLabel('More actions').click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  assert.equal(await page.getByLabel('Edit message').inputValue(), 'Checkout is *slow* for `nl-1` <script>alert(1)</script> @ola');
  await page.getByLabel('Edit message').fill('Checkout is down & out');
  await page.getByLabel('Edit message').press('Enter');
  await shows(other, '#list article', 'Checkout is down & out (edited)');

  await message(other, 'Checkout').hover();
  await message(other, 'Checkout').getByLabel('React with eyes').click();
  await shows(page, '.reaction', '👀 1');
  await page.locator('.reaction', { hasText: '👀' }).click();
  await shows(other, '.reaction.mine', '👀 2');

  await message(page, 'Checkout').hover();
  await message(page, 'Checkout').getByLabel('More actions').click();
  await page.getByRole('menuitem', { name: 'Pin to channel' }).click();
  await shows(other, '#header', '📌 1');

  await message(other, 'Checkout').hover();
  await message(other, 'Checkout').getByLabel('Reply in thread').click();
  await say(other, 'Looking at it', '#side');
  await shows(page, '.replies', '1 reply');
  await page.locator('.replies').click();
  await shows(page, '#side article', 'Looking at it');
  await say(page, 'Thanks', '#side');
  await shows(other, '#side article', 'Thanks');
  assert.equal(await page.locator('#list article', { hasText: 'Looking at it' }).count(), 0, 'replies stay in the thread');
  await shot(page, 'desktop-thread');

  await say(page, 'Wrong channel');
  await message(page, 'Wrong channel').hover();
  await message(page, 'Wrong channel').getByLabel('More actions').click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.locator('dialog').getByRole('button', { name: 'Delete' }).click();
  await until(async () => (await other.locator('#list article', { hasText: 'Wrong channel' }).count()) === 0, 'the deletion to show');
  assert.deepEqual([page.wrong, other.wrong], [[], []]);
  await page.context().close();
  await other.context().close();
});

test('a command: completion, the private answer, dismissing it', async () => {
  const page = await open(browser, space, 'U0KARI', 'incidents');
  await page.locator('#foot textarea').pressSequentially('/inc');
  await page.locator('.complete [role=option]', { hasText: '/incident' }).waitFor();
  await page.locator('#foot textarea').press('Tab');
  assert.equal(await page.locator('#foot textarea').inputValue(), '/incident ');
  await page.locator('#foot textarea').pressSequentially('help');
  await page.locator('#foot textarea').press('Enter');
  await shows(page, 'article.ephemeral', 'Only visible to you');
  await page.locator('article.ephemeral').getByRole('button', { name: 'Dismiss' }).click();
  await until(async () => (await page.locator('article.ephemeral').count()) === 0, 'it to go');
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});

test('a modal: required, refused, filled, submitted; the headline\'s buttons and selects', async () => {
  const page = await open(browser, space, 'U0KARI', 'incidents');
  await say(page, '/incident');
  const modal = page.locator('dialog.modal');
  await modal.waitFor();
  await shot(page, 'desktop-modal');
  await modal.getByRole('button', { name: 'Declare' }).click();
  await shows(page, 'dialog.modal .error', 'Please complete this required field.');
  await modal.getByLabel('Impact').fill('Nobody can pay\nsince noon');
  await modal.getByLabel('Title').fill('no');
  await modal.getByRole('button', { name: 'Declare' }).click();
  await shows(page, 'dialog.modal .error', 'Say a little more.');
  assert.equal(await modal.getByLabel('Impact').inputValue(), 'Nobody can pay\nsince noon', 'what was typed stays');
  await modal.getByLabel('Title').fill('Backend down');
  await modal.getByLabel('Severity').selectOption('sev1');
  await modal.getByLabel('Lead').selectOption('U0AMINA');
  await modal.getByLabel('Day').fill('2026-11-21');
  await modal.getByLabel('Time').fill('12:30');
  await modal.getByText('Drill').click();
  await modal.getByText('Tell support').click();
  await modal.getByRole('button', { name: 'Declare' }).click();
  await until(async () => (await modal.count()) === 0, 'the modal to close');
  const option = (value, text) => ({ text: { type: 'plain_text', text }, value });
  const bare = (o) => o && { text: { type: o.text.type, text: o.text.text }, value: o.value };
  const got = submissions.at(-1);
  assert.equal(got.title.v.value, 'Backend down');
  assert.equal(got.title.v.type, 'plain_text_input');
  assert.deepEqual(bare(got.severity.v.selected_option), option('sev1', 'SEV1'));
  assert.equal(got.lead.v.selected_user, 'U0AMINA');
  assert.equal(got.impact.v.value, 'Nobody can pay\nsince noon');
  assert.equal(got.when.v.selected_date, '2026-11-21');
  assert.equal(got.clock.v.selected_time, '12:30');
  assert.equal(got.kind.v.selected_option.value, 'drill');
  assert.deepEqual(got.also.v.selected_options.map((o) => o.value), ['support']);

  const head = message(page, 'Incident 1');
  await head.getByRole('button', { name: 'Update' }).click();
  await until(() => actions.some((a) => a.action_id === 'update' && a.value === '1'), 'the button');
  await head.getByRole('button', { name: 'Resolve' }).click();
  await page.locator('dialog.confirm').getByRole('button', { name: 'Not yet' }).click();
  assert.ok(!actions.some((a) => a.action_id === 'resolve'));
  await head.getByRole('button', { name: 'Resolve' }).click();
  await page.locator('dialog.confirm').getByRole('button', { name: 'Resolve' }).click();
  await until(() => actions.some((a) => a.action_id === 'resolve'), 'the confirmed button');
  await head.locator('[data-action=severity]').selectOption('sev2');
  await until(() => actions.some((a) => a.action_id === 'severity' && a.selected_option.value === 'sev2'), 'the select');
  await head.locator('[data-action=lead]').selectOption('U0OLA');
  await until(() => actions.some((a) => a.action_id === 'lead' && a.selected_user === 'U0OLA'), 'the user select');
  await head.locator('[data-action=over]').click();
  await page.getByRole('menuitem', { name: 'Duplicate' }).click();
  await until(() => actions.some((a) => a.action_id === 'over' && a.selected_option.value === 'duplicate'), 'the overflow menu');
  await shot(page, 'desktop-headline');
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});

test('the app\'s home, an alert with an attachment, the other people, a new channel', async () => {
  const page = await open(browser, space, 'U0KARI', 'alerts');
  await shows(page, '.attachment', 'CheckoutErrorRate');
  await shot(page, 'desktop-alert');
  await page.locator('#sidebar .channel', { hasText: 'vakt' }).first().click();
  await shows(page, '.home', 'Open incidents');
  await shot(page, 'desktop-home');
  await page.locator('#sidebar .who').click();
  await page.getByRole('menuitem', { name: 'Amina' }).click();
  await shows(page, '#sidebar .who', 'Amina Yusuf');
  assert.match(page.url(), /#U0AMINA\//);
  await page.getByLabel('Create a channel').click();
  await page.locator('dialog input').fill('Checkout Team');
  await page.locator('dialog').getByRole('button', { name: 'Create' }).click();
  await shows(page, '#header', '# checkout-team');
  await page.locator('#sidebar .who').click();
  await page.getByRole('menuitem', { name: 'Ola' }).click();
  await page.getByRole('button', { name: 'Join channel' }).click();
  await page.locator('#foot textarea').waitFor();
  await page.locator('#foot input[type=file]').setInputFiles({ name: 'graph.png', mimeType: 'image/png', buffer: Buffer.from('x') });
  await shows(page, '.file', 'graph.png');
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});

test('unread marks, and a long history stays where it is read', async () => {
  const page = await open(browser, space, 'U0AMINA', 'general');
  const kari = space.person('U0KARI');
  for (let i = 0; i < 60; ++i) await kari.say('general', `Line ${i}\nof two`);
  await shows(page, '#list article', 'Line 59');
  const bottom = () => page.locator('#list').evaluate((list) => Math.round(list.scrollHeight - list.scrollTop - list.clientHeight));
  await until(async () => (await bottom()) < 2, 'the list at its end');
  await page.locator('#list').evaluate((list) => { list.scrollTop = 300; });
  await kari.say('general', 'One more');
  await page.locator('#list article', { hasText: 'One more' }).waitFor({ state: 'attached' });
  assert.equal(await page.locator('#list').evaluate((list) => Math.round(list.scrollTop)), 300);
  await kari.say('alerts', 'Look here');
  await shows(page, '#sidebar .channel.unread', 'alerts');
  await page.locator('#sidebar .channel', { hasText: 'alerts' }).click();
  await shows(page, '#list article', 'Look here');
  assert.equal(await page.locator('#sidebar .channel.unread', { hasText: 'alerts' }).count(), 0);
  await page.context().close();
});

test('a phone: everything by taps, big enough, nothing off the screen', async () => {
  const page = await open(browser, space, 'U0OLA', 'incidents', PHONE);
  const fits = async (what) => assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${what} is wider than the screen`);
  const small = () => page.evaluate(() => [...document.querySelectorAll('button, select, input:not([type=checkbox], [type=radio], [type=file]), textarea, .channel')]
    .filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.closest('[hidden]')).map((e) => [e, e.getBoundingClientRect()])
    .filter(([, r]) => r.width > 0 && (r.height < 40 || r.width < 40)).map(([e, r]) => `${e.className || e.tagName} ${e.textContent.slice(0, 20)} ${Math.round(r.width)}x${Math.round(r.height)}`));
  await shows(page, '#list article', 'Incident 1');
  await fits('the channel');
  await shot(page, 'phone-channel');
  assert.deepEqual(await small(), []);

  await page.getByLabel('Channel list', { exact: true }).tap();
  await page.locator('#sidebar .who').waitFor();
  await page.waitForTimeout(250);
  await shot(page, 'phone-sidebar');
  assert.deepEqual(await small(), []);
  await page.locator('#sidebar .channel', { hasText: 'general' }).tap();
  await shows(page, '#header', '# general');

  await page.locator('#foot textarea').fill('From the bus');
  await page.getByLabel('Send').tap();
  await message(page, 'From the bus').getByLabel('More actions').tap();
  await page.getByRole('menuitem', { name: 'Pin to channel' }).waitFor();
  await shot(page, 'phone-menu');
  assert.deepEqual(await small(), []);
  await page.getByRole('menuitem', { name: 'React with pushpin' }).tap();
  await shows(page, '.reaction.mine', '📌');
  await message(page, 'From the bus').getByLabel('More actions').tap();
  await page.getByRole('menuitem', { name: 'Reply in thread' }).tap();
  await page.locator('#side textarea').fill('And from the train');
  await page.locator('#side').getByLabel('Send').tap();
  await shows(page, '#side article', 'And from the train');
  await fits('the thread');
  await shot(page, 'phone-thread');
  assert.deepEqual(await small(), []);
  await page.locator('#side').getByLabel('Back').tap();
  await page.locator('#side').waitFor({ state: 'hidden' });

  await page.locator('#foot textarea').fill('/incident');
  await page.getByLabel('Send').tap();
  const modal = page.locator('dialog.modal');
  await modal.waitFor();
  const box = await modal.boundingBox();
  assert.deepEqual([box.x, box.y, box.width, box.height], [0, 0, 390, 844], 'the modal fills the screen');
  await fits('the modal');
  await shot(page, 'phone-modal');
  assert.deepEqual(await small(), []);
  await modal.getByLabel('Title').fill('Seen from the bus');
  await modal.getByRole('button', { name: 'Declare' }).tap();
  await until(() => submissions.some((s) => s.title.v.value === 'Seen from the bus'), 'the submission');
  await modal.waitFor({ state: 'detached' });

  await page.getByLabel('members: details').tap();
  await shows(page, '#side', 'Members');
  await fits('the details');
  await shot(page, 'phone-details');
  assert.deepEqual(await small(), []);
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});

test('dark when the person asks for dark', async () => {
  const page = await open(browser, space, 'U0OLA', 'incidents', { ...DESKTOP, colorScheme: 'dark' });
  await shows(page, '#list article', 'Incident 1');
  await shot(page, 'desktop-dark');
  const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number));
  assert.ok(Math.max(...ground) < 64);
  const phone = await open(browser, space, 'U0OLA', 'incidents', { ...PHONE, colorScheme: 'dark' });
  await shows(phone, '#list article', 'Incident 1');
  await shot(phone, 'phone-dark');
  await page.context().close();
  await phone.context().close();
});

test('a lost server is told, and the page comes back with it', async () => {
  const alone = await Workspace.start();
  const page = await open(browser, alone, 'U0KARI', 'incidents');
  await alone.program.kill();
  await page.locator('#banner').waitFor({ timeout: 15000 });
  await shot(page, 'desktop-lost');
  const { Program } = await import('./lib/process.mjs');
  alone.program = new Program('vakt-workspace', ['--port', String(alone.port)]);
  await page.locator('#banner').waitFor({ state: 'hidden', timeout: 15000 });
  await alone.person('U0OLA').say('incidents', 'Back again');
  await shows(page, '#list article', 'Back again');
  await page.context().close();
  await alone.stop();
});
