// Trello's REST API over a TrelloState: which answer a request gets. Texts of errors as they were recorded.
import { newId } from './trello_state.mjs';

export class Refusal extends Error {
  constructor(status, text) { super(text); this.status = status; }
}
const GONE = new Refusal(404, 'The requested resource was not found.');
const isId = (text) => /^[0-9a-f]{24}$/i.test(text);
const flag = (value) => value === true || value === 'true';
const listOf = (value) => (Array.isArray(value) ? value : String(value ?? '').split(',').filter(Boolean));
const pick = (body, fields) => (!fields || fields === 'all' ? body : Object.fromEntries(['id', ...fields.split(',')].filter((key) => key in body).map((key) => [key, body[key]])));

export class TrelloRoutes {
  constructor(state) { this.state = state; }

  // query: of the URL; fields: of the body or the query.
  answer(method, path, query, fields) {
    const parts = path.split('/').filter(Boolean).map(decodeURIComponent);
    const [kind, key, ...rest] = parts;
    if (kind === 'batch' && method === 'GET') return this.batch(query.urls ?? '');
    if (kind === 'members') return this.members(method, key, rest, query);
    if (kind === 'boards') return this.boards(method, key, rest, query, fields);
    if (kind === 'lists') return this.lists(method, key, rest, query, fields);
    if (kind === 'cards') return this.cards(method, key, rest, query, fields);
    throw new Refusal(404, `Cannot ${method} ${path}`);
  }

  batch(urls) {
    const paths = urls.split(',').filter(Boolean);
    if (paths.length < 1 || paths.length > 10) throw new Refusal(400, 'Must specify between 1 and 10 urls');
    return paths.map((one) => {
      const url = new URL(one, 'http://trello');
      try {
        return { 200: this.answer('GET', url.pathname, Object.fromEntries(url.searchParams), {}) };
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return { name: error.status === 404 ? 'NotFound' : 'Error', message: error.message, statusCode: error.status };
      }
    });
  }

  member(key) {
    const { state } = this;
    const found = key === 'me' ? state.me : state.members.get(key) || [...state.members.values()].find((one) => one.username === key);
    if (!found) throw GONE;
    return found;
  }

  members(method, key, rest, query) {
    const member = this.member(key);
    if (method !== 'GET') throw GONE;
    if (rest.length === 0) return pick(member, query.fields);
    if (rest[0] !== 'boards') throw GONE;
    return [...this.state.boards.values()]
      .filter((board) => board.members.includes(member.id) && !this.state.lost.has(board.id) && (query.filter !== 'open' || !board.closed))
      .map((board) => ({ ...pick(this.state.boardBody(board), query.fields), ...(query.lists && query.lists !== 'none' ? { lists: this.filtered(this.state.listsOf(board.id), query.lists) } : {}) }));
  }

  filtered(all, filter) { return all.filter((one) => filter === 'all' || (filter === 'closed') === one.closed); }

  board(key) {
    const board = this.state.boards.get(key) || [...this.state.boards.values()].find((one) => one.shortLink === key);
    if (!board && !isId(key) && !/^[0-9A-Za-z]{8}$/.test(key)) throw new Refusal(400, 'invalid id');
    if (!board) throw GONE;
    if (this.state.lost.has(board.id)) throw new Refusal(401, 'unauthorized permission requested');
    return board;
  }

  boards(method, key, rest, query, fields) {
    const { state } = this;
    if (method === 'POST' && !key) return state.boardBody(state.addBoard(fields.name ?? ''));
    const board = this.board(key), [what, filter] = rest;
    if (method === 'PUT' && !what) {
      if ('closed' in fields) board.closed = flag(fields.closed);
      if ('name' in fields) board.name = fields.name;
      return state.boardBody(board);
    }
    if (method === 'POST' && what === 'lists') return state.addList(board.id, fields.name);
    if (method === 'POST' && what === 'labels') return state.addLabel(board.id, fields.name, fields.color);
    if (method !== 'GET') throw GONE;
    if (what === 'lists') return this.filtered(state.listsOf(board.id), filter ?? query.filter ?? 'open').map((list) => pick(list, query.fields));
    if (what === 'cards') return this.cardsOf(board, filter ?? query.filter ?? 'visible', query);
    if (what === 'members') return state.membersOf(board.id).map((member) => pick(member, query.fields));
    if (what === 'labels') return state.labelsOf(board.id).slice(0, Number(query.limit ?? 50)).map((label) => pick(label, query.fields));
    if (what === 'actions') return this.actions((action) => action.board === board.id, query);
    if (what) throw GONE;
    const asked = (name) => query[name] && query[name] !== 'none' && query[name] !== 'false';
    const body = query.fields ? pick({ ...state.boardBody(board), shortLink: board.shortLink }, query.fields) : state.boardBody(board);
    if (asked('lists')) body.lists = this.filtered(state.listsOf(board.id), query.lists).map((list) => pick(list, query.list_fields));
    if (asked('cards')) body.cards = this.cardsOf(board, query.cards, { fields: query.card_fields, attachments: query.card_attachments });
    if (asked('members')) body.members = state.membersOf(board.id).map((member) => pick(member, query.member_fields));
    if (asked('labels')) body.labels = state.labelsOf(board.id);
    return body;
  }

  cardsOf(board, filter, query) {
    const { state } = this;
    const shown = { all: () => true, open: (card) => !card.closed, closed: (card) => card.closed, visible: (card) => !card.closed && !state.lists.get(card.idList).closed }[filter];
    if (!shown) throw new Refusal(400, 'invalid value for filter');
    return state.cardsOf(board.id).filter(shown).slice(0, 1000).map((card) => this.cardBody(card, query));
  }

  // memory of filters is the real API's: "createCard", "updateCard:idList"
  actions(fits, query) {
    const types = listOf(query.filter).map((type) => type.split(':')[0]);
    const since = query.since ? (isId(query.since) ? parseInt(query.since.slice(0, 8), 16) * 1000 : Date.parse(query.since)) : 0;
    return this.state.actions
      .filter((action) => fits(action) && (types.length === 0 || types.includes('all') || types.includes(action.type)) && Date.parse(action.date) >= since && (!query.before || action.id < query.before))
      .slice(0, Math.min(Number(query.limit ?? 50), 1000)).map(({ board, card, ...action }) => action);
  }

  lists(method, key, rest, query, fields) {
    const { state } = this;
    if (method === 'POST' && !key) return state.addList(this.board(fields.idBoard).id, fields.name);
    const list = state.lists.get(key);
    if (!list) throw isId(key) ? GONE : new Refusal(400, 'invalid id');
    this.board(list.idBoard);
    if (method === 'PUT' && 'closed' in fields) list.closed = flag(fields.closed);
    if (method === 'PUT' && 'value' in fields && rest[0] === 'closed') list.closed = flag(fields.value);
    if (rest[0] === 'cards') return state.cardsOf(list.idBoard).filter((card) => card.idList === list.id && !card.closed).map((card) => this.cardBody(card, query));
    return pick(list, query.fields);
  }

  cardBody(card, query) {
    const { state } = this;
    const body = pick(state.cardBody(card), query.fields);
    if (flag(query.attachments)) body.attachments = card.attached.map((one) => pick(one, query.attachment_fields));
    if (flag(query.members)) body.members = card.idMembers.map((id) => pick(state.members.get(id), query.member_fields));
    if (flag(query.list)) body.list = pick(state.lists.get(card.idList), query.list_fields);
    if (flag(query.board)) body.board = pick(state.boardBody(state.boards.get(card.idBoard)), query.board_fields);
    return body;
  }

  cards(method, key, rest, query, fields) {
    const { state } = this;
    if (method === 'POST' && !key) return this.create(fields);
    if (!isId(key) && !/^[0-9A-Za-z]{8}$/.test(key)) throw new Refusal(400, 'invalid id');
    const card = state.card(key), [what, which] = rest;
    if (!card) throw GONE;
    if (state.lost.has(card.idBoard)) throw new Refusal(401, 'unauthorized card permission requested');
    if (method === 'GET' && !what) return this.cardBody(card, query);
    if (method === 'PUT' && !what) return this.cardBody(state.changeCard(card, this.checked(fields, card.idBoard)), {});
    if (method === 'DELETE' && !what) { state.deleteCard(card); return { limits: {} }; }
    if (what === 'actions' && which === 'comments' && method === 'POST') {
      if (!fields.text) throw new Refusal(400, 'invalid value for text');
      return state.act('commentCard', card, { text: fields.text });
    }
    if (method !== 'GET') throw GONE;
    if (what === 'actions') return this.actions((action) => action.card === card.id, { filter: 'commentCard,updateCard:idList', ...query });
    if (what === 'members') return card.idMembers.map((id) => state.members.get(id));
    if (what === 'list') return state.lists.get(card.idList);
    if (what === 'board') return state.boardBody(state.boards.get(card.idBoard));
    throw GONE;
  }

  create(fields) {
    const { state } = this;
    if (!isId(fields.idList ?? '')) throw new Refusal(400, 'invalid value for idList');
    const list = state.lists.get(fields.idList);
    if (!list) throw new Refusal(404, 'model not found');
    this.board(list.idBoard);
    const { idList, urlSource, pos, ...rest } = this.checked(fields, list.idBoard);
    const attached = urlSource ? [{ id: newId(), url: urlSource, name: urlSource }] : [];
    const card = state.addCard(fields.idList, { ...rest, attached });
    return { ...this.cardBody(card, {}), attachments: attached, stickers: [], limits: {} };
  }

  checked(fields, board) {
    const made = { ...fields };
    for (const name of ['name', 'desc']) {
      if (name in made && typeof made[name] !== 'string') throw new Refusal(400, `invalid value for ${name}`);
      if (made[name]?.length > 16384) throw new Refusal(400, `invalid value for ${name}`);
    }
    for (const name of ['closed', 'dueComplete']) if (name in made) made[name] = flag(made[name]);
    for (const name of ['idMembers', 'idLabels']) if (name in made) made[name] = listOf(made[name]);
    if (made.idMembers?.some((id) => !this.state.boards.get(board).members.includes(id))) throw new Refusal(400, 'invalid value for idMembers');
    if (made.idLabels?.some((id) => this.state.labels.get(id)?.idBoard !== board)) throw new Refusal(400, 'invalid value for idLabels');
    if ('due' in made) {
      const at = made.due ? Date.parse(made.due) : null;
      if (Number.isNaN(at)) throw new Refusal(400, 'invalid value for due');
      made.due = at === null ? null : new Date(at).toISOString();
    }
    return made;
  }
}
