// Action items through the whole program: typed, tapped, on a board of Trello, without one, through kills, over Mondays.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { Trello } from './lib/trello.mjs';
import { Vakt, Workspace, sleep, until } from './lib/workspace.mjs';

let space, vakt, kari, ola, trello, board;

const config = (more = '') => `[http]
listen = ""
[bot]
timezone = "Europe/Oslo"
holidays = "NO"
[trello]
board = "Team board"
list_todo = "To do"
lists_doing = ["Doing"]
lists_done = ["Done"]
label = "KM"
poll_seconds = 10
[trello.members]
U0KARI = "kari"
${more}`;

beforeEach(async () => {
  space = await Workspace.start();
  trello = await Trello.start();
  board = trello.state.addBoard('Team board', undefined, [trello.state.addMember('kari')]);
  kari = space.person('U0KARI');
  ola = space.person('U0OLA');
});

afterEach(async () => {
  try {
    if (vakt?.program.alive) await vakt.stop();
  } finally {
    vakt = undefined;
    await space?.stop();
    await trello?.stop();
  }
});

async function start(text = config(), env = {}) {
  vakt = new Vakt(space);
  Object.assign(vakt.env, { TRELLO_API_URL: trello.url, TRELLO_API_KEY: trello.key, TRELLO_API_TOKEN: trello.token }, env);
  for (const [name, value] of Object.entries(vakt.env)) if (value === undefined) delete vakt.env[name];
  const { writeFile } = await import('node:fs/promises');
  await writeFile(vakt.config, text);
  await vakt.run();
}

const words = (message) => `${message.text}\n${JSON.stringify(message.blocks)}`;
const sees = (name, pattern, who = 'U0KARI', ms = 8000) => space.see(who, (s) => s.channels.find((c) => c.name === name || c.id === name)?.messages.find((m) => pattern.test(words(m))), `${pattern} in ${name}`, ms);
const buttons = (message) => message.blocks.flatMap((b) => b.elements ?? []).filter((e) => e.type === 'button');
const press = (who, channel, message, action) => who.press(channel, message.ts, buttons(message).find((b) => b.action_id.startsWith(action))?.action_id ?? assert.fail(`no ${action} in ${words(message)}`));
const cards = () => [...trello.state.cards.values()];
const items = async (...more) => JSON.parse(await vakt.command('actions', '--json', ...more));

async function incident(title = 'Loki is full', who = kari) {
  await who.say('incidents', `/incident declare sev2 ${title}`);
  return (await space.see(who.id, (s) => s.channels.find((c) => c.name.startsWith('inc-') && c.name.includes(title.split(' ')[0].toLowerCase()) && c.pins.length === 1), 'the channel')).id;
}

test('an item gets its card, the answer links it, and both sides follow each other', async () => {
  await start();
  const channel = await incident();
  await kari.say(channel, '/action add Configure log retention for Loki @kari due friday');
  await sees(channel, /trello\.com\/c\/\w{8}[^|]*\|KM\d+/);
  assert.equal(cards().length, 1);
  const [card] = cards();
  assert.equal(card.name, 'Configure log retention for Loki');
  assert.ok(card.due, 'the due date is on the card');
  const [item] = await items();
  assert.deepEqual([item.title, item.owner, item.state, item.card.short_link], ['Configure log retention for Loki', 'U0KARI', 'open', card.shortLink]);

  card.dueComplete = true;  // done in Trello
  await sees(channel, /Configure log retention for Loki.*done|done.*Configure log retention for Loki/is, 'U0KARI', 20_000);
  await until(async () => (await items())[0].state === 'done', 'the item to be done');

  await kari.say(channel, '/action reopen 1');
  await until(() => cards()[0].dueComplete === false, 'the card to be reopened');
  await kari.say(channel, '/action due 1 2031-05-02');
  await until(() => (cards()[0].due ?? '').startsWith('2031-05-02'), 'the new date on the card');
  const record = await vakt.exportJson(1);
  assert.equal(record.actions.length, 1);
  assert.equal(record.actions[0].due, '2031-05-02');
  assert.ok(record.entries.filter((e) => e.kind === 'action').length >= 4, 'each step stands in the record');
});

test('a card that exists is adopted, and one card serves two incidents', async () => {
  const lists = [...trello.state.lists.values()].filter((l) => l.idBoard === board.id);
  const made = trello.state.addCard(lists[0].id, { name: 'Alert on disk usage' });
  await start();
  const first = await incident('Disk full');
  await kari.say(first, `/action link https://trello.com/c/${made.shortLink}/12-alert-on-disk-usage @ola`);
  await sees(first, /Alert on disk usage/);
  await kari.say(first, '/incident resolve');  // else that one is offered instead of a new one
  const second = await incident('Queue stuck');
  await kari.say(second, `/action link https://trello.com/c/${made.shortLink}`);
  await until(async () => (await vakt.exportJson(2)).actions.length === 1, 'it to stand in both');
  assert.equal((await items()).length, 1);
  assert.equal(cards().length, 1);
});

test('the connection is cut after the card was made: exactly one card, through a kill as well', async () => {
  await start();
  const channel = await incident();
  trello.fail('POST /cards', 'cut_after');
  await kari.say(channel, '/action add Write a runbook');
  await until(() => cards().length === 1, 'the card');
  await vakt.kill();
  await vakt.run();
  await kari.say(channel, '/action add Rotate the certificate');
  await until(async () => cards().length >= 2, 'the second card');
  await until(async () => (await items()).every((i) => i.card?.short_link), 'both to be linked', 120_000);
  assert.deepEqual(cards().map((c) => c.name).sort(), ['Rotate the certificate', 'Write a runbook']);
});

test('without Trello items are kept, listed and closed by taps', async () => {
  await start('[http]\nlisten = ""\n', { TRELLO_API_KEY: undefined, TRELLO_API_TOKEN: undefined });
  const channel = await incident();
  await kari.say(channel, '/action add Check the backups @kari due +2w');
  await sees(channel, /Check the backups/);
  await kari.say(channel, '/action list');
  const list = await space.see('U0KARI', (s) => s.channels.find((c) => c.id === channel).messages.findLast((m) => buttons({ blocks: m.blocks ?? [] }).some((b) => b.action_id.startsWith('action_done'))), 'the list');
  await press(kari, channel, list, 'action_done');
  await until(async () => (await items())[0].state === 'done', 'the item to be done');
  assert.equal(cards().length, 0);
  const text = await vakt.command('actions');
  assert.match(text, /Check the backups/);
});

test('resolving without an item asks once whether there is none', async () => {
  await start('[http]\nlisten = ""\n', { TRELLO_API_KEY: undefined, TRELLO_API_TOKEN: undefined });
  const channel = await incident();
  await kari.say(channel, '/incident resolve');
  const asked = await space.see('U0KARI', (s) => s.channels.find((c) => c.id === channel).messages.find((m) => buttons({ blocks: m.blocks ?? [] }).some((b) => b.action_id.startsWith('action_none'))), 'the question');
  await press(kari, channel, asked, 'action_none');
  await until(async () => (await vakt.exportJson(1)).entries.some((e) => e.kind === 'action'), 'the answer in the record');
  await kari.say(channel, '/incident reopen');
  await kari.say(channel, '/incident resolve');
  await sleep(1500);
  const count = (await space.state('U0KARI')).channels.find((c) => c.id === channel).messages.filter((m) => buttons({ blocks: m.blocks ?? [] }).some((b) => b.action_id.startsWith('action_none'))).length;
  assert.equal(count, 1);
});

test('four Mondays: one digest a week in the channel, one message an owner, through restarts and two days of downtime', async () => {
  // Before the first Monday there is an incident with three items of two owners.
  await start(config(), { VAKT_CLOCK: '2026-10-14T08:00:00Z' });
  const channel = await incident();
  await kari.say(channel, '/action add Configure log retention @kari due 2026-10-23');
  await kari.say(channel, '/action add Alert on disk usage @ola due 2026-10-30');
  await kari.say(channel, '/action add Write a runbook');
  await until(async () => (await items()).filter((i) => i.card?.short_link).length === 3, 'three cards');
  await vakt.stop();

  // 19 October (summer time), 26 October (winter time since the day before), 2 November, and down until Wednesday the 11th.
  const digests = async () => (await space.history('incidents')).filter((m) => m.user === 'U0VAKT' && !m.ephemeral_for && !m.thread_ts && /digest|action items|open/i.test(m.text) && /Configure log retention|Alert on disk usage|Write a runbook/.test(words(m)));
  const times = ['2026-10-19T06:59:57Z', '2026-10-26T07:59:57Z', '2026-11-02T07:59:57Z', '2026-11-11T08:00:03Z'];
  let expected = 0;
  for (const at of times) {
    Object.assign(vakt.env, { VAKT_CLOCK: at });
    await vakt.run();
    expected += 1;
    await until(async () => (await digests()).length >= expected, `digest ${expected} at ${at}`, 20_000);
    await vakt.stop();
    await vakt.run();  // once more on the same morning: nothing more is said
    await sleep(2500);
    assert.equal((await digests()).length, expected, `after a restart at ${at}`);
    await vakt.stop();
  }
});
