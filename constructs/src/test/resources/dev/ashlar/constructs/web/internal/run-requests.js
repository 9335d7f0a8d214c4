// Runs functions on requests as CloudFront does: node run-requests.js <file with {functions, requests}>, a line an answer.
const fs = require('fs');
const vm = require('vm');

const { functions, requests } = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
const handlers = {};

// A realm of its own for each function, without what belongs to Node; what V8 knows and CloudFront does not, it still has.
for (const name of Object.keys(functions)) {
  handlers[name] = vm.runInNewContext(`'use strict';\n${functions[name]}\nhandler;`, {});
}

// Names and values of a query stand in the event as they were sent.
function querystring(query) {
  const parameters = {};
  for (const pair of (query ?? '').split('&').filter(Boolean)) {
    const [name, ...rest] = pair.split('=');
    const value = rest.join('=');
    const known = parameters[name];
    if (!known) parameters[name] = { value };
    else (known.multiValue ??= [{ value: known.value }]).push({ value });
  }
  return parameters;
}

function event({ target, host, parsed, headers }) {
  const at = target.indexOf('?');
  const query = at < 0 ? undefined : target.slice(at + 1);
  const request = {
    method: 'GET',
    uri: at < 0 ? target : target.slice(0, at),
    querystring: querystring(query),
    headers: { ...headers },
    cookies: {},
  };
  if (host !== null) request.headers.host = { value: host };
  if (!parsed) Object.defineProperty(request, 'rawQueryString', { value: () => query });
  return { version: '1.0', viewer: { ip: '2001:db8::7' }, request };
}

for (const request of requests) {
  const given = event(request);
  const before = structuredClone(given.request);
  const answer = handlers[request.function](given);
  if (answer.statusCode) {
    const headers = Object.entries(answer.headers ?? {}).map(([name, { value }]) => `${name}: ${value}`);
    console.log([answer.statusCode, answer.statusDescription, ...headers].join(' | '));
    continue;
  }
  const changed = Object.keys(before).filter(
    (field) => field !== 'uri' && JSON.stringify(before[field]) !== JSON.stringify(answer[field]));
  const address = answer.headers['x-viewer-address'];
  console.log([answer.uri, ...changed.map((field) => `${field} changed`), ...(address ? [JSON.stringify(address)] : [])]
    .join(' | '));
}
