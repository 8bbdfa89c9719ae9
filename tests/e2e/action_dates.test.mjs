// Due dates on the days that no calendar has every year: the hour that DST skips or repeats, 29 February, days gone by.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { ActionHouse, config } from './lib/action_house.mjs';
import { until } from './lib/workspace.mjs';

let house;
beforeEach(async () => { house = await ActionHouse.start(); });
afterEach(async () => { await house?.stop(); });

const wednesday = { VAKT_CLOCK: '2027-03-24T08:00:00Z' };
const days = async () => Object.fromEntries((await house.items()).map((one) => [one.title, one.due]));

test('typed: five in the afternoon of that day in Oslo, as the right instant on the card', async () => {
  await house.run(config(), wednesday);
  const channel = await house.incident();
  const typed = [
    ['Winter time still', 'saturday', '2027-03-27', '2027-03-27T16:00:00.000Z'],
    ['The hour that is skipped', 'sunday', '2027-03-28', '2027-03-28T15:00:00.000Z'],
    ['Summer time still', '30.10.', '2027-10-30', '2027-10-30T15:00:00.000Z'],
    ['The hour that is repeated', '31.10.', '2027-10-31', '2027-10-31T16:00:00.000Z'],
    ['Leap day to come', '29.2.', '2028-02-29', '2028-02-29T16:00:00.000Z'],
    ['Leap day gone by', '2020-02-29', '2020-02-29', '2020-02-29T16:00:00.000Z'],
    ['Gone by in summer', '2026-07-01', '2026-07-01', '2026-07-01T15:00:00.000Z'],
  ];
  await house.add(channel, ...typed.map(([title, day]) => `${title} due ${day}`));
  assert.deepEqual(await days(), Object.fromEntries(typed.map(([title, , day]) => [title, day])));
  assert.deepEqual(house.cards.map((card) => [card.name, card.due]), typed.map(([title, , , instant]) => [title, instant]));

  await house.kari.say(channel, '/action add No such day due 2027-02-29');
  await house.sees(channel, /2027-02-28/, { last: true });
  assert.equal((await house.items()).length, typed.length, 'a day that no calendar has makes no item');
  await house.polled();
  assert.deepEqual(house.trello.lines('PUT /cards'), [], 'what was written is what is read');
  const overdue = await house.items('--overdue');
  assert.deepEqual(overdue.map((one) => one.title).sort(), ['Gone by in summer', 'Leap day gone by']);
});

test('set by hand in Trello: read as the day in Oslo, without an echo; the other half of a repeated hour is no news', async () => {
  await house.run(config(), wednesday);
  const channel = await house.incident();
  const byHand = [
    ['Before the gap', '2027-03-28T00:59:00.000Z', '2027-03-28'],
    ['After the gap', '2027-03-28T01:00:00.000Z', '2027-03-28'],
    ['First time round', '2027-10-31T00:30:00.000Z', '2027-10-31'],
    ['Second time round', '2027-10-31T01:30:00.000Z', '2027-10-31'],
    ['Summer midnight', '2027-10-30T22:00:00.000Z', '2027-10-31'],
    ['Winter midnight', '2027-10-31T23:00:00.000Z', '2027-11-01'],
    ['Leap day', '2028-02-29T22:59:00.000Z', '2028-02-29'],
    ['Long ago', '1999-12-31T23:30:00.000Z', '2000-01-01'],
  ];
  await house.add(channel, ...byHand.map(([title]) => `${title} due 2027-06-01`));
  const written = house.cards.map((card) => card.due);
  assert.deepEqual([...new Set(written)], ['2027-06-01T15:00:00.000Z']);
  for (const [title, due] of byHand) house.trello.state.changeCard(house.card(title), { due });
  const wanted = Object.fromEntries(byHand.map(([title, , day]) => [title, day]));
  await until(async () => Object.values(await days()).every((day) => day !== '2027-06-01'), 'all to be read', 25_000);
  assert.deepEqual(await days(), wanted);

  // An hour later by Trello's clock, the same half past two in Oslo.
  house.trello.state.changeCard(house.card('First time round'), { due: '2027-10-31T01:30:00.000Z' });
  await house.polled(2);
  assert.deepEqual(await days(), wanted);
  assert.deepEqual(house.trello.lines('PUT /cards'), [], 'no echo');
  assert.equal(house.card('Winter midnight').due, '2027-10-31T23:00:00.000Z', 'the hour that somebody chose stays');
  const entries = (await house.vakt.exportJson(1)).entries.filter((e) => e.kind === 'action' && /Due:/.test(e.text));
  assert.equal(entries.length, byHand.length, entries.map((e) => e.text).join('\n'));

  // The same day typed here leaves that hour alone; another one is written.
  const { id } = await house.item('Second time round');
  await house.kari.say(channel, `/action due ${id} 31.10.`);
  await house.kari.say(channel, `/action due ${id} 28.3.`);
  await until(() => house.card('Second time round').due === '2027-03-28T15:00:00.000Z', 'the new day on the card');
  assert.equal(house.trello.lines('PUT /cards').length, 1);
});
