// Run by GuestbookSiteTest, beside the site's files.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { beforeEach, test } from 'node:test';

import { challengeOf, randomText, SignIn } from './sign-in.js';

const CONFIG = { clientId: 'client', loginUrl: 'https://login.example.com' };
const HOME = 'https://www.example.com/';

let storage;
let signIn;
let asked;

beforeEach(() => {
  const values = new Map();
  storage = {
    getItem: key => values.get(key) ?? null,
    setItem: (key, value) => values.set(key, value),
    removeItem: key => values.delete(key),
    values,
  };
  signIn = new SignIn(CONFIG, HOME, storage);
  asked = [];
  answer(200, { access_token: 'token', expires_in: 3600 });
});

function answer(status, json) {
  globalThis.fetch = async (address, options) => {
    asked.push({ address, ...options });
    return Response.json(json, { status });
  };
}

/** What the address that signing in begins with asks for. */
async function begin() {
  return new URL(await signIn.begin()).searchParams;
}

test('the challenge is that of RFC 7636, appendix B', async () => {
  assert.equal(
    await challengeOf('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'),
    'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM');
});

test('random texts are 43 characters that addresses may have, and differ', () => {
  const texts = Array.from({ length: 100 }, randomText);

  texts.forEach(text => assert.match(text, /^[A-Za-z0-9_-]{43}$/));
  assert.equal(new Set(texts).size, 100);
});

test('signing in begins at the login, with a challenge', async () => {
  const address = new URL(await signIn.begin());

  assert.equal(address.origin + address.pathname, 'https://login.example.com/oauth2/authorize');
  const { state, code_challenge: challenge, ...others } = Object.fromEntries(address.searchParams);
  assert.match(state, /^[A-Za-z0-9_-]{43}$/);
  assert.match(challenge, /^[A-Za-z0-9_-]{43}$/);
  assert.deepEqual(others, {
    response_type: 'code',
    client_id: 'client',
    redirect_uri: HOME,
    scope: 'openid',
    code_challenge_method: 'S256',
  });
});

test('the code is changed into a token, with the verifier of the challenge', async () => {
  const begun = await begin();

  await signIn.complete(new URLSearchParams({ code: 'c0de', state: begun.get('state') }));

  assert.equal(signIn.token, 'token');
  assert.equal(asked.length, 1);
  assert.equal(asked[0].address, 'https://login.example.com/oauth2/token');
  assert.equal(asked[0].method, 'POST');
  const { code_verifier: verifier, ...others } = Object.fromEntries(asked[0].body);
  assert.equal(createHash('sha256').update(verifier).digest('base64url'), begun.get('code_challenge'));
  assert.deepEqual(others, {
    grant_type: 'authorization_code', client_id: 'client', redirect_uri: HOME, code: 'c0de',
  });
});

test('what others began is not completed', async () => {
  await begin();

  await assert.rejects(signIn.complete(new URLSearchParams({ code: 'c0de', state: 'another' })), /Nobody was signed in/);
  assert.equal(asked.length, 0);
  assert.equal(signIn.token, null);
});

test('what nobody began is not completed', async () => {
  await assert.rejects(signIn.complete(new URLSearchParams({ code: 'c0de', state: 'state' })), /Nobody was signed in/);
  assert.equal(asked.length, 0);
});

test('a code counts once', async () => {
  const query = new URLSearchParams({ code: 'c0de', state: (await begin()).get('state') });
  await signIn.complete(query);

  await assert.rejects(signIn.complete(query), /Nobody was signed in/);
  assert.equal(asked.length, 1);
});

test('whoever cancels is not signed in', async () => {
  const state = (await begin()).get('state');

  await assert.rejects(signIn.complete(new URLSearchParams({ error: 'access_denied', state })), /Nobody was signed in/);
  assert.equal(asked.length, 0);
});

test('a code that is refused signs nobody in', async () => {
  answer(400, { error: 'invalid_grant' });
  const state = (await begin()).get('state');

  await assert.rejects(signIn.complete(new URLSearchParams({ code: 'c0de', state })), /The code was not taken: 400/);
  assert.equal(signIn.token, null);
});

test('other queries are left alone', async () => {
  await begin();

  await signIn.complete(new URLSearchParams({ code: 'of a voucher' }));
  await signIn.complete(new URLSearchParams());

  assert.equal(asked.length, 0);
  assert.equal(storage.values.size, 1);
});

test('a token ends when its time is over', async () => {
  answer(200, { access_token: 'token', expires_in: 0 });
  await signIn.complete(new URLSearchParams({ code: 'c0de', state: (await begin()).get('state') }));

  assert.equal(signIn.token, null);
});

test('whoever signs out is forgotten here and at the login', async () => {
  await signIn.complete(new URLSearchParams({ code: 'c0de', state: (await begin()).get('state') }));

  assert.equal(signIn.end(), 'https://login.example.com/logout?client_id=client&logout_uri=https%3A%2F%2Fwww.example.com%2F');
  assert.equal(signIn.token, null);
  assert.equal(storage.values.size, 0);
});

test('what is not JSON in the storage is nothing', () => {
  storage.setItem('guestbook.session', '{');

  assert.equal(signIn.token, null);
});
