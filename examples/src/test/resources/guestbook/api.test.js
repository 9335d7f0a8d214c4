// Run by GuestbookSiteTest, beside the site's files.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { deleteNote, listLegacyEntries, listNotes, writeNote } from './api.js';

const OUR_FAULT = 'Something went wrong on our side. Please try again later.';

let asked;

beforeEach(() => {
  asked = [];
});

function answer(response) {
  globalThis.fetch = async (address, options) => {
    asked.push({ address, ...options });
    return response;
  };
}

test('notes are asked for page by page', async () => {
  answer(Response.json({ notes: [{ id: '1' }], next: 'a/b' }));
  assert.deepEqual(await listNotes(), { notes: [{ id: '1' }], next: 'a/b' });

  answer(Response.json({ notes: [] }));
  assert.deepEqual(await listNotes('a/b'), { notes: [], next: undefined });

  assert.deepEqual(asked.map(({ address }) => address), ['/api/notes', '/api/notes?next=a%2Fb']);
});

test('notes are written as JSON', async () => {
  answer(Response.json({ id: '1' }, { status: 201 }));

  assert.deepEqual(await writeNote('Ada', '"Hello"'), { id: '1' });
  assert.equal(asked[0].method, 'POST');
  assert.equal(asked[0].headers['content-type'], 'application/json');
  assert.deepEqual(JSON.parse(asked[0].body), { author: 'Ada', text: '"Hello"' });
});

test('notes are deleted with the token', async () => {
  answer(new Response(null, { status: 204 }));

  await deleteNote('1/2', 'token');

  assert.equal(asked[0].address, '/api/notes/1%2F2');
  assert.equal(asked[0].method, 'DELETE');
  assert.deepEqual(asked[0].headers, { authorization: 'Bearer token' });
});

test('a note that is gone already is deleted', async () => {
  answer(Response.json({ message: 'There is no note 1.' }, { status: 404 }));

  await deleteNote('1', 'token');
});

test('whoever may not delete is told by the status', async () => {
  answer(Response.json({ message: 'Unauthorized' }, { status: 401 }));

  await assert.rejects(deleteNote('1', 'token'), { status: 401, message: 'Unauthorized' });
});

test('what was wrong with a note is said in the words of the API', async () => {
  answer(Response.json({ message: "The field 'text' must not be blank." }, { status: 400 }));

  await assert.rejects(writeNote('Ada', ' '), { status: 400, message: "The field 'text' must not be blank." });
});

test('what went wrong elsewhere is not said in words that help nobody', async () => {
  for (const response of [
    Response.json({ message: 'Internal Server Error' }, { status: 500 }),
    new Response('<h1>502</h1>', { status: 502 }),
    new Response('<h1>403</h1>', { status: 403 }),
    Response.json({ message: { a: 1 } }, { status: 400 }),
  ]) {
    answer(response);
    await assert.rejects(listNotes(), { status: response.status, message: OUR_FAULT });
  }
});

test('too many requests are a matter of patience', async () => {
  answer(Response.json({ message: 'Too Many Requests' }, { status: 429 }));

  await assert.rejects(listNotes(), { message: 'Many are writing right now. Please try again in a moment.' });
});

test('no connection is said to be none', async () => {
  globalThis.fetch = async () => {
    throw new TypeError('Failed to fetch');
  };

  await assert.rejects(listNotes(), {
    status: 0, message: 'The guestbook cannot be reached. Check the connection and try again.',
  });
});

test('a page in place of JSON is no answer', async () => {
  answer(new Response('<h1>Hello</h1>'));

  await assert.rejects(listNotes(), { message: 'The answer is not JSON.' });
});

test('of the old guestbook only entries are shown', async () => {
  const entry = { author: 'Mary', text: 'Lovely.', date: '2008-06-01' };
  answer(Response.json({ entries: [entry, null, 1, { author: 'Eve' }, { author: 1, text: 'a' }] }));

  assert.deepEqual(await listLegacyEntries(), [entry]);
  assert.equal(asked[0].address, '/legacy/entries');
  assert.ok(asked[0].signal instanceof AbortSignal);
});

test('what else answers is not the old guestbook', async () => {
  for (const json of [{}, { entries: {} }, [], 'hello']) {
    answer(Response.json(json));
    await assert.rejects(listLegacyEntries(), { message: 'The answer has no entries.' });
  }
});
