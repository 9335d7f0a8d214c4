// Runs CloudFront Functions. Each line on stdin is a call, {id, name, code, event}; each line on stdout its end,
// {id, result} or {id, error}, with {logs}. The code of a name is sent once.
'use strict';

const vm = require('vm');
const readline = require('readline');

const TIME_LIMIT_MS = 500;
const contexts = new Map();

// What a function may ask for. KeyValueStores and other origins are AWS's.
const MODULES = {
  crypto: require('crypto'),
  querystring: require('querystring'),
  buffer: require('buffer'),
  cloudfront: new Proxy({}, {
    get: (target, name) => () => { throw new Error('cf.' + String(name) + ' is not there on this machine'); },
  }),
};

function load(code) {
  const logs = [];
  const log = (...texts) => logs.push(texts.map((text) => typeof text === 'string' ? text : JSON.stringify(text)).join(' '));
  const context = vm.createContext({
    console: { log, error: log },
    require: (name) => {
      if (!Object.hasOwn(MODULES, name)) throw new Error('there is no module ' + name);
      return MODULES[name];
    },
    Buffer, atob, btoa, TextDecoder, TextEncoder,
  }, { microtaskMode: 'afterEvaluate' });
  const imports = /^\s*import\s+(\w+)\s+from\s+(['"])(\w+)\2\s*;?/gm;
  vm.runInContext(code.replace(imports, 'const $1 = require("$3");'), context, { timeout: TIME_LIMIT_MS });
  return { context, logs };
}

// The event is read and the result written inside, so that no object crosses over. There are no timers: when the run
// is over, so are all promises, or they will never be.
const RUN = new vm.Script(`
  globalThis.__end = { error: 'the handler never ended' };
  {
    const event = JSON.parse(__event);
    const raw = event.request.rawQueryString;
    event.request.rawQueryString = () => raw;
    Promise.resolve().then(() => handler(event)).then(
      (result) => { __end = { result: JSON.stringify(result) }; },
      (error) => { __end = { error: String(error && error.stack || error).split('\\n').slice(0, 2).join(' ') }; });
  }`);

function run(call) {
  if (call.code !== undefined) contexts.set(call.name, load(call.code));
  const { context, logs } = contexts.get(call.name);
  logs.length = 0;
  context.__event = JSON.stringify(call.event);
  try {
    RUN.runInContext(context, { timeout: TIME_LIMIT_MS });
    return { logs, ...context.__end };
  } catch (error) {
    return { logs, error: String(error) };
  }
}

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const call = JSON.parse(line);
  let end;
  try {
    end = run(call);
  } catch (error) {
    contexts.delete(call.name);
    end = { logs: [], error: String(error) };
  }
  process.stdout.write(JSON.stringify({ id: call.id, ...end }) + '\n');
});
