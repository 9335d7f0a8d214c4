// Synthesises the examples, and runs stacks of them on this machine: npm start [-- --stack Orders --port 9000 ...].

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const WINDOWS = process.platform === 'win32';
const MODULE = 'local';
const CLASSPATH = `${MODULE}/target/app/classpath.txt`;
const DEFAULTS = ['--stack', 'Guestbook'];

const options = process.argv.slice(2);

run(process.execPath, ['node_modules/aws-cdk/bin/cdk', 'synth', '--quiet']);
run(WINDOWS ? 'mvnw.cmd' : './mvnw', ['--quiet', '--projects', MODULE, '--also-make', 'process-classes',
  ...(existsSync(CLASSPATH) ? [] : ['dependency:build-classpath', '-DincludeScope=runtime', '-Dmdep.outputFile=target/app/classpath.txt'])]);

const classpath = [join(MODULE, 'target/classes'), readFileSync(CLASSPATH, 'utf8').trim()].join(delimiter);
const app = spawn('java', ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Xshare:auto', '-cp', classpath,
  'dev.ashlar.local.Main', ...(options.includes('--stack') ? [] : DEFAULTS), ...options], { stdio: 'inherit' });
// Ctrl-C reaches both: the app ends by itself, and this one after it.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => app.kill('SIGTERM'));
app.on('exit', status => process.exit(status ?? 0));

function run(command, options) {
  const { status, error } = spawnSync(command, options, { stdio: ['ignore', 2, 2], shell: WINDOWS && command !== process.execPath });
  if (error || status !== 0) {
    console.error(`${command} ${options.join(' ')} failed${error ? `: ${error.message}` : ''}`);
    process.exit(1);
  }
}
