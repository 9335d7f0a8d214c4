let count = 0;

export const handler = async (event, context) => {
  console.log('마름돌');
  return {
    event,
    count: ++count,
    arn: context.invokedFunctionArn,
    remaining: context.getRemainingTimeInMillis(),
    environment: Object.keys(process.env).sort(),
  };
};

export const calling = (event, context, callback) => {
  setTimeout(() => (event.fail ? callback(new RangeError('too far')) : callback(null, 'called')), 1);
};

export const waiting = ({ millis }) => new Promise(done => setTimeout(() => done('waited'), millis));

export const failing = async () => {
  throw new TypeError('no such note');
};

export const exiting = async () => process.exit(3);
