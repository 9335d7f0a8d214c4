// A client of Lambda's runtime API for Node.js: handlers that return a promise or call back, in CommonJS or ES modules.
// https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
import { existsSync } from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const { env } = process;
const [host, ...prefix] = env.AWS_LAMBDA_RUNTIME_API.split('/');
const api = ['', ...prefix, '2018-06-01', 'runtime'].join('/');
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

function request(method, resource, body, headers = {}) {
  return new Promise((resolve, reject) => {
    const [hostname, port] = host.split(':');
    const outgoing = http.request({ agent, hostname, port, method, path: api + resource, headers }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }));
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function failure(error) {
  return JSON.stringify(
    error instanceof Error
      ? { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') }
      : { errorType: typeof error, errorMessage: String(error), trace: [] },
  );
}

function named(name, message) {
  const error = new Error(message);
  error.name = name;
  return error;
}

async function load() {
  const handler = env._HANDLER;
  const slash = handler.lastIndexOf('/') + 1;
  const [file, ...names] = handler.slice(slash).split('.');
  const base = path.resolve(env.LAMBDA_TASK_ROOT, handler.slice(0, slash), file);
  const found = ['.js', '.mjs', '.cjs'].map((end) => base + end).find(existsSync);
  if (!found) {
    throw named('Runtime.ImportModuleError', `Error: Cannot find module '${file}'`);
  }
  const module = found.endsWith('.cjs') ? createRequire(found)(found) : await import(pathToFileURL(found).href);
  // What a CommonJS file exports is not always seen by name from an ES module.
  const value = [module, module.default].map((root) => names.reduce((from, name) => from?.[name], root)).find(Boolean);
  if (typeof value !== 'function') {
    throw named('Runtime.HandlerNotFound', `${handler} is undefined or not exported`);
  }
  return value;
}

function invoke(handler, event, context) {
  return new Promise((resolve, reject) => {
    const callback = (error, result) => (error ? reject(error) : resolve(result));
    const returned = handler(event, context, callback);
    if (typeof returned?.then === 'function') {
      returned.then(resolve, reject);
    } else if (handler.length < 3) {
      resolve(returned);
    }
  });
}

globalThis.awslambda = {
  streamifyResponse() {
    throw named('NotSupported', 'Response streaming is not run here; return the whole response');
  },
};

let handler;
try {
  handler = await load();
} catch (error) {
  console.error(error);
  await request('POST', '/init/error', failure(error));
  process.exit(1);
}

process.on('unhandledRejection', (error) => {
  throw error;
});

for (;;) {
  const next = await request('GET', '/invocation/next');
  const id = next.headers['lambda-runtime-aws-request-id'];
  const deadline = Number(next.headers['lambda-runtime-deadline-ms']);
  env._X_AMZN_TRACE_ID = next.headers['lambda-runtime-trace-id'] ?? '';
  const context = {
    awsRequestId: id,
    callbackWaitsForEmptyEventLoop: true,
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    invokedFunctionArn: next.headers['lambda-runtime-invoked-function-arn'],
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
  let outcome;
  try {
    const result = await invoke(handler, JSON.parse(next.body.toString()), context);
    outcome = ['response', JSON.stringify(result === undefined ? null : result)];
  } catch (error) {
    console.error(error);
    outcome = ['error', failure(error)];
  }
  await request('POST', `/invocation/${id}/${outcome[0]}`, outcome[1]);
}
