// The Trello on loopback is one that others would take for Trello: a client of theirs accepts its answers, and its
// bodies have the shape of recorded ones.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Trello, trelloClient } from './lib/trello.mjs';
import { assertShape } from './lib/trello_shapes.mjs';

let trello, client, board;
const raw = async (method, path, body) => {
  const response = await fetch(new URL(path, trello.url), { method, headers: { authorization: 'OAuth oauth_consumer_key="key", oauth_token="token"', ...(body ? { 'content-type': 'application/json' } : {}) }, body: body && JSON.stringify(body) });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: () => JSON.parse(text) };
};

before(async () => {
  trello = await Trello.start();
  const { createTrelloClient } = await trelloClient();
  client = createTrelloClient({ apiKey: 'key', apiToken: 'token', host: trello.url.replace(/\/$/, '') });
  board = trello.state.addBoard('Board', ['To do', 'Done'], [trello.state.addMember('kari')]);
});
after(() => trello?.stop());

test('trello.js makes, changes, reads, comments, batches and deletes', async () => {
  const [todo, done] = await client.boards.getBoardLists({ id: board.id });
  const card = await client.cards.createCard({ idList: todo.id, name: 'From trello.js', desc: 'x', due: '2026-12-01T15:00:00.000Z' });
  assert.deepEqual([card.name, card.idList, card.due.toISOString(), card.dueComplete], ['From trello.js', todo.id, '2026-12-01T15:00:00.000Z', false]);
  const changed = await client.cards.updateCard({ id: card.id, idList: done.id, dueComplete: true, closed: true });
  assert.deepEqual([changed.idList, changed.dueComplete, changed.closed], [done.id, true, true]);
  assert.equal((await client.cards.getCard({ id: card.shortLink })).id, card.id, 'by its short link');
  await client.cards.createCardComment({ id: card.id, text: 'Done.' });
  const actions = await client.boards.getBoardActions({ boardId: board.id });
  assert.deepEqual(actions.map((one) => one.type), ['commentCard', 'updateCard', 'createCard']);
  assert.deepEqual([actions[1].data.listBefore.id, actions[1].data.listAfter.id], [todo.id, done.id]);
  assert.deepEqual((await client.boards.getBoardMembers({ id: board.id })).map((one) => one.username), ['vakt', 'kari']);
  const [read, listed] = await client.batch.run((each) => [each.cards.getCard({ id: card.id }), each.boards.getBoard({ id: board.id })]);
  assert.deepEqual([(await read).id, (await listed).name], [card.id, 'Board']);
  const boards = await client.members.getMemberBoards({ id: trello.state.me.id });
  assert.deepEqual(boards.map((one) => one.id), [board.id]);
  await client.cards.deleteCard({ id: card.id });
  await assert.rejects(client.cards.getCard({ id: card.id }), /404.*The requested resource was not found\./);
  const [gone] = await client.boards.getBoardActions({ boardId: board.id, filter: 'deleteCard' });
  assert.deepEqual([gone.data.card.id, gone.data.card.shortLink], [card.id, undefined], 'that it was this card is told by its id alone');
});

test('bodies have the shape of recorded ones', async () => {
  const list = trello.state.list(board.id, 'To do');
  const plain = (await raw('POST', 'cards', { idList: list.id, name: 'Plain' })).json();
  assertShape('card', plain);
  assert.deepEqual([plain.due, plain.dueReminder, plain.email, plain.idAttachmentCover], [null, null, null, null]);
  assertShape('card', (await raw('PUT', `cards/${plain.id}`, { due: '2026-12-01T15:00:00Z' })).json());
  assertShape('card', (await raw('GET', `cards/${plain.shortLink}`)).json());
  assertShape('board', (await raw('GET', `boards/${board.id}`)).json());
  assertShape('list', (await raw('GET', `lists/${list.id}`)).json());
  const nested = (await raw('GET', `boards/${board.id}?fields=name,closed&cards=open&card_fields=name,closed&lists=all&members=all`)).json();
  assert.deepEqual(Object.keys(nested), ['id', 'name', 'closed', 'lists', 'cards', 'members']);
  assertShape('card', nested.cards[0], { whole: false });
});

test('moving to another board keeps id and short link, and changes the number', async () => {
  const other = trello.state.addBoard('Other', ['Here']);
  const made = (await raw('POST', 'cards', { idList: trello.state.list(board.id, 'To do').id, name: 'Mover' })).json();
  const moved = (await raw('PUT', `cards/${made.id}`, { idList: trello.state.list(other.id, 'Here').id })).json();
  assert.deepEqual([moved.id, moved.shortLink, moved.idBoard, moved.idShort], [made.id, made.shortLink, other.id, 1]);
  assert.notEqual(made.idShort, 1);
});

test('errors in Trello\'s own words', async () => {
  const list = trello.state.list(board.id, 'To do');
  const said = async (method, path, body) => { const { status, text } = await raw(method, path, body); return `${status} ${text}`; };
  assert.equal(await said('GET', 'cards/AAAAAAAA'), '404 The requested resource was not found.');
  assert.equal(await said('GET', 'cards/nope'), '400 invalid id');
  assert.equal(await said('POST', 'cards', { name: 'x' }), '400 invalid value for idList');
  assert.equal(await said('POST', 'cards', { idList: list.id, name: 'x'.repeat(16_385) }), '400 invalid value for name');
  const card = (await raw('POST', 'cards', { idList: list.id, name: 'Mine' })).json();
  trello.lose(board.id);
  assert.equal(await said('GET', `cards/${card.id}`), '401 unauthorized card permission requested');
  assert.equal(await said('GET', `boards/${board.id}`), '401 unauthorized permission requested');
  trello.lose(board.id, false);
  trello.revoke();
  assert.equal(await said('GET', `cards/${card.id}`), '401 invalid token');
  trello.revoke(false);
  const plain = await fetch(`${trello.url}members/me`, { headers: { authorization: 'OAuth oauth_consumer_key="x", oauth_token="token"' } });
  assert.equal(`${plain.status} ${await plain.text()}`, '401 invalid key');
  assert.match(plain.headers.get('content-type'), /text\/plain/);
});

test('limits: their headers, and 429 as recorded', async () => {
  const strict = await Trello.start({ limits: { key: 300, token: 3 } });
  try {
    const ask = () => fetch(`${strict.url}members/me`, { headers: { authorization: 'OAuth oauth_consumer_key="key", oauth_token="token"' } });
    const left = [];
    for (let i = 0; i < 3; ++i) left.push((await ask()).headers.get('x-rate-limit-api-token-remaining'));
    assert.deepEqual(left, ['2', '1', '0']);
    const over = await ask();
    assert.equal(over.status, 429);
    assert.equal(over.headers.get('retry-after'), null);
    assert.deepEqual(await over.json(), { error: 'API_TOKEN_LIMIT_EXCEEDED', message: 'Rate limit exceeded' });
  } finally {
    await strict.stop();
  }
});

test('it can be driven by hand: faults and cards through its control', async () => {
  const control = async (call, ...words) => (await fetch(new URL('/_control', trello.url), { method: 'POST', body: JSON.stringify({ call, with: words }) })).json();
  await control('fail', 'GET /members', '500');
  assert.equal((await raw('GET', 'members/me')).status, 500);
  assert.equal((await raw('GET', 'members/me')).status, 200);
  const made = await control('addCard', trello.state.list(board.id, 'To do').id, { name: 'By hand' });
  const state = await (await fetch(new URL('/_state', trello.url))).json();
  assert.ok(state.cards.some((card) => card.id === made.id));
  assert.match((await control('stop')).error, /^one of fail/);
});
