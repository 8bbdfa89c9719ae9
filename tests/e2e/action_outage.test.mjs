// Bad days of Trello as people see them: one word, nothing lost, and it goes on by itself.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { ActionHouse, buttons, words } from './lib/action_house.mjs';
import { sleep, until } from './lib/workspace.mjs';

let house;
beforeEach(async () => { house = await ActionHouse.start(); });
afterEach(async () => { await house?.stop(); });

const alerts = (pattern) => house.posts('incidents', pattern);

test('the token is revoked and comes back: one alert, one all-clear, and what waited is written', async () => {
  await house.run();
  const channel = await house.incident();
  await house.add(channel, 'Before @kari', 'Seen again');
  house.trello.revoke();
  await until(async () => (await alerts(/Trello refuses vakt's key or token/)).length === 1, 'the alert', 20_000);
  await house.vakt.stop();  // a restart says it no second time
  await house.vakt.run();
  await house.kari.say(channel, '/action add While it was dead');
  await house.kari.say(channel, '/action done 1');
  await sleep(11_000);
  assert.equal((await alerts(/Trello refuses/)).length, 1);
  assert.deepEqual((await house.items()).map((one) => one.state), ['done', 'open', 'open'], 'nothing changes by it');
  assert.equal(house.cards.length, 2);

  house.trello.revoke(false);
  await until(() => house.cards.length === 3 && house.card('Before').dueComplete, 'what waited to be written', 70_000);
  await until(async () => (await alerts(/Trello answers again/)).length === 1, 'the all-clear', 20_000);
  await until(async () => (await house.item('While it was dead')).card?.short_link, 'its card', 20_000);
  assert.equal(house.cards.filter((card) => card.name === 'While it was dead').length, 1);
  assert.equal((await alerts(/Trello refuses/)).length, 1);
});

test('the board is lost, then back: each item says so once, and is followed again', async () => {
  await house.run();
  const channel = await house.incident();
  await house.add(channel, 'First @kari', 'Second');
  house.trello.lose(house.board.id);
  await until(async () => (await house.items()).every((one) => one.state === 'lost_access'), 'the loss', 25_000);
  await house.polled();
  const lost = await house.posts(channel, /cannot see its card/);
  assert.equal(lost.length, 2);
  assert.ok(lost.every((m) => ['action_done', 'action_wontdo'].every((act) => buttons(m).some((b) => b.action_id.startsWith(act)))));
  assert.match(words(lost.find((m) => /First/.test(words(m)))), /<@U0KARI>, it is yours/);
  assert.equal((await alerts(/Trello refuses/)).length, 0, 'the token is good');
  house.trello.lose(house.board.id, false);
  await until(async () => (await house.items()).every((one) => one.state === 'open'), 'the board to be back', 25_000);
  await house.polled();
  assert.equal((await house.posts(channel, /back in place/)).length, 2);
  assert.equal((await house.posts(channel, /cannot see its card/)).length, 2);
});

test('three answers of 429 in a row: the next reading comes within Trello\'s own window, and reads what changed', async () => {
  await house.run();
  const channel = await house.incident();
  await house.add(channel, 'Busy one');
  await house.polled();
  house.trello.fail('GET /', '429', { times: 3 });
  house.trello.state.changeCard(house.card('Busy one'), { dueComplete: true });
  const limited = () => house.trello.log.filter((one) => one.status === 429);
  await until(() => limited().length === 3, 'three 429s', 50_000);
  await until(async () => (await house.item('Busy one')).state === 'done', 'the change to be read', 25_000);
  const last = limited().at(-1), next = house.trello.log.find((one) => one.at > last.at);
  assert.ok(next.at - last.at < 12_000, `${next.at - last.at} ms after the last 429`);
  assert.ok(limited().every((one, i, all) => i === 0 || one.at - all[i - 1].at > 9_500), 'a window between two of them');
});
