// A card that people mirror on other boards: what becomes of the mirror is no news of its item.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { ActionHouse, config } from './lib/action_house.mjs';
import { until } from './lib/workspace.mjs';

let house;
beforeEach(async () => { house = await ActionHouse.start(); });
afterEach(async () => { await house?.stop(); });

test('mirrored on boards that teams name and on others: its item stays as it is, and follows its own card alone', async () => {
  const { state } = house.trello;
  const named = state.addBoard('Platform board'), other = state.addBoard('Overview');
  await house.run(config('[[team]]\nname = "all"\nchannel = "incidents"\n[[team]]\nname = "platform"\nchannel = "general"\nboard = "Platform board"\nlist_todo = "To do"\nlists_done = ["Done"]\n'));
  const channel = await house.incident();
  await house.add(channel, 'Rotate the keys @kari due 2031-01-10', 'Second');
  const card = house.card('Rotate the keys');
  const [item] = await house.items();
  const mirrors = [named, other, house.board].map((board) => state.mirrorCard(card, state.list(board.id, 'To do').id));
  await house.polled();
  for (const [i, board] of [named, other, house.board].entries()) state.changeCard(mirrors[i], { idList: state.list(board.id, 'Done').id });
  await house.polled();
  for (const mirror of mirrors) state.changeCard(mirror, { closed: true });
  await house.polled();
  for (const mirror of mirrors) state.deleteCard(mirror);
  await house.polled();
  assert.deepEqual(await house.item('Rotate the keys'), item);
  assert.deepEqual(house.trello.lines('PUT '), []);
  assert.equal((await house.items()).length, 2);
  assert.deepEqual(await house.posts(channel, /Rotate the keys/).then((posts) => posts.filter((m) => m.text.includes('Done'))), []);

  state.changeCard(card, { idList: state.list(house.board.id, 'Done').id });
  await until(async () => (await house.item('Rotate the keys')).state === 'done', 'its own card to be done', 25_000);
  assert.equal((await house.posts(channel, /Rotate the keys.*Done|Done.*Rotate the keys/s)).length, 1);
});

test('the address of a mirror is linked: the item is of the card it stands for, known already or not', async () => {
  const { state } = house.trello;
  const other = state.addBoard('Overview'), list = state.list(other.id, 'To do').id;
  const known = state.addCard(state.list(house.board.id, 'To do').id, { name: 'Known already' });
  const fresh = state.addCard(state.list(house.board.id, 'Doing').id, { name: 'Not known yet' });
  const [ofKnown, ofFresh] = [known, fresh].map((card) => state.mirrorCard(card, list));
  const round = state.addCard(list, {});
  state.mirrorCard(round, list);
  Object.assign(round, { name: `https://trello.com/c/${house.cards.at(-1).shortLink}` });  // two that stand for each other
  await house.run();
  const channel = await house.incident();
  await house.kari.say(channel, `/action link https://trello.com/c/${known.shortLink}`);
  await until(async () => (await house.items()).length === 1, 'the first', 15_000);
  await house.kari.say(channel, `/action link https://trello.com/c/${ofKnown.shortLink}/7-some-slug @ola`);
  await house.kari.say(channel, `/action link https://trello.com/c/${ofFresh.shortLink}`);
  await until(async () => (await house.items()).length >= 2, 'the second', 15_000);
  await house.kari.say(channel, `/action link https://trello.com/c/${round.shortLink}`);
  await until(async () => (await house.items()).length >= 3, 'the one that leads nowhere', 15_000);
  await house.polled();
  const items = await house.items();
  assert.deepEqual(items.map((one) => [one.title, one.card.short_link, one.state]).slice(0, 2), [['Known already', known.shortLink, 'open'], ['Not known yet', fresh.shortLink, 'in_progress']]);
  assert.equal(items.length, 3);
  assert.equal(known.name, 'Known already');
});
