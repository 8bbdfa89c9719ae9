// Whether a body has the shape of those that the real API was recorded with (tests/trello/shapes.json: the types of each
// key; "?" before keys that most bodies did not have).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { trelloFolder } from './trello.mjs';

const shapes = JSON.parse(readFileSync(join(trelloFolder, 'shapes.json'), 'utf8'));
const typeOf = (value) => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

// whole: no usual key is missing.
export function assertShape(kind, body, { whole = true } = {}) {
  const shape = shapes[kind];
  for (const [key, value] of Object.entries(body)) {
    assert.ok(key in shape, `${kind}.${key} was never recorded`);
    assert.ok(shape[key].replace('?', '').split(' ').includes(typeOf(value)), `${kind}.${key} is ${typeOf(value)}, recorded: ${shape[key]}`);
  }
  if (whole) for (const key of Object.keys(shape)) assert.ok(shape[key].startsWith('?') || key in body, `${kind}.${key} is missing`);
}
