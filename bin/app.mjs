// Runs the CDK app, which bin/build.mjs has built, with jsii's program beside it and no launcher between them: each call into
// CDK is a message, and a synth is thousands of them.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const ARGUMENTS = 'examples/target/app/java.args';
const PROGRAM = resolve('examples/target/app/jsii/lib/program.js');

const { JSII_RUNTIME, JSII_NODE } = process.env;
const command = [JSII_NODE ?? process.execPath, '--preserve-symlinks', resolve('bin/jsii.cjs'), PROGRAM];
// jsii splits the command at spaces, by a shell.
const isPlain = process.platform !== 'win32' && command.every(part => /^[\w./@+-]+$/.test(part));
const runtime = JSII_RUNTIME ?? (isPlain && existsSync(PROGRAM) ? command.join(' ') : undefined);

const { status, error } = spawnSync('java', [`@${ARGUMENTS}`], {
  stdio: 'inherit',
  env: runtime === undefined ? process.env : { ...process.env, JSII_RUNTIME: runtime },
});
if (error) {
  console.error(`java failed: ${error.message}`);
}
process.exit(status ?? 1);
