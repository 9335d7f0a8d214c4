// Packs what AWS publishes about updates of CloudFormation resources into the file that the test kit reads: which
// properties replace their resource when they change. `node bin/pack-update-behaviour.mjs [folder of the npm package]`;
// without a folder, npm fetches the package into a temporary one. Run it when CDK is upgraded, and read the difference.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const PACKAGE = '@aws-cdk/aws-service-spec';
const VERSION = '0.1.216';
const OUTPUT = fileURLToPath(new URL(
  '../test/src/main/resources/dev/ashlar/test/update-behaviour.txt', import.meta.url));

// The schemas do not tell an interruption from an update without one. These are from the pages of the CloudFormation
// Template Reference, which say "Some interruptions" there, for the types where it hurts.
const INTERRUPTIONS = {
  'AWS::RDS::DBInstance': ['DBInstanceClass', 'EngineVersion'],
};
const SAYS_INTERRUPTION = /Update requires: \[Some interruptions\]/;

const REPLACES = '';
const MAY_REPLACE = '?';
const INTERRUPTS = '~';

const folder = process.argv[2] ?? fetch();
const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
const { schema } = JSON.parse(gunzipSync(readFileSync(join(folder, 'db.json.gz'))));
if (process.argv[2] === undefined) {
  rmSync(join(folder, '..', '..', '..'), { recursive: true });
}
const definitions = new Map(Object.values(schema.typeDefinition.entities).map(type => [type.$id, type]));
writeFileSync(OUTPUT, text());

function fetch() {
  const directory = mkdtempSync(join(tmpdir(), 'service-spec-'));
  const arguments_ = ['install', '--no-save', '--ignore-scripts', '--prefix', directory, `${PACKAGE}@${VERSION}`];
  execFileSync('npm', arguments_, { stdio: 'inherit', shell: process.platform === 'win32' });
  return join(directory, 'node_modules', PACKAGE);
}

function text() {
  const lines = [
    `# Properties of CloudFormation resources whose update is more than a change in place: Name replaces the resource,`,
    `# ${MAY_REPLACE}Name may replace it, ${INTERRUPTS}Name interrupts it; * stands for the items of a list or map. All other properties of the`,
    `# types below are updated in place. Written by bin/pack-update-behaviour.mjs from ${PACKAGE} ${version},`,
    `# Copyright Amazon.com, Inc. or its affiliates, ${license}.`,
  ];
  let service = '';
  for (const resource of Object.values(schema.resource.entities).sort(byType)) {
    const [, name, type] = /^(.*)::(\w+)$/.exec(resource.cloudFormationType);
    if (name !== service) {
      service = name;
      lines.push(service);
    }
    lines.push([` ${type}`, ...[...new Set(behaviours(resource))].sort()].join(' '));
  }
  return `${lines.join('\n')}\n`;
}

function byType(first, second) {
  return first.cloudFormationType < second.cloudFormationType ? -1 : 1;
}

function behaviours(resource) {
  const found = [
    ...ofProperties(resource.properties, '', []),
    ...(resource.additionalReplacementProperties ?? []).map(path => REPLACES + path.join('.')),
  ];
  for (const [name, property] of Object.entries(resource.properties)) {
    const listed = INTERRUPTIONS[resource.cloudFormationType]?.includes(name);
    if (!property.causesReplacement && (listed || SAYS_INTERRUPTION.test(property.documentation))) {
      found.push(INTERRUPTS + name);
    }
  }
  return found;
}

/** What lies below a property that always replaces needs no entry of its own. */
function ofProperties(properties, prefix, enclosing) {
  return Object.entries(properties).flatMap(([name, property]) => {
    const path = prefix + name;
    switch (property.causesReplacement) {
      case 'yes': return [REPLACES + path];
      case 'maybe': return [MAY_REPLACE + path, ...ofType(property.type, path, enclosing)];
      default: return ofType(property.type, path, enclosing);
    }
  });
}

function ofType(type, path, enclosing) {
  switch (type.type) {
    case 'array':
    case 'map': return ofType(type.element, `${path}.*`, enclosing);
    case 'union': return type.types.flatMap(each => ofType(each, path, enclosing));
    case 'ref': {
      const id = type.reference.$ref;
      return enclosing.includes(id) ? [] : ofProperties(definitions.get(id).properties, `${path}.`, [...enclosing, id]);
    }
    default: return [];
  }
}
