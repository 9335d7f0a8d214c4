// Signs in at Cognito's own pages: the authorization code flow with PKCE (RFC 7636). Nothing here knows the page.

const PENDING = 'guestbook.sign-in';
const SESSION = 'guestbook.session';

/** A random text that cannot be guessed: 43 characters of the URL-safe alphabet. */
export function randomText() {
  return base64Url(crypto.getRandomValues(new Uint8Array(32)));
}

/** What is shown of a verifier before it is needed itself. */
export async function challengeOf(verifier) {
  return base64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))));
}

function base64Url(bytes) {
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

export class SignIn {
  /**
   * @param {{ clientId: string, loginUrl: string }} config what the deployment wrote
   * @param {string} redirectUri where Cognito sends browsers back to, as its client knows it
   * @param {Storage} storage what lasts as long as the tab
   */
  constructor({ clientId, loginUrl }, redirectUri, storage) {
    this.clientId = clientId;
    this.loginUrl = loginUrl;
    this.redirectUri = redirectUri;
    this.storage = storage;
  }

  /** The access token, or null if nobody is signed in, or not any more. */
  get token() {
    const session = read(this.storage, SESSION);
    return session && session.ends > Date.now() ? session.token : null;
  }

  /** Begins, and returns the address to go to. */
  async begin() {
    const verifier = randomText();
    const state = randomText();
    this.storage.setItem(PENDING, JSON.stringify({ verifier, state }));
    return this.#address('/oauth2/authorize', {
      response_type: 'code',
      client_id: this.clientId,
      redirect_uri: this.redirectUri,
      scope: 'openid',
      state,
      code_challenge: await challengeOf(verifier),
      code_challenge_method: 'S256',
    });
  }

  /**
   * Ends what was begun, with the query that Cognito sent the browser back with. Another query is none of its business.
   *
   * @throws if nobody was signed in
   */
  async complete(query) {
    const state = query.get('state');
    if (state === null || !(query.has('code') || query.has('error'))) {
      return;
    }
    const pending = read(this.storage, PENDING);
    // A code counts once, whatever comes of it.
    this.storage.removeItem(PENDING);
    if (pending?.state !== state || !query.has('code')) {
      throw new Error('Nobody was signed in');
    }
    const answer = await fetch(`${this.loginUrl}/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: this.clientId,
        redirect_uri: this.redirectUri,
        code: query.get('code'),
        code_verifier: pending.verifier,
      }),
    });
    if (!answer.ok) {
      throw new Error(`The code was not taken: ${answer.status}`);
    }
    const { access_token: token, expires_in: seconds } = await answer.json();
    this.storage.setItem(SESSION, JSON.stringify({ token, ends: Date.now() + seconds * 1000 }));
  }

  /** Forgets the token. */
  forget() {
    this.storage.removeItem(SESSION);
  }

  /** Forgets the token, and returns the address where Cognito forgets its session too. */
  end() {
    this.forget();
    return this.#address('/logout', { client_id: this.clientId, logout_uri: this.redirectUri });
  }

  #address(path, query) {
    return `${this.loginUrl}${path}?${new URLSearchParams(query)}`;
  }
}

function read(storage, key) {
  try {
    return JSON.parse(storage.getItem(key));
  } catch {
    return null;
  }
}
