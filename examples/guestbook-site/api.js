// What the page asks for. All of it lies under the page's own host name.

const NOTES = '/api/notes';
const LEGACY = '/legacy/entries';

// The old API may be far away, or gone: nobody waits for it longer than that.
const LEGACY_TIMEOUT_MILLIS = 10_000;

/** An answer that is no success; its message is a sentence for whoever reads the page. */
export class Problem extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** A page of notes, newest first, and what to ask the following one with. */
export async function listNotes(next) {
  const { notes, next: following } = await ask(next ? `${NOTES}?next=${encodeURIComponent(next)}` : NOTES);
  return { notes, next: following };
}

/** The note as it was written. */
export function writeNote(author, text) {
  return ask(NOTES, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ author, text }),
  });
}

/** Deletes a note, which may be gone already. */
export async function deleteNote(id, token) {
  try {
    await ask(`${NOTES}/${encodeURIComponent(id)}`, { method: 'DELETE', headers: { authorization: `Bearer ${token}` } });
  } catch (problem) {
    if (problem.status !== 404) {
      throw problem;
    }
  }
}

/** What the API that already runs has: what is no entry is left out, as nobody here says what it answers. */
export async function listLegacyEntries() {
  const { entries } = await ask(LEGACY, { signal: AbortSignal.timeout(LEGACY_TIMEOUT_MILLIS) });
  if (!Array.isArray(entries)) {
    throw new Problem(200, 'The answer has no entries.');
  }
  return entries.filter(entry => typeof entry?.author === 'string' && typeof entry.text === 'string');
}

/** Names and addresses that only the deployment knows. */
export function readConfig() {
  return ask('/config.json');
}

async function ask(address, options) {
  const answer = await send(address, options);
  if (answer.status === 204) {
    return null;
  }
  const json = await answer.json().catch(() => null);
  if (!answer.ok) {
    // API Gateway and the function both say {"message": ...}; what else answers says nothing that helps.
    throw new Problem(answer.status, sentence(answer.status, json?.message));
  }
  if (json === null) {
    throw new Problem(answer.status, 'The answer is not JSON.');
  }
  return json;
}

async function send(address, options) {
  try {
    return await fetch(address, options);
  } catch {
    throw new Problem(0, 'The guestbook cannot be reached. Check the connection and try again.');
  }
}

function sentence(status, message) {
  if (status === 429) {
    return 'Many are writing right now. Please try again in a moment.';
  }
  const isForReaders = status >= 400 && status < 500 && typeof message === 'string';
  return isForReaders ? message : 'Something went wrong on our side. Please try again later.';
}
