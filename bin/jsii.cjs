// Runs the program that jsii runs in Node.js: `node bin/jsii.cjs PROGRAM`. jsii itself starts a launcher, and that the program:
// two processes, of which one hands each message to the other. The program talks over file descriptor 3; here that is
// standard input and output, and what CDK prints goes to standard error in the form that the launcher gives it.

const fs = require('node:fs');
const { Writable } = require('node:stream');

const { readSync, writeSync } = fs;
fs.readSync = (descriptor, ...rest) => readSync(descriptor === 3 ? 0 : descriptor, ...rest);
fs.writeSync = (descriptor, ...rest) => writeSync(descriptor === 3 ? 1 : descriptor, ...rest);

for (const name of ['stdout', 'stderr']) {
  const printed = new Writable({
    write(chunk, encoding, done) {
      writeSync(2, `${JSON.stringify({ [name]: chunk.toString('base64') })}\n`);
      done();
    },
  });
  Object.defineProperty(process, name, { value: printed });
}

require(process.argv[2]);
