// The page: what it shows, and what its buttons do. What people wrote is only ever text, never HTML.

import { deleteNote, listLegacyEntries, listNotes, readConfig, writeNote } from './api.js';
import { SignIn } from './sign-in.js';

const element = id => document.getElementById(id);
const dateAndTime = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });
const dateAlone = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' });

const shownIds = new Set();

let signIn;
let next;

element('form').addEventListener('submit', send);
element('sign-in').addEventListener('click', async () => location.assign(await signIn.begin()));
element('sign-out').addEventListener('click', () => location.assign(signIn.end()));
element('notes-retry').addEventListener('click', showNotes);
element('notes-more').addEventListener('click', showNotes);

showSession();
showNotes();
showLegacy();

async function showSession() {
  try {
    signIn = new SignIn(await readConfig(), `${location.origin}/`, sessionStorage);
  } catch {
    element('session').textContent = 'Signing in is not possible right now.';
    return;
  }
  try {
    await signIn.complete(new URLSearchParams(location.search));
  } catch {
    announce('Signing in did not work. Please try again.');
  }
  if (location.search) {
    // A reload must not send the code again, nor a bookmark keep it.
    history.replaceState(null, '', location.pathname);
  }
  updateSession();
}

function updateSession() {
  const isSignedIn = Boolean(signIn?.token);
  element('session').textContent = isSignedIn
    ? 'You are signed in and can delete notes.'
    : 'Whoever moderates signs in to delete notes.';
  element('sign-in').hidden = isSignedIn;
  element('sign-out').hidden = !isSignedIn;
  for (const button of document.querySelectorAll('.delete')) {
    button.hidden = !isSignedIn;
  }
}

/** Shows the first page of notes, or the one after those that are there. */
async function showNotes(click) {
  const list = element('notes-list');
  const before = list.children.length;
  element('notes-retry').hidden = true;
  element('notes-more').hidden = true;
  element('notes-state').textContent = 'Loading the notes …';
  list.setAttribute('aria-busy', 'true');
  try {
    const page = await listNotes(next);
    next = page.next;
    // One that was written meanwhile is there already.
    list.append(...page.notes.filter(note => !shownIds.has(note.id)).map(noteItem));
    element('notes-more').hidden = !next;
    updateState();
  } catch (problem) {
    element('notes-state').textContent = `The notes cannot be shown. ${problem.message}`;
    element('notes-retry').hidden = false;
  }
  list.removeAttribute('aria-busy');
  if (click) {
    // The button that had the focus may be gone: reading goes on with the first note that came.
    (list.children[before] ?? element('notes')).focus();
  }
}

function updateState() {
  element('notes-state').textContent = element('notes-list').children.length > 0 || next
    ? ''
    : 'Nobody has written yet. The first note could be yours.';
}

async function showLegacy() {
  const state = element('legacy-state');
  try {
    const entries = await listLegacyEntries();
    element('legacy-list').append(...entries.map(({ author, text, date }) =>
      item(author, text, timeOf(date, dateAlone))));
    state.textContent = entries.length > 0 ? '' : 'The old guestbook is empty.';
  } catch {
    state.textContent = 'The old guestbook cannot be reached right now. The notes above do not need it.';
  }
}

async function send(event) {
  event.preventDefault();
  const button = element('send');
  if (button.getAttribute('aria-disabled') === 'true') {
    return;
  }
  // Not disabled for good: the focus stays where it is.
  button.setAttribute('aria-disabled', 'true');
  element('form-error').textContent = '';
  try {
    const note = await writeNote(element('author').value, element('text').value);
    element('notes-list').prepend(noteItem(note));
    element('text').value = '';
    updateState();
    announce('Your note is in the guestbook.');
  } catch (problem) {
    element('form-error').textContent = problem.message;
  }
  button.removeAttribute('aria-disabled');
}

async function remove(note, shown) {
  if (!confirm(`Delete the note of ${note.author}? It cannot be brought back.`)) {
    return;
  }
  const token = signIn.token;
  if (!token) {
    endSession();
    return;
  }
  try {
    await deleteNote(note.id, token);
    shown.remove();
    updateState();
    announce('The note is deleted.');
    element('notes').focus();
  } catch (problem) {
    if (problem.status === 401 || problem.status === 403) {
      endSession();
    } else {
      announce(`The note is still there. ${problem.message}`);
    }
  }
}

function endSession() {
  signIn.forget();
  updateSession();
  announce('Your session has ended. Please sign in again.');
  element('sign-in').focus();
}

function noteItem(note) {
  shownIds.add(note.id);
  const shown = item(note.author, note.text, timeOf(note.createdAt, dateAndTime));
  const button = create('button', 'delete', 'Delete');
  button.type = 'button';
  button.hidden = !signIn?.token;
  button.setAttribute('aria-label', `Delete the note of ${note.author}`);
  button.addEventListener('click', () => remove(note, shown));
  shown.querySelector('footer').append(button);
  return shown;
}

function item(author, text, time) {
  const shown = document.createElement('li');
  // Not in the order of the tab key, but where the focus can be put.
  shown.tabIndex = -1;
  const footer = document.createElement('footer');
  footer.append(create('span', 'author', author), time);
  shown.append(create('p', 'text', text), footer);
  return shown;
}

function timeOf(value, format) {
  const date = new Date(typeof value === 'string' ? value : NaN);
  const time = document.createElement('time');
  if (!Number.isNaN(date.getTime())) {
    time.dateTime = value;
    time.textContent = format.format(date);
  }
  return time;
}

function create(tag, className, text) {
  const created = document.createElement(tag);
  created.className = className;
  created.textContent = text;
  return created;
}

function announce(text) {
  element('announcement').textContent = text;
}
