// Bodies that were recorded of the real API (VAKT_TRELLO_DATA/recorded.json: pairs of kind and JSON text): shapes.json
// tells the truth of them, and every card among them is read.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { Wing } from './lib/trello.mjs';
import { assertShape } from './lib/trello_shapes.mjs';

const recorded = JSON.parse(readFileSync(join(process.env.VAKT_TRELLO_DATA, 'recorded.json'), 'utf8'));
const bodies = (kind) => recorded.filter((one) => one[0] === kind).flatMap((one) => JSON.parse(one[1]));

test('shapes.json knows every key and type that was recorded', () => {
  for (const kind of ['card', 'board', 'list']) for (const body of bodies(kind)) assertShape(kind, body, { whole: false });
});

test('every recorded card is read', async () => {
  const cards = new Map(bodies('card').map((card) => [card.id, card]));
  const server = createServer((request, response) => {
    const answer = (body) => { response.setHeader('content-type', 'application/json'); response.end(JSON.stringify(body)); };
    const url = new URL(request.url, 'http://trello');
    if (url.pathname === '/1/batch') return answer(url.searchParams.get('urls').split(',').map((path) => ({ 200: cards.get(/\/cards\/(\w+)/.exec(path)[1]) })));
    return answer(cards.get(url.pathname.split('/').at(-1)));
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const wing = new Wing(`http://127.0.0.1:${server.address().port}/1/`);
  try {
    const asked = [...cards.keys()].map((card, item) => ({ item, card }));
    const read = await wing.read({ purpose: 'recorded', cards: asked });
    for (const { item, card } of asked) {
      const body = cards.get(card), seen = read.cards[item];
      assert.deepEqual([seen.title, seen.closed, seen.number, seen.url], [body.name, body.closed, body.idShort, body.url], JSON.stringify(seen));
      assert.equal(seen.due && Date.parse(seen.due), body.due && Date.parse(body.due));
    }
  } finally {
    await wing.stop();
    server.closeAllConnections();
    server.close();
  }
});
