// Measures Ashlar beside what people would use instead: npm run bench [-- synth growth ...]. All of it takes a while.

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

const WINDOWS = process.platform === 'win32';
const CLASSPATH = 'target/bench/classpath.txt';
const JAVASCRIPT = 'bench/javascript';

if (!existsSync(`${JAVASCRIPT}/node_modules`)) {
  run(WINDOWS ? 'npm.cmd' : 'npm', ['ci', '--prefix', JAVASCRIPT]);
}
// Packaged, because the size of the jars is one of the figures.
run(WINDOWS ? 'mvnw.cmd' : './mvnw', ['--quiet', '--projects', 'bench', '--also-make', 'package',
  'dependency:build-classpath', '-DskipTests', '-DincludeScope=runtime', `-Dmdep.outputFile=${CLASSPATH}`]);

const classpath = [resolve('bench/target/classes'), readFileSync(join('bench', CLASSPATH), 'utf8').trim()].join(delimiter);
const { status } = spawnSync('java', ['-Xshare:auto', '-XX:+UseSerialGC', '-cp', classpath, 'dev.ashlar.bench.Bench',
  process.cwd(), ...process.argv.slice(2)], {
  stdio: 'inherit',
  cwd: 'bench',
  env: {
    ...process.env,
    // Rows that measure with it turn it on.
    CDK_VALIDATION: 'false',
    JSII_DEPRECATED: 'quiet',
    JSII_NODE: process.execPath,
  },
});
process.exit(status ?? 1);

function run(command, options) {
  const { status, error } = spawnSync(command, options, { stdio: 'inherit', shell: WINDOWS });
  if (error || status !== 0) {
    console.error(`${command} ${options.join(' ')} failed${error ? `: ${error.message}` : ''}`);
    process.exit(1);
  }
}
