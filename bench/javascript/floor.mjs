// The template of a QueueProcessor without jsii. It prints how many milliseconds each part took.
// node floor.mjs <folder of the template> <jar>

const start = performance.now();
const { App, Duration, RemovalPolicy, Stack } = await import('aws-cdk-lib');
const { Role, ServicePrincipal } = await import('aws-cdk-lib/aws-iam');
const { Alias, Architecture, CfnEventSourceMapping, Code, Function, LoggingFormat, Runtime, SnapStartConf, Tracing } =
  await import('aws-cdk-lib/aws-lambda');
const { LogGroup, RetentionDays } = await import('aws-cdk-lib/aws-logs');
const { Queue, QueueEncryption } = await import('aws-cdk-lib/aws-sqs');

const [outdir, jar] = process.argv.slice(2);
const app = new App({ outdir, analyticsReporting: false });
const stack = new Stack(app, 'Shop');
const loaded = performance.now();

const logGroup = new LogGroup(stack, 'Logs', { retention: RetentionDays.ONE_YEAR, removalPolicy: RemovalPolicy.RETAIN });
const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
logGroup.grantWrite(role);
const processor = new Function(stack, 'Function', {
  code: Code.fromAsset(jar),
  handler: 'shop.OrdersHandler',
  runtime: Runtime.JAVA_25,
  architecture: Architecture.ARM_64,
  memorySize: 1024,
  timeout: Duration.seconds(29),
  role,
  logGroup,
  loggingFormat: LoggingFormat.JSON,
  tracing: Tracing.ACTIVE,
  snapStart: SnapStartConf.ON_PUBLISHED_VERSIONS,
  currentVersionOptions: { removalPolicy: RemovalPolicy.DESTROY },
});
const alias = new Alias(stack, 'Alias', { aliasName: 'live', version: processor.currentVersion });
const queueProps = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true, removalPolicy: RemovalPolicy.RETAIN };
const deadLetters = new Queue(stack, 'DeadLetters', { ...queueProps, retentionPeriod: Duration.days(14) });
const queue = new Queue(stack, 'Queue', {
  ...queueProps,
  retentionPeriod: Duration.days(4),
  visibilityTimeout: Duration.seconds(6 * 29),
  deadLetterQueue: { queue: deadLetters, maxReceiveCount: 5 },
});
// Queues that are kept keep the policies that refuse requests without TLS.
[deadLetters, queue].forEach((each) => each.node.findChild('Policy').applyRemovalPolicy(RemovalPolicy.RETAIN));
queue.grant(processor, 'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes');
new CfnEventSourceMapping(stack, 'EventSource', {
  functionName: alias.functionArn,
  eventSourceArn: queue.queueArn,
  functionResponseTypes: ['ReportBatchItemFailures'],
  scalingConfig: { maximumConcurrency: 10 },
});
const constructed = performance.now();

app.synth();
const synthesised = performance.now();

console.log(`load=${loaded - start}`);
console.log(`construct=${constructed - loaded}`);
console.log(`synth=${synthesised - constructed}`);
