// What becomes of cards in Trello, through the whole program: each turn is told once, and what is quiet stays quiet.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { ActionHouse, buttons, words } from './lib/action_house.mjs';
import { until } from './lib/workspace.mjs';

let house;
beforeEach(async () => { house = await ActionHouse.start(); });
afterEach(async () => { await house?.stop(); });

const told = (channel, title) => house.posts(channel, new RegExp(title)).then((posts) => posts.filter((m) => !/:memo:|:link:/.test(words(m))));

test('deleted, moved away, archived, done by automation, done: told once each, with buttons that close them', async () => {
  await house.run();
  const { trello } = house;
  const channel = await house.incident();
  const titles = ['Deleted one', 'Moved one', 'Archived one', 'Automated one', 'Done one'];
  await house.add(channel, ...titles);
  const [gone, moved, archived, automated, done] = titles.map((title) => house.card(title));
  const elsewhere = trello.state.addBoard('Private board');
  trello.state.deleteCard(gone);
  trello.state.changeCard(moved, { idList: trello.state.list(elsewhere.id, 'Done').id });
  trello.state.changeCard(archived, { closed: true });
  trello.state.changeCard(automated, { idList: trello.state.list(house.board.id, 'Done').id, closed: true });
  trello.state.changeCard(done, { idList: trello.state.list(house.board.id, 'Done').id });

  const state = async (title) => (await house.item(title)).state;
  await until(async () => (await state('Deleted one')) === 'deleted', 'the deletion to be known', 25_000);
  assert.deepEqual(await Promise.all(titles.map(state)), ['deleted', 'open', 'archived_undone', 'done', 'done'], 'another board\'s list called Done is none of ours');
  await house.polled(2);
  for (const title of titles) assert.equal((await told(channel, title)).length, 1, `${title} is told once`);
  const [post] = await told(channel, 'Deleted one');
  assert.match(words(post), /card was deleted/);
  assert.match(words((await told(channel, 'Moved one'))[0]), /board that no team names/);
  assert.match(words((await told(channel, 'Archived one'))[0]), /archived and not done/);
  assert.doesNotMatch(words((await told(channel, 'Automated one'))[0]), /archived/);

  // Each question is answered by a tap.
  await house.press(house.kari, channel, post, 'action_card');
  await until(async () => (await house.item('Deleted one')).state === 'open' && (await house.item('Deleted one')).card?.short_link !== gone.shortLink, 'a new card', 15_000);
  assert.equal(house.cards.filter((card) => card.name === 'Deleted one').length, 1);
  await house.press(house.kari, channel, (await told(channel, 'Archived one'))[0], 'action_reopen');
  await until(() => archived.closed === false, 'the card back on the board');
  await house.press(house.kari, channel, (await told(channel, 'Moved one'))[0], 'action_done');
  await until(() => moved.dueComplete === true, 'its mark, on the board where it is now');
  assert.ok(buttons((await told(channel, 'Done one'))[0]).some((b) => b.action_id.startsWith('action_reopen')));
  await house.polled(2);
  assert.equal(await state('Archived one'), 'open');
  assert.equal((await told(channel, 'Archived one')).filter((m) => /archived and not done/.test(words(m))).length, 1);

  // The record has every turn.
  const entries = (await house.vakt.exportJson(1)).entries.filter((e) => e.kind === 'action').map((e) => e.text);
  for (const turn of [/Deleted one: Its card was deleted/, /Moved one: Its card was moved to a board that no team names/, /Archived one: Its card was archived/, /Automated one: Done \(in Trello\)/, /Done one: Done \(in Trello\)/])
    assert.equal(entries.filter((text) => turn.test(text)).length, 1, `${turn} in\n${entries.join('\n')}`);
});

test('reopened in Trello after done, archived undone then unarchived there: told, and the item is open again', async () => {
  await house.run();
  const channel = await house.incident();
  await house.add(channel, 'Comes back', 'Put away');
  const back = house.card('Comes back'), away = house.card('Put away');
  const { state } = house.trello;
  state.changeCard(back, { dueComplete: true });
  state.changeCard(away, { closed: true });
  await until(async () => (await house.item('Comes back')).state === 'done' && (await house.item('Put away')).state === 'archived_undone', 'both to be known', 25_000);
  assert.ok((await house.item('Comes back')).closed_at);
  state.changeCard(back, { dueComplete: false });
  state.changeCard(away, { closed: false });
  await until(async () => (await house.items('--open')).length === 2 && (await house.items()).every((one) => one.state === 'open'), 'both to be open', 25_000);
  assert.equal((await house.item('Comes back')).closed_at, null);
  const lines = async (title) => (await told(channel, title)).map((m) => words(m));
  assert.match((await lines('Comes back'))[1], /Open again \(in Trello\)/);
  assert.match((await lines('Put away'))[1], /card is back in place/);
  await house.polled(2);
  for (const title of ['Comes back', 'Put away']) assert.equal((await told(channel, title)).length, 2, title);
});
