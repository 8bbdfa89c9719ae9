// Bad days of Trello: lost answers, kills, a dead token, limits, a board that goes and comes back.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Trello, Wing } from './lib/trello.mjs';
import { sleep, until } from './lib/process.mjs';

let trello, team, wing;
const lists = [{ name: 'To do', role: 'todo' }, { name: 'Done', role: 'done' }];
const board = { name: 'Team board', lists };
let items = 0;
const order = (more = {}) => ({ item: ++items, marker: `01K${String(items).padStart(23, '0')}`, board, title: `Item ${items}`, description: 'x', ...more });
const marked = (marker, open = true) => [...trello.state.cards.values()].filter((card) => card.desc.includes(marker) && !(open && card.closed));
const poll = (...made) => ({ purpose: 'poll', boards: [board], cards: made.map((card, i) => ({ item: i, card: card.id, board: card.board })) });

before(async () => {
  trello = await Trello.start({ limits: { key: 3_000, token: 1_000 } });
  team = trello.state.addBoard('Team board');
  wing = new Wing(trello.url);
});
after(async () => {
  await wing?.stop();
  await trello?.stop();
});

for (const [what, more] of [['cut_after'], ['cut_before'], ['half'], ['500_after'], ['500'], ['503'], ['nonsense'], ['late', { ms: 250 }], ['cut_after', { times: 3 }], ['429', { times: 3 }], ['delay', { ms: 300 }]])
  test(`exactly one card: POST answered with ${what} ${more ? JSON.stringify(more) : ''}`, async () => {
    const wanted = order();
    trello.fail('POST /cards', what, more);
    const made = await wing.create(wanted);
    assert.ok(made.card, JSON.stringify(made));
    assert.deepEqual(marked(wanted.marker).map((card) => card.id), [made.card.id]);
    assert.equal(made.adopted, ['cut_after', 'half', '500_after', 'late'].includes(what));
    trello.faults = [];
  });

test('the look itself fails: nothing is sent before it works', async () => {
  const wanted = order();
  trello.fail('POST /cards', 'cut_after');
  for (const path of ['GET /boards/']) trello.fail(path, '500', { times: 4, skip: 1 });
  const made = await wing.create(wanted);
  assert.ok(made.adopted);
  assert.equal(marked(wanted.marker).length, 1);
  trello.faults = [];
});

test('created, then archived or moved away before the look: adopted all the same', async () => {
  const away = trello.state.list(trello.state.addBoard('Other').id, 'Doing').id;
  for (const [change, more] of [[{ closed: true }], [{ idList: away }], [{ idList: away }, { intended_at: '2099-01-01T00:00:00Z' }]]) {
    const wanted = order(more);
    trello.fail('POST /cards', 'cut_after');
    const making = wing.create(wanted);
    await until(() => marked(wanted.marker).length === 1, 'the card');
    trello.state.changeCard(marked(wanted.marker)[0], change);
    const made = await making;
    assert.ok(made.adopted);
    assert.equal(marked(wanted.marker, false).length, 1);
  }
});

test('created, then mirrored on another board and on its own before the look: the card is adopted, the mirrors stay', async () => {
  const wanted = order();
  const away = trello.state.list(trello.state.addBoard('Overview').id, 'Doing').id;
  trello.fail('POST /cards', 'cut_after');
  const making = wing.create(wanted);
  await until(() => marked(wanted.marker).length === 1, 'the card');
  const [card] = marked(wanted.marker);
  const mirrors = [away, card.idList].map((list) => trello.state.mirrorCard(card, list, { desc: card.desc }));
  const made = await making;
  assert.equal(made.card.id, card.id);
  assert.deepEqual(mirrors.map((mirror) => mirror.closed), [false, false]);
});

test('two landed: the oldest stays, the other is archived', async () => {
  const wanted = order();
  const fields = { name: wanted.title, desc: `x\n\nvakt ${wanted.marker}` };
  const first = trello.state.addCard(trello.state.list(team.id, 'To do').id, fields);
  await sleep(1100);
  const second = trello.state.addCard(trello.state.list(team.id, 'To do').id, fields);
  const made = await wing.create(wanted, { tried: true });
  assert.equal(made.card.id, first.id);
  assert.equal(second.closed, true);
  assert.equal(marked(wanted.marker).length, 1);
});

test('a definite no is told as one, and nothing is tried again', async () => {
  const wanted = order();
  const before = trello.lines('POST /cards').length;
  trello.state.list(team.id, 'To do').closed = true;
  assert.match((await wing.create(wanted)).refused, /list "To do" .*archived/);
  trello.state.list(team.id, 'To do').closed = false;
  trello.lose(team.id);
  const lost = await wing.create(order({ board: { ...board, id: team.id } }));
  assert.match(lost.refused, /does not let vakt's account/);
  trello.lose(team.id, false);
  assert.equal(trello.lines('POST /cards').length, before);
});

test('a board that is lost while it is not known whether the card was made: looked for until it is back', async () => {
  const wanted = order();
  trello.fail('POST /cards', 'cut_after');
  const making = wing.create(wanted, { ms: 20_000 });
  await until(() => marked(wanted.marker).length === 1, 'the card');
  trello.lose(team.id);
  await sleep(1200);
  trello.lose(team.id, false);
  assert.ok((await making).adopted);
  assert.equal(marked(wanted.marker).length, 1);
});

// Before the request was carried out (it hangs), and after it (its answer is lost); with the POST's answer lost, too.
for (const lost of [false, true])
  test(`kill -9 before and after each request${lost ? ', the answer to the POST lost' : ''}: one card, and no order is lost`, async (t) => {
    const quick = { settle: 120, pause: 10 };
    const start = (wanted, tried) => {
      const one = new Wing(trello.url, quick);
      one.send({ create: wanted, id: 1, tried });
      return one;
    };
    const lose = () => lost && trello.fail('POST /cards', 'cut_after');
    lose();
    let seen = trello.log.length;
    const whole = start(order(), false);
    await whole.answer('written', 1);
    await whole.stop();
    const requests = trello.log.length - seen;
    for (let n = 0; n < requests; ++n)
      for (const what of ['hang', 'cut_after']) {
        const wanted = order();
        lose();
        trello.fail('', what, { skip: lost && n > 3 ? n - 1 : n });
        seen = trello.log.length;
        const first = start(wanted, false);
        await until(() => trello.log.length > seen + n, `request ${n}`);
        if (what === 'cut_after') await until(() => trello.log[seen + n].status, 'its end');
        await first.kill();
        trello.faults = [];
        const second = start(wanted, true);
        const made = await second.answer('written', 1);
        await second.stop();
        assert.deepEqual(marked(wanted.marker, false).map((card) => card.id), [made.card?.id], `${what} at request ${n} of ${requests}: ${trello.log[seen + n].line}`);
      }
    t.diagnostic(`${requests} requests, ${2 * requests} kills`);
    assert.ok(requests >= (lost ? 7 : 4));
  });

test('kill -9 again and again at any moment: one card', async () => {
  for (let round = 0; round < 6; ++round) {
    const wanted = order();
    for (let kill = 0; kill < 5; ++kill) {
      if (kill % 2 === 0) trello.fail('POST /cards', 'cut_after');
      const one = new Wing(trello.url, { settle: 120, pause: 10 });
      one.send({ create: wanted, id: 1, tried: kill > 0 });
      await sleep(20 + ((round * 37 + kill * 53) % 240));
      await one.kill();
    }
    trello.faults = [];
    const last = new Wing(trello.url);
    const made = await last.create(wanted, { tried: true });
    await last.stop();
    assert.deepEqual(marked(wanted.marker, false).map((card) => card.id), [made.card.id]);
  }
});

test('a change is repeated until it is known, its comment is written once', async () => {
  const { card } = await wing.create(order());
  trello.fail('PUT /cards', 'cut_after', { times: 2 });
  trello.fail('POST /cards', 'cut_after');
  const changed = await wing.change({ item: items, card: card.id, title: 'Once', comment: 'said once' });
  assert.equal(changed.card.title, 'Once');
  assert.equal(trello.state.actions.filter((one) => one.card === card.id && one.type === 'commentCard').length, 1);
  const gone = trello.state.card(card.id);
  trello.state.deleteCard(gone);
  assert.match((await wing.change({ item: items, card: card.id, title: 'Never', comment: 'never' })).refused, /deleted/);
});

test('a comment that an earlier run wrote is not written again', async () => {
  const { card } = await wing.create(order());
  for (let run = 0; run < 2; ++run) {
    const one = new Wing(trello.url);
    await one.change({ item: items, card: card.id, comment: 'hello' }, { id: 4711 });
    await one.stop();
  }
  assert.equal(trello.state.actions.filter((one) => one.card === card.id && one.type === 'commentCard').length, 1);
});

test('orders for one card keep their order, and a card that is not known yet holds back nothing', async () => {
  const { card } = await wing.create(order());
  const stuck = order();
  trello.fail('POST /cards', 'cut_before');
  const making = wing.create(stuck, { id: 900 });
  await until(() => trello.log.at(-1).status === -1, 'the cut');
  for (let i = 0; i < 10; ++i) wing.send({ change: { item: card.item, card: card.id, title: `Title ${i}` }, id: 1000 + i });
  await wing.answer('written', 1009);
  assert.equal(trello.state.card(card.id).name, 'Title 9');
  assert.deepEqual(wing.told.filter((one) => one.written >= 1000).map((one) => one.written), Array.from({ length: 10 }, (_, i) => 1000 + i));
  assert.ok(!wing.told.some((one) => one.written === 900), 'still being looked for');
  assert.ok((await making).card);
});

test('the token is revoked: no item changes, no write is lost, one word, and it goes on when it is back', async () => {
  const { card } = await wing.create(order());
  trello.revoke();
  const read = await wing.read(poll(card));
  assert.deepEqual([read.trouble, read.cards[0].fault, read.requests], ['token_refused', 'not_read', 1]);
  assert.match(read.problem, /TRELLO_API_TOKEN/);
  const wanted = order();
  const making = wing.create(wanted, { id: 2000 });
  const changing = wing.change({ item: 1, card: card.id, title: 'After' }, { id: 2001 });
  const seen = trello.log.length;
  await sleep(600);
  const asked = trello.log.slice(seen);
  assert.ok(asked.every((one) => one.line === 'GET /members/me'), `no write with a dead token: ${asked.map((one) => one.line)}`);
  assert.ok(asked.length >= 2 && asked.length <= 12, `${asked.length} probes`);
  assert.equal(marked(wanted.marker).length, 0);
  trello.revoke(false);
  await making;
  await changing;
  assert.equal(marked(wanted.marker).length, 1);
  assert.equal(trello.state.card(card.id).name, 'After');
  assert.ok(wing.troubles(wanted.item).length <= 1);
  assert.equal((await wing.read(poll(card))).trouble, 'none');
});

test('a board is lost, then back', async () => {
  const { card } = await wing.create(order());
  trello.lose(team.id);
  const lost = await wing.read({ ...poll(card, card), boards: [] });
  assert.deepEqual([lost.trouble, lost.cards[0].fault], ['none', 'no_access']);
  trello.lose(team.id, false);
  assert.equal((await wing.read(poll(card))).cards[0].title, card.title);
});

test('archived undone, its list archived, its board archived, done and archived', async () => {
  const made = [];
  for (let i = 0; i < 4; ++i) made.push((await wing.create(order())).card);
  const own = trello.state.addBoard('Project', ['Here', 'There']);
  trello.state.changeCard(trello.state.card(made[0].id), { closed: true });
  trello.state.changeCard(trello.state.card(made[1].id), { closed: true, dueComplete: true });
  trello.state.changeCard(trello.state.card(made[2].id), { idList: trello.state.list(own.id, 'Here').id });
  trello.state.list(own.id, 'Here').closed = true;
  let { cards } = await wing.read(poll(...made));
  assert.deepEqual([cards[0].closed, cards[0].complete], [true, false]);
  assert.deepEqual([cards[1].closed, cards[1].complete], [true, true]);
  assert.deepEqual([cards[2].closed, cards[2].list_closed], [false, true]);
  assert.deepEqual([cards[3].closed, cards[3].list_closed, cards[3].board_closed], [false, false, false]);
  own.closed = true;
  ({ cards } = await wing.read(poll(...made)));
  assert.equal(cards[2].board_closed, true);
});

test('429 in the middle of a sweep: it waits, and reads everything', async () => {
  const made = [];
  for (let i = 0; i < 3; ++i) made.push((await wing.create(order())).card);
  trello.fail('GET /boards/', '429', { times: 2 });
  const read = await wing.read(poll(...made));
  assert.equal(read.trouble, 'none');
  assert.ok(read.cards[2].title);
  trello.fail('GET ', '429', { times: 100 });
  const seen = trello.log.length;
  const given_up = await wing.read(poll(...made));
  assert.equal(given_up.trouble, 'rate_limited');
  assert.equal(trello.log.length - seen, 3);
  trello.faults = [];
});

test('the limits of a token are kept without a single 429', async () => {
  const strict = await Trello.start({ limits: { key: 30, token: 12 }, intervalMs: 600 });
  strict.state.addBoard('Team board');
  const one = new Wing(strict.url);
  try {
    const made = [];
    for (let i = 0; i < 20; ++i) made.push(one.create({ ...order(), marker: `01L${i}` }, { id: i + 1, ms: 30_000 }));
    await Promise.all(made);
    assert.equal(strict.state.cards.size, 20);
    assert.deepEqual(strict.log.filter((entry) => entry.status === 429), []);
  } finally {
    await one.stop();
    await strict.stop();
  }
});

test('Trello is away for long: it is left alone, and nothing is lost', async () => {
  const { card } = await wing.create(order());
  trello.goDown();
  const wanted = order();
  const making = wing.create(wanted, { id: 3000, ms: 30_000 });
  const changing = wing.change({ item: 1, card: card.id, complete: true }, { id: 3001, ms: 30_000 });
  const read = await wing.read(poll(card));
  assert.deepEqual([read.trouble, read.cards[0].fault], ['unreachable', 'not_read']);
  const seen = trello.log.length;
  await sleep(2000);
  assert.ok(trello.log.length - seen < 2000 / 50, `${trello.log.length - seen} requests in two seconds, for a pause of 50 to 200 ms`);
  trello.goDown(false);
  await Promise.all([making, changing]);
  assert.equal(marked(wanted.marker).length, 1);
  assert.equal(trello.state.card(card.id).dueComplete, true);
  assert.deepEqual(wing.troubles(wanted.item), ['unreachable']);
});

test('500 items on 20 boards: requests and our CPU', async (t) => {
  const big = await Trello.start();
  const cards = [];
  for (let b = 0; b < 20; ++b) {
    const one = big.state.addBoard(`Board ${b}`);
    for (let c = 0; c < 25; ++c) {
      const card = big.state.addCard(big.state.list(one.id, 'To do').id, { name: `Card ${b} ${c}`, desc: 'y'.repeat(500) });
      cards.push({ item: cards.length, card: card.id, board: one.id });
    }
  }
  const one = new Wing(big.url);
  try {
    const asked = { purpose: 'poll', boards: Array.from({ length: 20 }, (_, b) => ({ name: `Board ${b}`, lists })), cards };
    const first = await one.read(asked);
    const before = first.cpu_ms;
    const known = await one.read({ ...asked, boards: first.boards });
    assert.equal(Object.values(known.cards).filter((card) => card.title).length, 500);
    const cpu = known.cpu_ms - before;
    t.diagnostic(`first sweep ${first.requests} requests, later ones ${known.requests}; ${cpu.toFixed(1)} ms of CPU each`);
    assert.ok(first.requests <= 40 && known.requests <= 25);
    assert.ok(cpu <= 50, `${cpu} ms of CPU`);
  } finally {
    await one.stop();
    await big.stop();
  }
});
