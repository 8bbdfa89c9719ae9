// The list for open cards was renamed or archived since: a reopened item goes where it is meant to, or says what to do.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { ActionHouse, config, words } from './lib/action_house.mjs';
import { until } from './lib/workspace.mjs';

let house;
beforeEach(async () => { house = await ActionHouse.start(); });
afterEach(async () => { await house?.stop(); });

const inBokmal = (more = {}) => config().replace('[bot]', '[bot]\nlanguage = "nb"').replace(/list_todo = .*/, `list_todo = "${more.todo ?? 'To do'}"`);
const done = async (title) => {
  house.trello.state.changeCard(house.card(title), { idList: house.trello.state.list(house.board.id, 'Done').id });
  await until(async () => (await house.item(title)).state === 'done', 'it to be done', 25_000);
};

for (const by of ['name', 'id'])
  test(`configured by ${by}, renamed since: the card goes to the list that was meant, after a restart too`, async () => {
    const list = house.trello.state.list(house.board.id, 'To do');
    await house.run(inBokmal({ todo: by === 'id' ? list.id : 'To do' }));
    const channel = await house.incident();
    await house.add(channel, 'Comes back');
    await done('Comes back');
    list.name = 'Backlog';
    await house.vakt.stop();
    await house.vakt.run();
    await house.kari.say(channel, '/action reopen 1');
    await until(() => house.card('Comes back').idList === list.id, 'the card in its list');
    await house.kari.say(channel, '/action add Another one');
    await until(() => house.cards.length === 2, 'a new card', 15_000);
    assert.equal(house.card('Another one').idList, list.id);
    await house.polled();
    assert.equal((await house.item('Comes back')).state, 'open');
    assert.deepEqual(await house.posts(channel, /Backlog|To do/), []);
  });

test('archived since: said once in the workspace\'s language with what to do, the item stays open, and goes on when told to', async () => {
  await house.run(inBokmal());
  const { state } = house.trello;
  const channel = await house.incident();
  await house.add(channel, 'Comes back');
  await done('Comes back');
  const list = state.list(house.board.id, 'To do');
  list.closed = true;
  await house.kari.say(channel, '/action reopen 1');
  const post = await house.sees(channel, /Listen «To do» er arkivert i Trello: hent den tilbake/);
  assert.match(words(post), /action card 1/);
  await house.polled(2);
  const said = () => house.posts(channel, /er arkivert i Trello/);
  assert.equal((await said()).length, 1);
  assert.equal((await house.item('Comes back')).state, 'open');
  assert.equal(house.card('Comes back').idList, state.list(house.board.id, 'Done').id, 'nothing is half done');

  await house.kari.say(channel, '/action add Ny sak');
  await until(async () => (await said()).length === 2, 'the same of a new card', 15_000);
  assert.equal((await house.item('Ny sak')).state, 'open');

  list.closed = false;
  await house.kari.say(channel, '/action card 1');
  await until(() => house.card('Comes back').idList === list.id, 'the card in its list', 15_000);
  await house.kari.say(channel, '/action card 2');
  await until(() => house.cards.length === 2, 'the new card', 15_000);
  await house.polled();
  assert.deepEqual((await house.items()).map((one) => one.state), ['open', 'open']);
  assert.equal((await said()).length, 2);
});

test('what Trello itself says stands behind what it means, as its words; placeholders and help are in Norwegian', async () => {
  await house.run(inBokmal());
  const channel = await house.incident();
  await house.add(channel, 'Old name');
  house.trello.refuse('PUT /cards', 400, 'invalid value for name');
  await house.kari.say(channel, '/action title 1 New name');
  const post = await house.sees(channel, /Trello avviste det vakt skrev\. Trello sa: «invalid value for name»\./);
  assert.match(words(post), /Her er tiltaket slik dere ville ha det/);
  await house.kari.say(channel, '/action snooze 1');
  await house.sees(channel, /snooze \S+ DATO GRUNN/);
  for (const slash of ['action', 'incident', 'flag', 'rollout']) {
    await house.kari.say(channel, `/${slash} hjelp`);
    const help = await house.sees(channel, new RegExp(`/${slash} `), { last: true });
    assert.doesNotMatch(words(help), /kjenner ikke|Mente du/, `/${slash} hjelp`);
  }
});
