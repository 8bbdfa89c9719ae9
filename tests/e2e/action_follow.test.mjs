// An item and its card follow each other both ways, quietly and without an echo.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { ActionHouse } from './lib/action_house.mjs';
import { until } from './lib/workspace.mjs';

let house;
beforeEach(async () => { house = await ActionHouse.start(); });
afterEach(async () => { await house?.stop(); });

test('title, due date and member follow both ways, quietly and without an echo', async () => {
  await house.run();
  const channel = await house.incident();
  await house.add(channel, 'Old name @kari due 2031-01-10');
  const card = house.card('Old name');
  const puts = () => house.trello.lines('PUT /cards').length;
  const kari = [...house.trello.state.members.values()].find((one) => one.username === 'kari');
  assert.deepEqual(card.idMembers, [kari.id]);
  assert.equal(puts(), 0);

  // In Trello first: read, and nothing written back.
  house.trello.state.changeCard(card, { name: 'New name', due: '2031-02-11T16:00:00.000Z', idMembers: [] });
  await until(async () => (await house.items())[0].title === 'New name', 'the new title', 25_000);
  const [item] = await house.items();
  assert.deepEqual([item.due, item.owner], ['2031-02-11', null]);
  await house.polled(2);
  assert.equal(puts(), 0, 'no echo');
  assert.deepEqual(await house.posts(channel, /New name/), [], 'a rename is not told');

  // Then here: each written once, and its echo is no news.
  await house.kari.say(channel, '/action title 1 Third name');
  await house.kari.say(channel, '/action due 1 2031-03-12');
  await house.kari.say(channel, '/action owner 1 @kari');
  await until(() => card.name === 'Third name' && card.due?.startsWith('2031-03-12') && card.idMembers.length === 1, 'all three on the card');
  const written = puts();
  assert.ok(written <= 3, `${written} writes for three changes`);
  await house.polled(2);
  assert.equal(puts(), written);
  const entries = (await house.vakt.exportJson(1)).entries.filter((e) => e.kind === 'action').map((e) => e.text);
  assert.equal(entries.filter((text) => /Third name.*Called/.test(text)).length, 1, entries.join('\n'));
  assert.equal(entries.filter((text) => /Due:/.test(text)).length, 2, entries.join('\n'));
  assert.equal(entries.filter((text) => /Owner:/.test(text)).length, 2, entries.join('\n'));
});
