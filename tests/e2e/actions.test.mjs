// Action items through the whole program: typed, tapped, on a board of Trello, without one, through kills, over Mondays.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { ActionHouse, buttons, config, words } from './lib/action_house.mjs';
import { sleep, until } from './lib/workspace.mjs';

let house, kari;

beforeEach(async () => {
  house = await ActionHouse.start();
  kari = house.kari;
});
afterEach(async () => { await house?.stop(); });

test('an item gets its card, the answer links it, and both sides follow each other', async () => {
  await house.run();
  const channel = await house.incident();
  await kari.say(channel, '/action add Configure log retention for Loki @kari due friday');
  await house.sees(channel, /trello\.com\/c\/\w{8}[^|]*\|KM\d+/);
  assert.equal(house.cards.length, 1);
  const [card] = house.cards;
  assert.equal(card.name, 'Configure log retention for Loki');
  assert.ok(card.due, 'the due date is on the card');
  const [item] = await house.items();
  assert.deepEqual([item.title, item.owner, item.state, item.card.short_link], ['Configure log retention for Loki', 'U0KARI', 'open', card.shortLink]);

  card.dueComplete = true;  // done in Trello
  await house.sees(channel, /Configure log retention for Loki.*done|done.*Configure log retention for Loki/is, { ms: 20_000 });
  await until(async () => (await house.items())[0].state === 'done', 'the item to be done');

  await kari.say(channel, '/action reopen 1');
  await until(() => house.cards[0].dueComplete === false, 'the card to be reopened');
  await kari.say(channel, '/action due 1 2031-05-02');
  await until(() => (house.cards[0].due ?? '').startsWith('2031-05-02'), 'the new date on the card');
  const record = await house.vakt.exportJson(1);
  assert.equal(record.actions.length, 1);
  assert.equal(record.actions[0].due, '2031-05-02');
  assert.ok(record.entries.filter((e) => e.kind === 'action').length >= 4, 'each step stands in the record');
});

test('a card that exists is adopted, and one card serves two incidents', async () => {
  const lists = [...house.trello.state.lists.values()].filter((l) => l.idBoard === house.board.id);
  const made = house.trello.state.addCard(lists[0].id, { name: 'Alert on disk usage' });
  await house.run();
  const first = await house.incident('Disk full');
  await kari.say(first, `/action link https://trello.com/c/${made.shortLink}/12-alert-on-disk-usage @ola`);
  await house.sees(first, /Alert on disk usage/);
  await kari.say(first, '/incident resolve');  // else that one is offered instead of a new one
  const second = await house.incident('Queue stuck');
  await kari.say(second, `/action link https://trello.com/c/${made.shortLink}`);
  await until(async () => (await house.vakt.exportJson(2)).actions.length === 1, 'it to stand in both');
  assert.equal((await house.items()).length, 1);
  assert.equal(house.cards.length, 1);
});

test('the connection is cut after the card was made: exactly one card, through a kill as well', async () => {
  await house.run();
  const channel = await house.incident();
  house.trello.fail('POST /cards', 'cut_after');
  await kari.say(channel, '/action add Write a runbook');
  await until(() => house.cards.length === 1, 'the card');
  await house.vakt.kill();
  await house.vakt.run();
  await kari.say(channel, '/action add Rotate the certificate');
  await until(async () => house.cards.length >= 2, 'the second card');
  await until(async () => (await house.items()).every((i) => i.card?.short_link), 'both to be linked', 120_000);
  assert.deepEqual(house.cards.map((c) => c.name).sort(), ['Rotate the certificate', 'Write a runbook']);
});

test('without Trello items are kept, listed and closed by taps', async () => {
  await house.runWithoutTrello();
  const channel = await house.incident();
  await kari.say(channel, '/action add Check the backups @kari due +2w');
  await house.sees(channel, /Check the backups/);
  await kari.say(channel, '/action list');
  const list = await house.space.see('U0KARI', (s) => s.channels.find((c) => c.id === channel).messages.findLast((m) => buttons(m).some((b) => b.action_id.startsWith('action_done'))), 'the list');
  await house.press(kari, channel, list, 'action_done');
  await until(async () => (await house.items())[0].state === 'done', 'the item to be done');
  assert.equal(house.cards.length, 0);
  const text = await house.vakt.command('actions');
  assert.match(text, /Check the backups/);
});

test('resolving without an item asks once whether there is none', async () => {
  await house.runWithoutTrello();
  const channel = await house.incident();
  await kari.say(channel, '/incident resolve');
  const asked = await house.space.see('U0KARI', (s) => s.channels.find((c) => c.id === channel).messages.find((m) => buttons(m).some((b) => b.action_id.startsWith('action_none'))), 'the question');
  await house.press(kari, channel, asked, 'action_none');
  await until(async () => (await house.vakt.exportJson(1)).entries.some((e) => e.kind === 'action'), 'the answer in the record');
  await kari.say(channel, '/incident reopen');
  await kari.say(channel, '/incident resolve');
  await sleep(1500);
  const count = (await house.space.state('U0KARI')).channels.find((c) => c.id === channel).messages.filter((m) => buttons(m).some((b) => b.action_id.startsWith('action_none'))).length;
  assert.equal(count, 1);
});

test('four Mondays: one digest a week in the channel, one message an owner, through restarts and two days of downtime', async () => {
  // Before the first Monday there is an incident with three items of two owners.
  await house.run(config(), { VAKT_CLOCK: '2026-10-14T08:00:00Z' });
  const channel = await house.incident();
  await kari.say(channel, '/action add Configure log retention @kari due 2026-10-23');
  await kari.say(channel, '/action add Alert on disk usage @ola due 2026-10-30');
  await kari.say(channel, '/action add Write a runbook');
  await until(async () => (await house.items()).filter((i) => i.card?.short_link).length === 3, 'three cards');
  await house.vakt.stop();

  // 19 October (summer time), 26 October (winter time since the day before), 2 November, and down until Wednesday the 11th.
  const digests = async () => (await house.space.history('incidents')).filter((m) => m.user === 'U0VAKT' && !m.ephemeral_for && !m.thread_ts && /digest|action items|open/i.test(m.text) && /Configure log retention|Alert on disk usage|Write a runbook/.test(words(m)));
  const times = ['2026-10-19T06:59:57Z', '2026-10-26T07:59:57Z', '2026-11-02T07:59:57Z', '2026-11-11T08:00:03Z'];
  let expected = 0;
  for (const at of times) {
    Object.assign(house.vakt.env, { VAKT_CLOCK: at });
    await house.vakt.run();
    expected += 1;
    await until(async () => (await digests()).length >= expected, `digest ${expected} at ${at}`, 20_000);
    await house.vakt.stop();
    await house.vakt.run();  // once more on the same morning: nothing more is said
    await sleep(2500);
    assert.equal((await digests()).length, expected, `after a restart at ${at}`);
    await house.vakt.stop();
  }
});
