// kill -9 of the whole program at moments around the making of a card: exactly one card each, and none is lost.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { ActionHouse, words } from './lib/action_house.mjs';
import { sleep, until } from './lib/workspace.mjs';

let house;
beforeEach(async () => { house = await ActionHouse.start(); });
afterEach(async () => { await house?.stop(); });

test('killed before, in and after each request, and at moments between: one card an item', { timeout: 280_000 }, async (t) => {
  await house.run();
  const channel = await house.incident();
  await house.add(channel, 'The first');  // the board's ids are known from here on
  const id = (await house.space.channel('incidents')).id;
  const titles = ['The first'];
  // A command that is not acknowledged is typed again by whoever typed it, and only then.
  const add = async (title) => {
    titles.push(title);
    return house.kari.raw('say', { channel, text: `/action add ${title}` });
  };
  const again = async () => {
    await house.vakt.kill();
    house.trello.faults = [];
    await house.vakt.run();
  };
  // At each request of a creation: it hangs (nothing done), or is carried out and its answer is lost.
  const fate = [];
  for (const [what, match] of [['hang', 'GET '], ['hang', 'POST /cards'], ['cut_after', 'POST /cards'], ['cut_after', 'GET '], ['hang', 'PUT ']]) {
    house.trello.fail(match, what, { times: 1 });
    const seen = house.trello.log.length;
    const title = `${what} at ${match.trim()}`;
    const said = add(title);
    await until(() => house.trello.log.length > seen, title, 15_000);
    await sleep(30);
    await again();
    fate.push([title, (await said).ok]);
  }
  for (const ms of [0, 3, 6, 10, 15, 25, 60]) {
    const title = `killed after ${ms} ms`;
    const said = add(title);
    await sleep(ms);
    await again();
    fate.push([title, (await said).ok]);
  }
  // What was acknowledged is an item; what is an item gets its card, and none gets two.
  const items = await house.items();
  for (const [title, ok] of fate) {
    const there = items.filter((item) => item.title === title).length;
    assert.ok(ok ? there === 1 : there <= 1, `${title}: acknowledged ${ok}, kept ${there}`);
  }
  const began = Date.now();
  await until(async () => (await house.items()).every((item) => item.card?.short_link), 'a card for each', 200_000);
  t.diagnostic(`${fate.length} kills, ${items.length} items, settled ${Math.round((Date.now() - began) / 1000)} s after the last`);
  await house.polled();
  const open = house.cards.filter((card) => !card.closed);
  assert.deepEqual(open.map((card) => card.name).sort(), items.map((item) => item.title).sort());
  assert.deepEqual(house.cards.filter((card) => card.closed), [], 'none had to be archived');
  const links = (await house.items()).map((item) => item.card.short_link);
  assert.equal(new Set(links).size, links.length);
  const told = await house.posts(id, /Trello/);
  assert.deepEqual(told.map(words), [], 'no alarm for what settles by itself');
});
