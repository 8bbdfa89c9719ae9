// One poll of 500 action items on 20 boards, against the Trello on loopback: requests, and the CPU that vakt spends.
// Prints one table (Markdown); exits 1 where a limit of ours is passed.
import { performance } from 'node:perf_hooks';
import { Trello, Wing } from '../e2e/lib/trello.mjs';

const boards = 20, cardsOfABoard = 25, rounds = 15;
const mostRequests = 40, mostCpuMs = 50;
const lists = [{ name: 'To do', role: 'todo' }, { name: 'Doing', role: 'doing' }, { name: 'Done', role: 'done' }];
const median = (all) => [...all].sort((a, b) => a - b)[all.length >> 1];

const trello = await Trello.start({ limits: { key: 30_000, token: 10_000 } });
const cards = [], named = [];
for (let b = 0; b < boards; ++b) {
  const board = trello.state.addBoard(`Board ${b}`);
  named.push({ name: board.name, lists });
  for (let c = 0; c < cardsOfABoard; ++c) {
    const card = trello.state.addCard(trello.state.list(board.id, 'To do').id, { name: `Card ${c} of board ${b}`, desc: 'x'.repeat(500) });
    cards.push({ item: cards.length, card: card.id, board: board.id });
  }
}
const wing = new Wing(trello.url, { pause: 2 });
const first = await wing.read({ purpose: 'poll', boards: named, cards });
let cpu = first.cpu_ms, requests = 0;
const cpuOf = [], secondsOf = [];
for (let round = 0; round < rounds; ++round) {
  const began = performance.now();
  const read = await wing.read({ purpose: 'poll', boards: first.boards, cards });
  secondsOf.push(performance.now() - began);
  cpuOf.push(read.cpu_ms - cpu);
  cpu = read.cpu_ms;
  requests = Math.max(requests, read.requests);
  if (Object.values(read.cards).filter((card) => card.title).length !== cards.length) throw new Error('not every card was read');
}
await wing.stop();
await trello.stop();

console.log('| one poll of 500 action items on 20 boards | first | later | at most |');
console.log('| --- | --- | --- | --- |');
console.log(`| requests | ${first.requests} | ${requests} | ${mostRequests} |`);
console.log(`| CPU of vakt, median of ${rounds} | | ${median(cpuOf).toFixed(1)} ms | ${mostCpuMs} ms |`);
console.log(`| from the order to the answer, Trello on loopback | | ${median(secondsOf).toFixed(0)} ms | |`);
if (first.requests > mostRequests || requests > mostRequests || median(cpuOf) > mostCpuMs) {
  console.error('A poll of Trello takes more than it may.');
  process.exit(1);
}
