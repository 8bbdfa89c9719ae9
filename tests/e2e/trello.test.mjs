// Cards in Trello, through Prism: every request of the wing passes a schema of Trello's API, and the state that it
// leaves is right. VAKT_TRELLO_SCHEMA: another schema, Atlassian's own say.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Prism, Trello, Wing, trelloFolder } from './lib/trello.mjs';
import { until } from './lib/process.mjs';

let trello, prism, wing, team, kari;
const lists = [{ name: 'To do', role: 'todo' }, { name: 'Doing', role: 'doing' }, { name: 'Done', role: 'done' }];
const board = { name: 'Team board', lists };
let items = 0;
const order = (more = {}) => ({ item: ++items, marker: `01J${String(items).padStart(23, '0')}`, board, title: `Item ${items}`, description: 'From incident 1', ...more });
const cards = () => [...trello.state.cards.values()];

before(async () => {
  trello = await Trello.start({ limits: { key: 3_000, token: 1_000 } });
  kari = trello.state.addMember('kari');
  team = trello.state.addBoard('Team board', lists.map((list) => list.name), [kari]);
  trello.state.addLabel(team.id, 'Reliability');
  prism = await Prism.start(process.env.VAKT_TRELLO_SCHEMA || join(trelloFolder, 'requests.openapi.json'), trello.url);
  wing = new Wing(prism.url);
});
after(async () => {
  await wing?.stop();
  await prism?.stop();
  await trello?.stop();
  assert.ok(!wing.log.includes('"token"') && prism.log.length > 0);
});

test('a schema that is broken on purpose is noticed', async () => {
  const answer = await fetch(`${prism.url}cards`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: 'OAuth oauth_consumer_key="key", oauth_token="token"' }, body: '{"name":"no list"}' });
  assert.equal(answer.status, 422);
  await until(() => prism.refusals.length > 0, 'it to be told');
  prism.log = '';
});

test('a card is made with what was asked for, and what the board does not have is told', async () => {
  const made = await wing.create(order({ title: 'Configure log retention for Loki', source_url: 'https://team.slack.com/archives/C1/p1', due: '2026-12-04T16:00:00Z', members: ['Kari', 'ola'], labels: ['reliability', 'KM'] }));
  assert.equal(made.refused, '');
  assert.deepEqual(made.left_out, ['ola', 'KM']);
  assert.deepEqual([made.card.title, made.card.role, made.card.members, made.card.due, made.card.board_known], ['Configure log retention for Loki', 'todo', ['kari'], '2026-12-04T16:00:00.000000Z', true]);
  const card = trello.state.card(made.card.id);
  assert.deepEqual(card.idMembers, [kari.id]);
  assert.match(card.desc, /^From incident 1\n\nvakt 01J0+1$/);
  assert.match(card.attached[0].url, /#vakt-01J0+1$/);
  assert.equal(made.card.url, `https://trello.com/c/${card.shortLink}/1-configure-log-retention-for-loki`);
  assert.ok(trello.log.every((one) => one.client === 'vakt'));
});

test('titles: 16,384 characters, markdown, emoji', async () => {
  for (const title of ['x'.repeat(16_384), '😀'.repeat(8_192), '**bold** _x_ [a](b) <@U1> & "quotes" \\ \n new line', '🚒 æøå 漢字', '0']) {
    const made = await wing.create(order({ title, description: 'y'.repeat(16_384) }));
    assert.equal(made.refused, '');
    assert.equal(made.card.title, title);
    const card = trello.state.card(made.card.id);
    assert.equal(card.name, title);
    assert.ok(card.desc.length <= 16_384 && card.desc.includes(`vakt ${order.marker ?? '01J'}`));
  }
  const long = await wing.create(order({ title: '😀'.repeat(9_000) }));
  assert.equal(trello.state.card(long.card.id).name, '😀'.repeat(8_192), 'cut, and no half of a character');
});

test('changes: fields, members, one comment; the others stay', async () => {
  const { card } = await wing.create(order({ members: ['vakt'], due: '2026-12-01T15:00:00Z' }));
  const changed = await wing.change({ item: items, card: card.id, title: 'New title', due: null, complete: true, members: ['kari', 'nobody'], comment: "Won't do: *because* æøå & more?" });
  assert.deepEqual([changed.card.title, changed.card.due, changed.card.complete, [...changed.card.members].sort(), changed.left_out], ['New title', null, true, ['kari', 'vakt'], ['nobody']]);
  const off = await wing.change({ item: items, card: card.id, members_off: ['kari'], closed: true });
  assert.deepEqual([off.card.members, off.card.closed, off.card.title], [['vakt'], true, 'New title']);
  const comments = trello.state.actions.filter((one) => one.type === 'commentCard' && one.card === card.id);
  assert.equal(comments.length, 1);
  assert.match(comments[0].data.text, /^Won't do: \*because\* æøå & more\? \(vakt \d+\)$/);
  const nothing = await wing.change({ item: items, card: card.id });
  assert.equal(nothing.card.title, 'New title');
});

test('a sweep of all of it, with deleted, moved and archived ones', async () => {
  const made = [];
  for (let i = 0; i < 12; ++i) made.push((await wing.create(order())).card);
  const other = trello.state.addBoard('Elsewhere');
  const of = (i) => trello.state.card(made[i].id);
  trello.state.deleteCard(of(0));
  trello.state.changeCard(of(1), { idList: trello.state.list(other.id, 'Doing').id });
  trello.state.changeCard(of(2), { closed: true });
  trello.state.changeCard(of(3), { idList: trello.state.list(team.id, 'Done').id });
  trello.state.changeCard(of(4), { idList: trello.state.list(team.id, 'Doing').id, due: '2026-02-28T23:30:00.000Z' });
  const asked = { purpose: 'poll', boards: [board], cards: made.map((card, i) => ({ item: i, card: card.id, board: card.board })) };
  const { cards: seen, requests, boards } = await wing.read(asked);
  assert.equal(seen[0].fault, 'deleted');
  assert.deepEqual([seen[1].board, seen[1].board_known, seen[1].role, seen[1].number], [other.id, false, 'other', 1]);
  assert.equal(seen[2].closed, true);
  assert.deepEqual([seen[3].role, seen[4].role, seen[4].due], ['done', 'doing', '2026-02-28T23:30:00.000000Z']);
  assert.equal(seen[11].role, 'todo');
  assert.ok(requests <= 6, `${requests} requests`);
  const again = await wing.read({ ...asked, boards });
  assert.ok(again.requests < requests, 'ids that are known are not looked up again');
});

test('what is wrong with the settings is refused, and told by the check', async () => {
  for (const [wrong, why] of [[{ name: 'No such board', lists }, /no board "No such board"/], [{ name: 'Team board', lists: [{ name: 'Nope', role: 'todo' }] }, /no list "Nope"/], [{ name: 'Team board', lists: [] }, /list_todo/]]) {
    const refused = await wing.create(order({ board: wrong }));
    assert.match(refused.refused, why);
    assert.equal(refused.card, null);
  }
  trello.state.addBoard('Old board').closed = true;
  const lines = await wing.check({ teams: [{ board }, { name: 'b', board: { name: 'Nope', lists } }, { name: 'c', board: { name: 'Team board', lists: [{ name: 'Gone', role: 'done' }] } }, { name: 'd', board: { name: 'Old board', lists } }], members: { U1: 'kari', U2: 'ola' }, labels: ['Reliability', 'KM'] });
  const said = (kind) => lines.filter((line) => line[0] === kind).map((line) => line[1]).join('\n');
  assert.match(said('ok'), /token is good, as vakt\n.*board "Team board" is there\n.*"To do" is there/);
  assert.match(said('look'), /ola .*no member/);
  assert.match(said('look'), /no label "KM"/);
  assert.doesNotMatch(said('look'), /kari|Reliability/);
  for (const why of [/team b: .*no board "Nope"|no board "Nope"/, /team c: list "Gone" is not on/, /team c: no list for new cards/, /team d: .*archived/]) assert.match(said('wrong'), why);
});

test('every request was one of Trello\'s, and none held a secret', async () => {
  await until(() => trello.lines('/batch').length > 0, 'a batch');
  assert.deepEqual(prism.refusals, []);
  assert.ok(trello.log.every((one) => !/token|key=/.test(one.line)));
  const doubles = cards().map((card) => /vakt (\w+)$/.exec(card.desc)?.[1]).filter((marker, i, all) => marker && all.indexOf(marker) !== i);
  assert.deepEqual(doubles, []);
});
