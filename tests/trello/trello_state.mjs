// What a Trello knows: boards, lists, cards, labels, members, actions, in memory. Bodies have the shape that the real API
// was recorded with, its nulls included.
import { randomBytes } from 'node:crypto';

let counter = 0;
// 24 hex digits that begin with the second of creation, as Trello's do.
export const newId = (at = Date.now()) => Math.floor(at / 1000).toString(16).padStart(8, '0') + (counter++ & 0xffffff).toString(16).padStart(6, '0') + randomBytes(5).toString('hex');
const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const newShortLink = () => Array.from(randomBytes(8), (byte) => base62[byte % 62]).join('');
const slug = (text) => text.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '').slice(0, 60);

export class TrelloState {
  constructor() {
    this.boards = new Map();
    this.lists = new Map();
    this.cards = new Map();
    this.labels = new Map();
    this.members = new Map();
    this.actions = [];  // newest first
    this.lost = new Set();  // boards that the account may not see
    this.me = this.addMember('vakt');
  }

  addMember(username) {
    const member = { id: newId(), username, fullName: username, initials: username.slice(0, 2).toUpperCase(), avatarHash: '', url: `https://trello.com/u/${username}` };
    this.members.set(member.id, member);
    return member;
  }

  addBoard(name, lists = ['To do', 'Doing', 'Done'], members = []) {
    const id = newId(), shortLink = newShortLink();
    const labelNames = Object.fromEntries(['green', 'yellow', 'orange', 'red', 'purple', 'blue', 'sky', 'lime', 'pink', 'black'].map((color) => [color, '']));
    const board = {
      id, name, desc: '', descData: null, closed: false, idOrganization: '5e94f5ded016b22c2437c13a', idEnterprise: null, pinned: false,
      url: `https://trello.com/b/${shortLink}/${slug(name)}`, shortUrl: `https://trello.com/b/${shortLink}`, prefs: { permissionLevel: 'private' }, labelNames,
    };
    this.boards.set(id, { ...board, shortLink, next: 1, members: [this.me.id, ...members.map((member) => member.id)] });
    for (const list of lists) this.addList(id, list);
    return this.boards.get(id);
  }

  addList(idBoard, name) {
    const list = { id: newId(), name, closed: false, pos: 16384 * (this.listsOf(idBoard).length + 1), idBoard };
    this.lists.set(list.id, list);
    return list;
  }

  addLabel(idBoard, name, color = 'red') {
    const label = { id: newId(), idBoard, name, color };
    this.labels.set(label.id, label);
    return label;
  }

  listsOf(board) { return [...this.lists.values()].filter((list) => list.idBoard === board); }
  cardsOf(board) { return [...this.cards.values()].filter((card) => card.idBoard === board); }
  labelsOf(board) { return [...this.labels.values()].filter((label) => label.idBoard === board); }
  membersOf(board) { return this.boards.get(board).members.map((id) => this.members.get(id)); }
  list(board, name) { return this.listsOf(board).find((list) => list.name === name); }
  card(key) { return this.cards.get(key) || [...this.cards.values()].find((card) => card.shortLink === key); }

  act(type, card, more = {}, creator = this.me) {
    const board = this.boards.get(card.idBoard);
    const data = {
      card: type === 'deleteCard' ? { id: card.id, idShort: card.idShort } : { id: card.id, name: card.name, idShort: card.idShort, shortLink: card.shortLink },
      board: { id: board.id, name: board.name, shortLink: board.shortLink }, ...more,
    };
    const action = { id: newId(), idMemberCreator: creator.id, data, type, date: new Date().toISOString(), appCreator: null, memberCreator: { id: creator.id, username: creator.username, fullName: creator.fullName, initials: creator.initials } };
    this.actions.unshift({ ...action, board: board.id, card: card.id });
    return action;
  }

  addCard(idList, fields = {}) {
    const list = this.lists.get(idList), board = this.boards.get(list.idBoard), shortLink = newShortLink();
    const card = {
      id: newId(), checkItemStates: [], closed: false, dateLastActivity: new Date().toISOString(), desc: '', descData: { emoji: {} }, dueReminder: null,
      idBoard: board.id, idList, idMembersVoted: [], idShort: board.next++, idAttachmentCover: null, idLabels: [], manualCoverAttachment: false,
      name: '', pos: 65535, shortLink, isTemplate: false, dueComplete: false, due: null, email: null, idMembers: [], idChecklists: [],
      cover: { idAttachment: null, color: null, idUploadedBackground: null, size: 'normal', brightness: 'light' }, subscribed: false, attached: [], ...fields,
    };
    this.cards.set(card.id, card);
    this.act('createCard', card, { list: { id: list.id, name: list.name } });
    return card;
  }

  // As the mirror that people make of a card on another board: a card of its own, whose name is the other's address.
  mirrorCard(card, idList, more = {}) {
    return this.addCard(idList, { name: `https://trello.com/c/${card.shortLink}`, cardRole: 'mirror', mirrorSourceId: card.id, ...more });
  }

  // As PUT /cards/{id} does, with the action that it leaves.
  changeCard(card, fields) {
    const before = { ...card }, from = this.boards.get(card.idBoard);
    if (fields.idList && fields.idList !== card.idList) fields = { idBoard: this.lists.get(fields.idList).idBoard, ...fields };
    Object.assign(card, fields, { dateLastActivity: new Date().toISOString() });
    if (before.idBoard !== card.idBoard) card.idShort = this.boards.get(card.idBoard).next++;
    const named = (id) => { const list = this.lists.get(id); return { id, name: list.name }; };
    if (before.idBoard !== card.idBoard) {
      this.act('moveCardToBoard', card, { boardSource: { id: from.id } });
      this.act('moveCardFromBoard', { ...card, idBoard: from.id });
    } else if (before.idList !== card.idList) {
      this.act('updateCard', card, { listBefore: named(before.idList), listAfter: named(card.idList) });
    } else {
      this.act('updateCard', card, { old: Object.fromEntries(Object.keys(fields).map((key) => [key, before[key]])) });
    }
    return card;
  }

  deleteCard(card) {
    this.cards.delete(card.id);
    this.act('deleteCard', card);
  }

  cardBody(card) {
    const { attached, ...body } = card;
    const url = `https://trello.com/c/${card.shortLink}`;
    return {
      ...body, labels: card.idLabels.map((id) => this.labels.get(id)), shortUrl: url, url: `${url}/${card.idShort}-${slug(card.name)}`,
      badges: {
        attachmentsByType: { trello: { board: 0, card: 0 } }, location: false, votes: 0, viewingMemberVoted: false, subscribed: false, fogbugz: '', checkItems: 0, checkItemsChecked: 0,
        checkItemsEarliestDue: null, comments: this.actions.filter((action) => action.card === card.id && action.type === 'commentCard').length, attachments: attached.length,
        description: card.desc !== '', due: card.due, dueComplete: card.dueComplete,
      },
    };
  }

  boardBody(board) {
    const { next, members, shortLink, ...body } = board;
    return body;
  }
}
