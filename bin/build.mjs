// Compiles the CDK app when something that it is made of has changed, and writes the argument file that starts it. So it
// does with what renders the site of the stack Docs, which the app itself runs when a page has changed.
// cdk.json runs it before the app: `cdk synth` starts Maven only when it must, and the app never through Maven.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync,
} from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';

const MAIN_CLASS = 'dev.ashlar.examples.ExamplesApp';
const MODULE = 'examples';
const RENDERER_CLASS = 'dev.ashlar.examples.docs.DocsSite';
const RENDERER_MODULE = 'examples/docs-site';
const INPUTS = ['pom.xml', '.mvn', 'bom/pom.xml',
  ...['constructs', 'patterns', MODULE, RENDERER_MODULE].flatMap(module => [`${module}/pom.xml`, `${module}/src/main`])];
const OUTPUT = `${MODULE}/target/app`;
const ARGUMENTS = `${OUTPUT}/java.args`;
const RENDERER_ARGUMENTS = `${RENDERER_MODULE}/target/app/java.args`;
const CLASSPATH = 'target/app/classpath.txt';
const ARCHIVE = `${OUTPUT}/classes.jsa`;
const WINDOWS = process.platform === 'win32';

const record = readJson(`${OUTPUT}/inputs.json`);
const inputs = describe(INPUTS, record?.inputs ?? {});
const java = findJava();
const changed = hashes(inputs) !== hashes(record?.inputs ?? {});

let { classpath = [], rendererClasspath = [] } = record ?? {};
const built = [ARGUMENTS, ...classpath, RENDERER_ARGUMENTS, ...rendererClasspath];

if (changed || java !== record.java || !built.every(existsSync)) {
  rmSync(`${OUTPUT}/inputs.json`, { force: true });
  mkdirSync(OUTPUT, { recursive: true });
  compile();
  classpath = classpathOf(MODULE);
  rendererClasspath = classpathOf(RENDERER_MODULE);
  writeArguments(RENDERER_ARGUMENTS, [...jvmFlags(false), '-cp', rendererClasspath.join(delimiter), RENDERER_CLASS]);
  const libraries = classpath.filter(entry => entry.endsWith('.jar'));
  const directories = classpath.filter(entry => !entry.endsWith('.jar'));
  unpackJsii(libraries);
  const archived = shareClasses(libraries, directories);
  writeArguments(ARGUMENTS, [...jvmFlags(archived), '-cp', [...libraries, ...directories].join(delimiter), MAIN_CLASS]);
}
writeFileSync(`${OUTPUT}/inputs.json`, JSON.stringify({ java, classpath, rendererClasspath, inputs }, null, 1));

function compile() {
  console.error('Compiling the CDK app');
  run(WINDOWS ? 'mvnw.cmd' : './mvnw', ['--quiet', '--projects', `${MODULE},${RENDERER_MODULE}`, '--also-make',
    'process-classes', 'dependency:build-classpath', '-DincludeScope=runtime', `-Dmdep.outputFile=${CLASSPATH}`]);
}

function classpathOf(module) {
  const libraries = readFileSync(`${module}/${CLASSPATH}`, 'utf8').trim().split(delimiter);
  return [...libraries, join(process.cwd(), module, 'target/classes')];
}

// The libraries' classes, parsed and verified once. The JVM takes no directories into an archive, but lets them follow
// on the class path. Without an archive the app merely starts more slowly.
function shareClasses(libraries, directories) {
  const list = `${OUTPUT}/classes.lst`;
  rmSync(ARCHIVE, { force: true });
  writeArguments(`${OUTPUT}/trial.args`, [`-XX:DumpLoadedClassList=${list}`,
    '-cp', [...libraries, ...directories].join(delimiter), MAIN_CLASS]);
  // Synthesises to nowhere, without building code and without validation: all that matters is what it loads.
  const trial = spawnSync('java', [`@${OUTPUT}/trial.args`], {
    stdio: 'ignore',
    env: {
      ...process.env,
      CDK_OUTDIR: `${OUTPUT}/trial`,
      CDK_CONTEXT_JSON: JSON.stringify({ 'aws:cdk:bundling-stacks': [] }),
      CDK_VALIDATION: 'false',
    },
  });
  if (trial.status !== 0) {
    return false;
  }
  writeArguments(`${OUTPUT}/dump.args`, ['-Xshare:dump', '-XX:+UseSerialGC', `-XX:SharedClassListFile=${list}`,
    `-XX:SharedArchiveFile=${ARCHIVE}`, '-cp', libraries.join(delimiter)]);
  const dump = spawnSync('java', [`@${OUTPUT}/dump.args`], { stdio: 'ignore' });
  return dump.status === 0 && existsSync(ARCHIVE);
}

// The program that jsii would unpack at each synth, for bin/app.mjs. Without it jsii does so, by its launcher.
function unpackJsii(libraries) {
  const runtime = libraries.find(library => basename(library).startsWith('jsii-runtime-'));
  const program = 'software/amazon/jsii/lib';
  rmSync(`${OUTPUT}/jsii`, { recursive: true, force: true });
  const jar = join(dirname(java.slice(0, java.lastIndexOf(' '))), WINDOWS ? 'jar.exe' : 'jar');
  const unpacked = spawnSync(jar, ['--extract', '--file', runtime, program], { cwd: OUTPUT, stdio: 'ignore' });
  if (unpacked.status === 0) {
    mkdirSync(`${OUTPUT}/jsii`);
    renameSync(`${OUTPUT}/${program}`, `${OUTPUT}/jsii/lib`);
    rmSync(`${OUTPUT}/software`, { recursive: true });
  }
}

// A synth is short: no time for the optimising compiler or a parallel collector to pay off.
function jvmFlags(archived) {
  const flags = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];
  return archived ? [...flags, '-Xshare:auto', `-XX:SharedArchiveFile=${ARCHIVE}`, '-Xlog:cds=off'] : flags;
}

function writeArguments(file, values) {
  writeFileSync(file, values.map(value => `"${value.replaceAll('\\', '/')}"\n`).join(''));
}

// Time and size tell that a file is as it was; where they differ, its bytes do.
function describe(paths, before) {
  const found = {};
  for (const file of paths.flatMap(list)) {
    const { mtimeMs, size } = statSync(file);
    const known = before[file];
    const hash = known && known.mtimeMs === mtimeMs && known.size === size
      ? known.hash
      : createHash('sha256').update(readFileSync(file)).digest('hex');
    found[file] = { mtimeMs, size, hash };
  }
  return found;
}

function hashes(inputs) {
  return JSON.stringify(Object.entries(inputs).map(([file, { hash }]) => [file, hash]).sort());
}

function list(path) {
  if (!existsSync(path)) {
    return [];
  }
  return statSync(path).isDirectory() ? readdirSync(path).sort().flatMap(name => list(`${path}/${name}`)) : [path];
}

// An archive of classes fits one JVM only.
function findJava() {
  const names = (process.env.PATH ?? '').split(delimiter).map(directory => join(directory, WINDOWS ? 'java.exe' : 'java'));
  const found = names.find(existsSync);
  if (!found) {
    console.error('No java on the PATH: install a JDK, 17 or later');
    process.exit(1);
  }
  return `${realpathSync(found)} ${statSync(found).mtimeMs}`;
}

function run(command, options) {
  const { status, error } = spawnSync(command, options, { stdio: ['ignore', 2, 2], shell: WINDOWS });
  if (error || status !== 0) {
    console.error(`${command} ${options.join(' ')} failed${error ? `: ${error.message}` : ''}`);
    process.exit(1);
  }
}

// A record that is not there or not whole is none.
function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
