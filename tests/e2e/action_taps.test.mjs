// A phone of 390x844: action items by taps alone, from the message that makes one to the card that is told of.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { ActionHouse, config, words } from './lib/action_house.mjs';
import { PHONE, launch, open } from './lib/browser.mjs';
import { until } from './lib/workspace.mjs';

let browser, house, page;
before(async () => { browser = await launch(); });
after(async () => { await browser?.close(); });
beforeEach(async () => { house = await ActionHouse.start(); });
afterEach(async () => {
  await page?.context().close();
  await house?.stop();
});

const modal = () => page.locator('dialog.modal');
const named = (where, name) => where.getByRole('button', { name, exact: true });
const message = (text) => page.locator('#list article', { hasText: text }).last();
const answer = (text) => page.locator('#list article.ephemeral', { hasText: text }).last();
const items = (fn, what) => until(async () => fn(await house.items()), what);
const shot = async (name) => {
  if (!process.env.VAKT_SCREENSHOTS) return;
  await mkdir(process.env.VAKT_SCREENSHOTS, { recursive: true });
  await page.waitForTimeout(300);
  await page.screenshot({ path: join(process.env.VAKT_SCREENSHOTS, `action-${name}.png`) });
};
const send = async (text) => {
  await page.locator('#foot textarea').fill(text);
  await page.locator('#foot').getByLabel('Send').tap();
};

async function form(values, submit) {
  await modal().waitFor();
  for (const [action, value] of Object.entries(values)) {
    const field = modal().locator(`[data-action="${action}"]`);
    if (await field.evaluate((node) => node.tagName === 'SELECT')) await field.selectOption(value);
    else await field.fill(value);
  }
  await named(modal(), submit).tap();
  await modal().waitFor({ state: 'detached' });
}

for (const [language, t] of [
  ['en', { add: 'Added', list: 'Open action items', owner: 'Owner', due: 'Due', snooze: 'Snooze', done: 'Done', save: 'Save', take: 'Take it', home: 'My action items', shortcut: 'Make action item', wrong: 'No date', open: 'due', told: 'card was deleted', again: 'Make a new card', none: 'really none', add_one: 'Add one', reopen: 'Reopen', not_mine: 'Only its owner', resolved: 'Resolved' }],
  ['nb', { add: 'Lagt til', list: 'Åpne tiltak', owner: 'Eier', due: 'Frist', snooze: 'Utsett', done: 'Gjort', save: 'Lagre', take: 'Ta det', home: 'Mine tiltak', shortcut: 'Make action item', wrong: 'Ingen dato', open: 'frist', told: 'Kortet ble slettet', again: 'Lag et nytt kort', none: 'virkelig ingen', add_one: 'Legg til et', reopen: 'Åpne igjen', not_mine: 'Bare eieren', resolved: 'Løst' }],
])
  test(`the list, its forms, the shortcut, the home and the question: ${language}`, async () => {
    await house.run(config().replace('[bot]', `[bot]\nlanguage = "${language}"`));
    const channel = await house.incident();
    page = await open(browser, house.space, 'U0KARI', channel, PHONE);

    // A message becomes an item.
    await house.ola.join(channel);
    await house.ola.say(channel, 'We should set a retention on Loki');
    await message('retention on Loki').getByLabel('More actions').tap();
    await page.getByRole('menuitem', { name: t.shortcut }).tap();
    await modal().waitFor();
    assert.equal(await modal().locator('[data-action=title]').inputValue(), 'We should set a retention on Loki');
    await shot(`${language}-new`);
    await modal().locator('[data-action=due]').fill('someday');
    await named(modal(), t.save).tap();
    await modal().locator('.error', { hasText: t.wrong }).waitFor();
    await shot(`${language}-new-wrong`);
    await form({ title: 'Set a retention on Loki', due: 'friday', owner: 'U0OLA', kind: 'prevent' }, t.save);
    await answer(t.add).locator('a', { hasText: 'KM1' }).waitFor();
    await shot(`${language}-added`);
    await items((all) => all.length === 1 && all[0].owner === 'U0OLA' && all[0].kind === 'prevent' && all[0].due, 'the item');
    assert.match(house.card('Set a retention on Loki').desc, /: (Ola|<http\S+\/team\/U0OLA>)\n/, 'who Trello does not know is named');

    // From the list: who, when, later, done.
    await send('/action list');
    await answer(t.list).waitFor();
    await shot(`${language}-list`);
    await named(answer(t.list), t.snooze).tap();
    await answer(t.not_mine).waitFor();
    await named(answer(t.list), t.owner).tap();
    await modal().waitFor();
    await shot(`${language}-owner`);
    await form({ owner: 'U0KARI' }, t.save);
    await items(([one]) => one.owner === 'U0KARI', 'the owner');
    await named(answer(t.list), t.due).tap();
    await modal().waitFor();
    await shot(`${language}-due`);
    await form({ due: '+2w' }, t.save);
    await items(([one]) => one.due, 'the date');
    await named(answer(t.list), t.snooze).tap();
    await modal().waitFor();
    await shot(`${language}-snooze`);
    await modal().locator('[data-action=until]').fill('+8w');
    await modal().locator('[data-action=reason]').fill('waiting for disks');
    await named(modal(), t.save).tap();
    await modal().locator('.error', { hasText: '4' }).waitFor();
    await shot(`${language}-snooze-too-long`);
    await form({ until: '+1w' }, t.save);
    await items(([one]) => one.snoozed_until, 'the snooze');
    await shot(`${language}-snoozed`);

    // The home has it, and its buttons answer.
    await page.getByLabel('Channel list', { exact: true }).tap();
    await page.locator('#sidebar .channel', { hasText: 'vakt' }).first().tap();
    await page.locator('.home', { hasText: t.home }).waitFor();
    await page.locator('.home', { hasText: 'Set a retention on Loki' }).waitFor();
    await shot(`${language}-home`);
    await named(page.locator('.home'), t.done).tap();
    await items(([one]) => one.state === 'done', 'done from the home');
    await until(async () => !/Set a retention/.test(await page.locator('.home').innerText()), 'the home without it');
    await until(() => house.card('Set a retention on Loki').dueComplete, 'its card');

    // A card that is deleted is told of, and made again by a tap.
    await house.kari.say(channel, '/action add Alert on disk usage @kari');
    await until(async () => (await house.items()).find((one) => one.title === 'Alert on disk usage')?.card?.short_link, 'its card');
    house.trello.state.deleteCard(house.card('Alert on disk usage'));
    await page.context().close();
    page = await open(browser, house.space, 'U0KARI', channel, PHONE);
    await message(t.told).waitFor({ timeout: 25_000 });
    await shot(`${language}-deleted`);
    await named(message(t.told), t.again).tap();
    await until(() => house.cards.some((card) => card.name === 'Alert on disk usage'), 'a new card');
    assert.deepEqual(page.wrong, []);
  });

test('resolved without an item: asked, one tap, and the item stands in that incident', async () => {
  await house.run();
  const channel = await house.incident();
  page = await open(browser, house.space, 'U0KARI', channel, PHONE);
  await send('/incident resolve Restarted it');
  await answer('really none').waitFor();
  await shot('en-none');
  await named(answer('really none'), 'Add one').tap();
  await form({ title: 'Write a runbook' }, 'Save');
  await until(async () => (await house.vakt.exportJson(1)).actions.length === 1, 'the item in its record');
  const [item] = (await house.vakt.exportJson(1)).actions;
  assert.equal(item.title, 'Write a runbook');
  assert.deepEqual(page.wrong, []);
});

test('the digest on a phone', async () => {
  await house.run(config(), { VAKT_CLOCK: '2026-10-14T08:00:00Z' });
  const channel = await house.incident();
  await house.add(channel, 'Configure log retention for Loki @kari due 2026-10-16', 'Alert on disk usage @ola due 2026-10-22', 'Write a runbook');
  await house.vakt.stop();
  await house.run(config(), { VAKT_CLOCK: '2026-10-19T06:59:58Z' });
  const digest = await until(async () => (await house.posts('incidents', /Action items, 19 October/))[0], 'the digest', 25_000);
  assert.match(words(digest), /Overdue: 1/);
  page = await open(browser, house.space, 'U0KARI', 'incidents', PHONE);
  await message('Action items, 19 October').waitFor();
  await shot('en-digest');
  await named(message('Action items, 19 October'), 'Take it').tap();
  await items((all) => all.find((one) => one.title === 'Write a runbook').owner === 'U0KARI', 'it to be taken');
  assert.deepEqual(page.wrong, []);
});
