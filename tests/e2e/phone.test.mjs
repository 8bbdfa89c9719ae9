// A phone of 390x844, vakt itself behind it: from an alert to the exported record by taps and a few typed words.
import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { PHONE, launch, open } from './lib/browser.mjs';
import { Vakt, Workspace, until } from './lib/workspace.mjs';

const BOT = 'U0VAKT';
const ALERT = {
  bot: 'Grafana', text: '',
  attachments: [{ color: 'danger', title: '[FIRING:1] PaymentsDown', title_link: 'https://grafana.example/d/1', text: 'No payment went through for 5 minutes.', fallback: 'firing',
    fields: [{ title: 'Cluster', value: 'prod-gcp', short: true }] }],
};

let browser, space, vakt, page, hand;

before(async () => { browser = await launch(); });
after(async () => { await browser?.close(); });
beforeEach(async () => { space = await Workspace.start(); });
afterEach(async () => {
  try {
    await page?.context().close();
    if (vakt?.program.alive) await vakt.stop();
  } finally {
    await space?.stop();
  }
});

// One hand on the phone: it taps, and counts what it types.
class Hand {
  typed = 0;
  taps = 0;
  constructor(phone) { this.phone = phone; }
  async tap(locator) {
    ++this.taps;
    await locator.tap();
  }
  // A select of a phone is a sheet of the system's own: one tap opens it, one chooses.
  async choose(locator, option) {
    this.taps += 2;
    await locator.selectOption(option);
  }
  async type(locator, text) {
    this.typed += [...text].length;
    await locator.fill(text);
  }
}

async function begin(user, place, config = '[http]\nlisten = ""\n') {
  vakt = await Vakt.start(space, config);
  await space.person('U0KARI').raw('post_as_bot', { channel: (await space.channel('alerts')).id, ...ALERT });
  page = await open(browser, space, user, place, PHONE);
  hand = new Hand(page);
}

const message = (text) => page.locator('#list article', { hasText: text }).last();
const modal = () => page.locator('dialog.modal');
const named = (where, name) => where.getByRole('button', { name, exact: true });
const headline = () => page.locator('#list article.pinned').first();
const answer = (text) => page.locator('#list article.ephemeral', { hasText: text }).last();
const record = (fn, what, number = 1) => until(async () => {
  const one = await vakt.exportJson(number);
  return fn(one) && one;
}, what);
const shot = async (name) => {
  if (!process.env.VAKT_SCREENSHOTS) return;
  await mkdir(process.env.VAKT_SCREENSHOTS, { recursive: true });
  await page.waitForTimeout(300);
  await page.screenshot({ path: join(process.env.VAKT_SCREENSHOTS, `phone-${name}.png`) });
};

async function menu(of, item) {
  await hand.tap(of.getByLabel('More actions'));
  await hand.tap(page.getByRole('menuitem', { name: item }));
}

// A form that a tap has opened: filled, sent, gone.
async function form(values, submit) {
  await modal().waitFor();
  for (const [action, value] of Object.entries(values)) {
    const field = modal().locator(`[data-action="${action}"]`);
    if (await field.evaluate((node) => node.tagName === 'SELECT')) await hand.choose(field, value);
    else await hand.type(field, value);
  }
  await hand.tap(named(modal(), submit));
  await modal().waitFor({ state: 'detached' });
}

// The tray: the newest one of those that stand in the channel.
const tray = (action) => page.locator(`#list article.ephemeral :is([data-action="${action}"], [data-action^="${action}#"])`).last();

const posts = async (channel) => (await space.history(channel)).filter((m) => m.user === BOT && !m.subtype && !m.ephemeral_for);

test('alert, declare, update, resolve: by taps and under 60 typed characters', async () => {
  await begin('U0KARI', 'alerts');
  const announcing = (await space.channel('incidents')).id;

  await menu(message('PaymentsDown'), 'Declare incident');
  await modal().waitFor();
  assert.match(await modal().locator('[data-action=title]').inputValue(), /PaymentsDown/, 'filled from the alert');
  await shot('declare');
  await form({ severity: 'sev2' }, 'Declare incident');
  await hand.tap(answer('has its channel').locator('a.mention'));
  const channel = (await space.see('U0KARI', (s) => s.channels.find((c) => c.name.startsWith('inc-1-')), 'the channel')).id;
  await page.waitForURL(new RegExp(channel));
  await headline().waitFor();
  await shot('channel');

  await hand.tap(named(headline(), 'I lead'));
  await answer('Kari Nordmann').waitFor();
  await hand.tap(named(headline(), 'All actions'));
  await hand.choose(tray('severity'), { label: 'SEV1' });
  await answer('Severity is SEV1').waitFor();
  await hand.choose(tray('phase'), { label: 'identified' });
  await answer('Status is identified').waitFor();
  await hand.choose(tray('mark'), { label: 'DOWNTIME START' });
  await answer('DOWNTIME START is').waitFor();
  await hand.tap(tray('note'));
  await form({ text: 'Bad deploy' }, 'Send');
  await answer('Bad deploy').waitFor();

  await hand.type(page.locator('#foot textarea'), 'Rolling back');
  await hand.tap(page.locator('#foot').getByLabel('Send'));
  await menu(message('Rolling back'), 'Pin to channel');
  await message('Rolling back').locator('.reaction', { hasText: '✅' }).waitFor();

  await hand.tap(tray('update'));
  await form({ text: 'Rollback is running' }, 'Send');
  await message('Update from').waitFor();
  await hand.choose(tray('mark'), { label: 'DOWNTIME END' });
  await answer('DOWNTIME END is').waitFor();
  await hand.tap(tray('resolve'));
  await form({ text: 'Rolled back' }, 'Send');
  await message('Resolved by').waitFor();
  await until(async () => /resolved/.test(await headline().innerText()), 'the headline to say so, in its place');
  await shot('resolved');
  assert.ok(hand.typed < 60, `${hand.typed} characters were typed`);

  // The record holds what was done, no more and no less.
  const done = await record((r) => r.status === 'resolved' && r.entries.some((e) => e.kind === 'message' && /Rolling/.test(e.text) && e.on_timeline), 'the record');
  assert.deepEqual([done.severity, done.phase, done.roles.lead, done.declared_by], ['sev1', 'identified', 'U0KARI', 'U0KARI']);
  assert.match(done.title, /PaymentsDown/);
  assert.ok(done.markers.downtime_start && done.markers.downtime_end && done.markers.event_start && done.resolved_at);
  assert.deepEqual(done.fields.solution.map((f) => f.text), ['Rolled back']);
  const [alert] = done.entries;
  assert.equal(alert.seq, 1, 'the alert is entry 1');
  assert.match(alert.text, /PaymentsDown\)?[\s\S]*No payment went through/);
  assert.equal(alert.actor_name, 'Grafana');
  assert.ok(alert.at < done.declared_at, 'at its own time');
  const told = (kind) => done.entries.filter((e) => e.kind === kind);
  assert.deepEqual(told('message').map((e) => e.text).slice(1), ['Rolling back']);
  assert.deepEqual(told('note').map((e) => e.text), ['Bad deploy']);
  assert.deepEqual(told('update').map((e) => e.text), ['Rollback is running']);
  assert.deepEqual(told('severity').map((e) => e.text), ['Severity SEV1']);
  assert.deepEqual(told('status').map((e) => e.text), ['Status identified', 'Resolved: Rolled back']);
  assert.deepEqual(told('marker').map((e) => e.text).sort(), ['DOWNTIME END', 'DOWNTIME START', 'EVENT START']);
  assert.deepEqual(told('gap'), []);
  const markdown = await vakt.command('export', '1', '--format', 'markdown');
  for (const said of ['PaymentsDown', 'Bad deploy', 'Rolling back', 'Rollback is running', 'Rolled back', '**Kari**']) assert.ok(markdown.includes(said), `${said} in the Markdown`);

  // Little noise.
  const here = await posts(channel);
  const announced = await posts(announcing);
  assert.ok(here.length <= 8, `${here.length} posts of the bot in the channel`);
  assert.equal(announced.length, 1);
  assert.ok(announced[0].edited, 'the announcement is edited in place');
  assert.match(JSON.stringify(announced[0].blocks), /SEV1 · resolved/);
  console.log(`typed ${hand.typed} characters, ${hand.taps} taps; ${here.length} posts of the bot in the channel, ${announced.length} announcement`);
  assert.deepEqual(page.wrong, []);
});

test('what /incident changes can be tapped: the rest of it', async () => {
  await begin('U0OLA', 'incidents');
  await hand.tap(page.getByLabel('Channel list', { exact: true }));
  await hand.tap(page.locator('#sidebar .channel', { hasText: 'vakt' }).first());
  await page.locator('.home', { hasText: 'All quiet' }).waitFor();
  await hand.tap(named(page, 'Declare incident'));
  await form({ title: 'Login down', kind: 'channel' }, 'Declare incident');
  await page.locator('.home', { hasText: 'Login down' }).waitFor();
  await shot('home');
  await hand.tap(page.locator('.home a.mention', { hasText: 'inc-1' }));
  await headline().waitFor();

  await hand.tap(named(headline(), 'All actions'));
  await shot('tray');
  await hand.tap(tray('role'));
  await form({ user: 'U0AMINA' }, 'Send');
  await answer('Amina Yusuf').waitFor();
  await hand.tap(tray('role'));
  await form({ role: 'scribe', user: 'U0KARI' }, 'Send');
  await answer('scribe').waitFor();
  for (const [field, text] of [['cause', 'A certificate'], ['team', 'login']]) {
    await hand.tap(tray('field'));
    await form({ field, text }, 'Send');
  }
  await answer('team login').waitFor();
  await hand.choose(tray('mark'), { label: 'DOWNTIME START' });
  await hand.tap(named(answer('DOWNTIME START is'), 'Another time'));
  await modal().waitFor();
  await hand.type(modal().locator('[data-action=time]'), 'soon');
  await hand.tap(named(modal(), 'Send'));
  await modal().locator('.error').waitFor();
  await shot('wrong-time');
  await form({ time: '-10m' }, 'Send');
  await until(async () => (await page.locator('#list article.ephemeral', { hasText: 'DOWNTIME START is' }).count()) === 2, 'both answers');
  await hand.tap(tray('timeline'));
  const timeline = page.locator('#list article.ephemeral', { has: page.locator('[data-action^=timeline_edit]') }).last();
  const lines = await timeline.evaluate((node) => {
    const copy = node.cloneNode(true);
    copy.querySelectorAll('select').forEach((select) => select.remove());  // an entry to edit is chosen there
    return copy.textContent;
  });
  assert.equal(lines.split('DOWNTIME START').length, 2, 'a time that was put right stands there once');
  await hand.tap(tray('cancel'));
  await form({ text: 'A drill' }, 'Send');
  await message('Cancelled by').waitFor();
  await until(async () => (await named(headline(), 'Reopen').count()) === 1, 'the headline to offer it');
  await hand.tap(named(headline(), 'Reopen'));
  await message('Reopened by').waitFor();
  const done = await record((r) => r.status === 'open' && r.fields.cause, 'the record');
  assert.deepEqual([done.roles, done.team], [{ lead: 'U0AMINA', scribe: 'U0KARI' }, 'login']);
  assert.ok(Date.parse(done.declared_at) - Date.parse(done.markers.downtime_start) > 9 * 60e3);

  // From the announcement another person comes along; a message of another channel goes on the timeline.
  await page.context().close();
  page = await open(browser, space, 'U0KARI', 'incidents', PHONE);
  hand = new Hand(page);
  await hand.tap(named(message('Login down'), 'Join'));
  await hand.tap(answer('You are in').locator('a.mention'));
  await headline().waitFor();
  await hand.tap(page.getByLabel('Channel list', { exact: true }));
  await hand.tap(page.locator('#sidebar .channel', { hasText: 'alerts' }));
  await menu(message('PaymentsDown'), 'Add to timeline');
  await form({}, 'Send');
  await answer('On the timeline of incident 1').waitFor();
  await record((r) => r.entries.some((e) => e.on_timeline && /PaymentsDown/.test(e.text)), 'the alert on the timeline');
  // A drill.
  await menu(message('PaymentsDown'), 'Declare incident');
  await form({ kind: 'test' }, 'Declare incident');
  assert.equal((await record((r) => r.channel.id, 'the drill', 2)).test, true);
  assert.deepEqual(page.wrong, []);
});

test('a message from the phone: reactions, edit, delete, a file, a thread, the bookmark', async () => {
  await begin('U0KARI', 'alerts');
  await menu(message('PaymentsDown'), 'Declare incident');
  await form({}, 'Declare incident');
  await hand.tap(answer('has its channel').locator('a.mention'));
  await headline().waitFor();
  const say = async (text) => {
    await hand.type(page.locator('#foot textarea'), text);
    await hand.tap(page.locator('#foot').getByLabel('Send'));
    await message(text).waitFor();
  };
  await say('Lokking at it');
  await menu(message('Lokking'), 'Edit');
  await page.getByLabel('Edit message').fill('Looking at it');
  await shot('edit');
  await hand.tap(named(page, 'Save'));
  await message('Looking at it (edited)').waitFor();
  await menu(message('Looking at it'), 'Another reaction');
  await shot('reactions');
  await hand.tap(page.locator('.emojis').getByLabel('fire', { exact: true }));
  await message('Looking at it').locator('.reaction', { hasText: '🔥' }).waitFor();
  await menu(message('Looking at it'), 'React with pushpin');
  await message('Looking at it').locator('.reaction', { hasText: '✅' }).waitFor();
  await say('Customer 4711');
  await menu(message('Customer 4711'), 'Delete');
  await hand.tap(named(page.locator('dialog.confirm'), 'Delete'));
  await message('Customer 4711').waitFor({ state: 'detached' });

  const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';
  await page.locator('#foot input[type=file]').setInputFiles({ name: 'graph.png', mimeType: 'image/png', buffer: Buffer.from(pixel, 'base64') });
  const image = message('graph.png').locator('img');
  await until(() => image.evaluate((node) => node.complete && node.naturalWidth === 1), 'the picture to show');
  await menu(message('Looking at it'), 'Reply in thread');
  await hand.type(page.locator('#side textarea'), 'Found it');
  await hand.tap(page.locator('#side').getByLabel('Send'));
  await page.locator('#side article', { hasText: 'Found it' }).waitFor();
  const side = await page.locator('#side').boundingBox();
  assert.deepEqual([side.x, side.y, side.width, side.height], [0, 0, 390, 844], 'a thread fills the screen');
  await hand.tap(page.locator('#side').getByLabel('Back'));
  await hand.tap(message('Looking at it').locator('.replies'));
  await hand.tap(page.locator('#side').getByLabel('Back'));

  // Enough to leave the headline far above; the bookmark leads back to it.
  const { id } = await space.see('U0KARI', (s) => s.channels.find((c) => c.name.startsWith('inc-1-')), 'the channel');
  for (let i = 0; i < 30; ++i) await space.person('U0OLA').say(id, `Line ${i}`).catch(async () => { await space.person('U0OLA').join(id); });
  const seen = () => headline().evaluate((node) => { const r = node.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight; });
  await until(async () => !(await seen()), 'the headline out of sight');
  await hand.tap(page.locator('#bookmarks a'));
  await until(seen, 'the headline in sight');
  // What others say does not tear the page away from what is read; a tap leads there.
  await space.person('U0OLA').say(id, 'News from below');
  await hand.tap(named(page, '↓ New messages'));
  await until(() => message('News from below').evaluate((node) => node.getBoundingClientRect().bottom <= innerHeight), 'the end of the channel');
  // An answer to a tap of one's own is shown.
  await hand.tap(page.locator('#bookmarks a'));
  await until(seen, 'the headline in sight');
  await hand.tap(named(headline(), 'I lead'));
  await until(() => answer('lead').evaluate((node) => node.getBoundingClientRect().bottom <= innerHeight), 'the answer in sight');
  assert.equal(await page.locator('#header .topic').innerText().then((t) => /<@/.test(t)), false, 'the topic names people');

  const kept = await record((r) => r.entries.some((e) => e.text === 'Found it'), 'the reply');
  const one = (text) => kept.entries.find((e) => e.text === text);

  assert.deepEqual(one('Looking at it').versions.map((v) => v.text), ['Lokking at it']);
  assert.equal(one('Looking at it').on_timeline, true);
  assert.ok(!JSON.stringify(kept).includes('4711'));
  assert.equal(one('Found it').slack.thread_ts, one('Looking at it').slack.ts);
  assert.deepEqual(kept.entries.flatMap((e) => e.files ?? []).map((f) => f.name), ['graph.png']);
  assert.deepEqual(page.wrong, []);
});

test('på norsk: no English word in buttons, forms and answers', async () => {
  await begin('U0KARI', 'alerts', '[bot]\nlanguage = "nb"\n[http]\nlisten = ""\n');
  const seen = new Set();
  const english = /\b(the|is|of|and|incident|update|resolve|resolved|lead|severity|status is|note|cancel|reopen|timeline|join|close|field|cause|what|who|when|summary|impact|send update|nobody|declare|channel|drill|role|person|another|open|identified|investigating|monitoring)\b/i;
  // What vakt sent, as Slack got it: every text of every block, and of every option.
  const words = (node, key = '') => (typeof node === 'string' ? (/^(text|title|label|alt_text|topic)$/.test(key) ? [node] : [])
    : Array.isArray(node) ? node.flatMap((one) => words(one, key)) : node && typeof node === 'object' ? Object.entries(node).flatMap(([k, one]) => words(one, k)) : []);
  const look = async () => {
    for (const call of (await space.control('calls', { clear: true })).calls) {
      if (call.method.startsWith('conversations.history')) continue;
      const args = Object.fromEntries(Object.entries(call.args ?? {}).map(([k, v]) => [k, typeof v === 'string' && /^[[{]/.test(v) ? JSON.parse(v) : v]));
      words(args).forEach((text) => seen.add(text.replace(/`[^`]*`|<[^>]*>|PaymentsDown|\[FIRING:1\]/g, '')));
    }
    const wrong = [...seen].filter((text) => english.test(text));
    assert.deepEqual(wrong, []);
  };
  await menu(message('PaymentsDown'), 'Declare incident');
  await modal().waitFor();
  await shot('nb-declare');
  await form({ severity: 'sev2' }, 'Meld hendelse');
  await hand.tap(answer('har fått sin kanal').locator('a.mention'));
  await headline().waitFor();
  await hand.tap(named(headline(), 'Jeg leder'));
  await hand.tap(named(headline(), 'Alle valg'));
  await tray('role').waitFor();
  await shot('nb-tray');
  await hand.choose(tray('severity'), { label: 'SEV1' });
  await answer('Alvorligheten er SEV1').waitFor();
  await hand.choose(tray('phase'), { label: 'årsak funnet' });
  await answer('Status er årsak funnet').waitFor();
  await hand.choose(tray('mark'), { label: 'NEDETID START' });
  await hand.tap(named(answer('NEDETID START'), 'Et annet tidspunkt'));
  await form({ time: '-10m' }, 'Send');
  await hand.tap(tray('role'));
  await form({ user: 'U0OLA' }, 'Send');
  await hand.tap(tray('field'));
  await modal().waitFor();
  await shot('nb-field');
  await form({ field: 'cause', text: 'Sertifikat' }, 'Send');
  await answer('Årsak').waitFor();
  await hand.tap(tray('note'));
  await form({ text: 'Ringte' }, 'Send');
  await hand.tap(tray('update'));
  await form({ text: 'Ruller tilbake' }, 'Send');
  await message('Oppdatering').waitFor();
  for (const command of ['help', 'list', 'who', 'timeline', 'updaet', 'severity x', 'note', '99 update x']) {
    await page.locator('#foot textarea').fill(`/incident ${command}`);
    await page.locator('#foot').getByLabel('Send').tap();
    await until(async () => !(await page.locator('#foot textarea').inputValue()), 'it to be sent');
  }
  await hand.tap(tray('resolve'));
  await form({ text: 'Rullet tilbake' }, 'Send');
  await message('Løst av').waitFor();
  await shot('nb-resolved');
  await page.goto(`${space.url}/#U0KARI/home`);
  await page.locator('.home', { hasText: 'Alt er rolig' }).waitFor();
  await look();
  const shown = await (await space.state()).channels.flatMap((c) => c.messages).filter((m) => m.user === BOT && !m.subtype);
  words(shown.map((m) => m.blocks ?? m)).forEach((text) => seen.add(text.replace(/`[^`]*`|<[^>]*>|PaymentsDown|\[FIRING:1\]/g, '')));
  await look();
  assert.ok(seen.size > 60, `${seen.size} texts were looked at`);
  const markdown = await vakt.command('export', '1', '--format', 'markdown');
  assert.doesNotMatch(markdown.replace(/PaymentsDown[^\n]*|No payment[^\n]*/g, ''), english);
});

test('the kill switch on a phone: the wrong flag killed and undone, the right one killed and proven, all in the record', async () => {
  const flags = join(space.folder, 'flags.flagd.json');
  const on = { state: 'ENABLED', variants: { on: true, off: false }, defaultVariant: 'on' };
  await writeFile(flags, JSON.stringify({ flags: { 'new-checkout': on, 'dark-mode': on } }, null, 2));
  const state = async (name) => JSON.parse(await readFile(flags, 'utf8')).flags[name].state;
  await begin('U0KARI', 'incidents');
  const send = async (text) => {
    await hand.type(page.locator('#foot textarea'), text);
    await hand.tap(page.locator('#foot').getByLabel('Send'));
  };
  await send('/incident declare sev1 Checkout');
  await hand.tap(answer('has its channel').locator('a.mention'));
  await headline().waitFor();

  await send('/flag off dark-mode');
  await message('dark-mode is OFF in production').waitFor();
  await shot('flag-off');
  assert.equal(await state('dark-mode'), 'DISABLED');
  await hand.tap(named(message('dark-mode is OFF'), 'Undo'));
  await shot('flag-undo');
  await hand.tap(page.locator('dialog[open] button.primary, dialog[open] button[type=submit]').last());
  await message('dark-mode in production is as it was').waitFor();
  assert.equal(await state('dark-mode'), 'ENABLED');

  await send('/flag off new-checkout');
  await message('new-checkout is OFF in production').waitFor();
  assert.equal(await state('new-checkout'), 'DISABLED');
  await shot('flag-done');
  const kept = await until(async () => {
    const now = await vakt.exportJson(1);
    return now.flags.length === 3 && now.flags.every((f) => f.standing === 'proven') && now;
  }, 'the record to have all three');
  assert.deepEqual(kept.flags.map((f) => [f.name, f.change]), [['dark-mode', 'off'], ['dark-mode', 'restore'], ['new-checkout', 'off']]);
  assert.deepEqual(page.wrong, []);
});
