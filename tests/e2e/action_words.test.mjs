// What people type into an action item: long, hostile, in the past, for somebody whom Trello does not know.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { ActionHouse, config, words } from './lib/action_house.mjs';
import { until } from './lib/workspace.mjs';

let house;
beforeEach(async () => { house = await ActionHouse.start(); });
afterEach(async () => { await house?.stop(); });

const pings = async (...channels) => (await Promise.all(channels.map((channel) => house.space.history(channel)))).flat().filter((m) => m.user === 'U0VAKT' && m.pinged);

test('a title of 16,384 characters: whole in Trello and in the record, short in Slack', async () => {
  await house.run();
  const channel = await house.incident();
  const title = `Rotate ${'ø'.repeat(16_384 - 13)} keys.`;
  assert.equal([...title].length, 16_384);
  await house.kari.say(channel, `/action add ${title}`);
  await until(() => house.cards.length === 1, 'its card', 15_000);
  assert.equal(house.cards[0].name, title);
  await until(async () => (await house.items())[0]?.card?.short_link, 'the link');
  assert.equal((await house.vakt.exportJson(1)).actions[0].title, title);
  await house.kari.say(channel, '/action list');
  const list = await house.sees(channel, /Open action items/);
  assert.ok(words(list).length < 4000, 'the list stays short');
  await house.kari.say(channel, `/action add ${title}x`);
  await house.sees(channel, /longer than Trello takes/);
  assert.equal((await house.items()).length, 1);
});

test('markdown and mentions in a title: nobody is pinged, Trello has it as it was typed', async () => {
  await house.run();
  const channel = await house.incident();
  const title = 'Stop *bold* _it_ `code` ~x~ # h [a](http://evil.example) "quoted" @here <b>&amp; 100%';
  await house.kari.say(channel, `/action add ${title}`);
  await house.kari.say(channel, '/action add Tell @channel and @oncall to look');
  await until(() => house.cards.length === 2, 'the cards', 15_000);
  await until(async () => (await house.items()).every((one) => one.card?.short_link), 'the links');
  assert.equal(house.cards[0].name, title);
  assert.match(house.cards[1].name, /^Tell @channel and @oncall to look$/);
  for (const card of house.cards) house.trello.state.changeCard(card, { dueComplete: true });
  await until(async () => (await house.posts(channel, /Done \(in Trello\)/)).length === 2, 'both to be told', 25_000);
  await house.kari.say(channel, '/action list all');
  await house.sees(channel, /All action items/);
  assert.deepEqual(await pings(channel, 'incidents'), []);
  for (const post of await house.posts(channel, /Done \(in Trello\)/)) assert.doesNotMatch(words(post), /<!|<@U0KARI>|<b>/);
});

test('an owner whom Trello does not know stands in the description, and that is said once', async () => {
  await house.run();
  const channel = await house.incident();
  await house.kari.say(channel, '/action add Alert on disk usage @ola');
  await until(async () => (await house.items())[0]?.card?.short_link, 'its card', 15_000);
  const [card] = house.cards;
  assert.deepEqual(card.idMembers, []);
  assert.match(card.desc, /Owner: Ola/);
  assert.equal((await house.items())[0].owner, 'U0OLA');
  await house.polled(2);
  assert.equal((await house.items())[0].owner, 'U0OLA', 'a card without members takes the owner from nobody');
  await house.kari.say(channel, '/action add Write a runbook @ola');
  await until(async () => (await house.items())[1]?.card?.short_link, 'its card', 15_000);
  await house.sees(channel, /Write a runbook/);
  const said = (await house.space.channel(channel)).messages.filter((m) => /\[trello.members\]/.test(words(m)));
  assert.equal(said.length, 1, said.map(words).join('\n'));
  assert.match(words(said[0]), /Trello does not know <@U0OLA>.*`U0OLA = /);
});

test('an owner who is not on the board: told once, and followed once they are', async () => {
  await house.run(config('U0OLA = "ola"\n'));
  const member = house.trello.state.addMember('ola');
  const channel = await house.incident();
  await house.kari.say(channel, '/action add Alert on disk usage @ola');
  const told = await house.sees(channel, /ola is not a member of the board/, { ms: 15_000 });
  assert.match(words(told), /Invite them to the board, and add them to the card there/);
  const [card] = house.cards;
  assert.deepEqual(card.idMembers, []);
  house.board.members.push(member.id);
  house.trello.state.changeCard(card, { idMembers: [member.id] });
  await house.polled(2);
  assert.equal((await house.items())[0].owner, 'U0OLA');
  assert.deepEqual(card.idMembers, [member.id]);
  assert.equal((await house.posts(channel, /is not a member/)).length, 1);
});

test('due in the past, on 29 February, on days that do not exist', async () => {
  await house.run(config(), { VAKT_CLOCK: '2027-11-20T10:00:00Z' });
  const channel = await house.incident();
  const due = async (title) => (await house.item(title)).due;
  await house.kari.say(channel, '/action add Late already due 2026-02-28');
  await house.sees(channel, /That day has passed, so it is overdue/);
  await house.kari.say(channel, '/action add Leap day due 29.2.');
  await until(async () => (await house.items()).length === 2, 'both');
  assert.equal(await due('Leap day'), '2028-02-29');
  await house.kari.say(channel, '/action due 2 2027-02-29');
  await house.sees(channel, /There is no day “2027-02-29”.*`\/action due 2 2027-02-28`/);
  await house.kari.say(channel, '/action add Never due 31.4.');
  await house.sees(channel, /There is no day “31\.4\.”.*30\.4\./);
  assert.deepEqual((await house.items()).map((one) => one.title), ['Late already', 'Leap day']);
  await until(() => house.cards.length === 2 && house.cards.every((card) => card.due), 'their cards', 15_000);
  assert.equal(house.card('Leap day').due, '2028-02-29T16:00:00.000Z');
  assert.equal(house.card('Late already').due, '2026-02-28T16:00:00.000Z');
  assert.deepEqual((await house.items('--overdue')).map((one) => one.title), ['Late already']);
});
