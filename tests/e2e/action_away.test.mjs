// Trello asks to wait, or is away for days: nothing changes meanwhile, and the digest says how old its reading is.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { ActionHouse, config, words } from './lib/action_house.mjs';
import { until } from './lib/workspace.mjs';

let house;
beforeEach(async () => { house = await ActionHouse.start(); });
afterEach(async () => { await house?.stop(); });

const alerts = (pattern) => house.posts('incidents', pattern);

test('429 in the middle of a poll: no item changes, and the next poll reads it', async () => {
  await house.run();
  const channel = await house.incident();
  await house.add(channel, 'One', 'Two');
  house.trello.state.changeCard(house.card('Two'), { dueComplete: true });
  house.trello.fail('GET ', '429', { times: 1, skip: 1 });
  await until(async () => (await house.item('Two')).state === 'done', 'it to be read all the same', 40_000);
  assert.equal((await house.item('One')).state, 'open');
  assert.ok(house.trello.log.filter((one) => one.status === 429).length >= 1);
  assert.equal((await house.posts(channel, /Two/)).filter((m) => /Done/.test(words(m))).length, 1);
});

test('Trello is down over a Monday: the digest comes, and says since when nothing was verified', async () => {
  await house.run(config(), { VAKT_CLOCK: '2026-10-15T08:00:00Z' });
  const channel = await house.incident();
  await house.add(channel, 'Configure log retention @kari due 2026-10-16');
  await house.polled();
  await house.vakt.stop();
  house.trello.goDown();
  // Two days of downtime of Trello, with vakt up on the Monday at 09:00 in Oslo.
  await house.run(config(), { VAKT_CLOCK: '2026-10-19T06:59:50Z' });
  const digest = await until(async () => (await alerts(/Action items, 19 October/))[0], 'the digest', 60_000);
  assert.match(words(digest), /Not verified since 15 October 10:0\d/);
  assert.match(words(digest), /Configure log retention/);
  assert.equal((await house.items())[0].state, 'open');
  assert.equal((await alerts(/Trello refuses/)).length, 0);
  house.trello.goDown(false);
  house.trello.state.changeCard(house.card('Configure log retention'), { dueComplete: true });
  await until(async () => (await house.items())[0].state === 'done', 'it to be read again', 40_000);
  assert.equal((await alerts(/Action items, 19 October/)).length, 1);
});
