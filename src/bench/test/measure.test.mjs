import { rejects } from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { compareAnswers } from '../measure.mjs';
import { SCREENS } from '../screens.mjs';

const folder = fileURLToPath(new URL('../../..', import.meta.url));
const setting = { folder, server: { engine: 'http://localhost:1', origin: 'http://localhost:1' } };
const events = Object.fromEntries(SCREENS.map(screen => [screen, '{}']));

mkdirSync(join(folder, 'target/bench'), { recursive: true });

function contestant(name, body) {
  return {
    id: `test-${name}`,
    name,
    command: ['node', join(folder, 'src/bench/test/function.mjs')],
    environment: body && { RESPONSE: JSON.stringify({ statusCode: 200, body: JSON.stringify(body) }) },
  };
}

function compare(...contestants) {
  return compareAnswers(contestants, setting, events);
}

test('equal answers are accepted; extensions and the text of cursors do not count', async () => {
  await compare(
    contestant('one', { data: { departures: { endCursor: 'a' } }, extensions: { requestId: '1' } }),
    contestant('two', { data: { departures: { endCursor: 'b' } } }),
  );
});

test('a different answer is an error that names the contestants and the screen', async () => {
  await rejects(
    compare(contestant('one', { data: { gate: 'A1' } }), contestant('two', { data: { gate: 'A2' } })),
    /two answers Home differently from one/,
  );
});

test('a missing cursor is a difference', async () => {
  await rejects(
    compare(contestant('one', { data: { endCursor: 'a' } }), contestant('two', { data: { endCursor: null } })),
    /differently/,
  );
});

test('an answer with errors is an error, even if all contestants agree', async () => {
  const failed = { data: null, errors: [{ message: 'no' }] };
  await rejects(compare(contestant('one', failed), contestant('two', failed)), /has errors/);
});

test('a function that fails is an error', async () => {
  await rejects(compare(contestant('failing')), /This function always fails/);
});

test('a process that ends is an error with its output', async () => {
  const ending = { ...contestant('ending'), command: ['node', '-e', 'console.error("no such table"); process.exit(1)'] };
  await rejects(compare(ending), /ending has ended:\nno such table/);
});
