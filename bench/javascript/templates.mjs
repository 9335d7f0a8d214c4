// What people write without Ashlar: each stack as the documentation of CDK or of AWS Solutions Constructs begins.
// node templates.mjs <folder of the templates> <jar> <site>

import { App, Duration, Stack } from 'aws-cdk-lib';
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Schedule as RuleSchedule } from 'aws-cdk-lib/aws-events';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Bucket, EventType } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { LambdaDestination } from 'aws-cdk-lib/aws-s3-notifications';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { ApiGatewayToLambda } from '@aws-solutions-constructs/aws-apigateway-lambda';
import { CloudFrontToS3 } from '@aws-solutions-constructs/aws-cloudfront-s3';
import { EventbridgeToLambda } from '@aws-solutions-constructs/aws-eventbridge-lambda';
import { SqsToLambda } from '@aws-solutions-constructs/aws-sqs-lambda';

const [outdir, jar, site] = process.argv.slice(2);
const app = new App({ outdir, analyticsReporting: false });

const functionProps = handler => ({ runtime: Runtime.JAVA_21, handler, code: Code.fromAsset(jar) });
const newFunction = (stack, handler) => new Function(stack, 'Function', functionProps(handler));
const upload = (stack, bucket, distribution) =>
  new BucketDeployment(stack, 'Upload', { sources: [Source.asset(site)], destinationBucket: bucket, distribution });

const raw = {
  ServerlessWebApp(stack) {
    new HttpApi(stack, 'Api', {
      defaultIntegration: new HttpLambdaIntegration('Integration', newFunction(stack, 'shop.NotesHandler')),
    });
  },
  ScheduledTask(stack) {
    new Schedule(stack, 'Schedule', {
      schedule: ScheduleExpression.rate(Duration.days(1)),
      target: new LambdaInvoke(newFunction(stack, 'shop.NightlyHandler')),
    });
  },
  S3Processor(stack) {
    const bucket = new Bucket(stack, 'Bucket');
    const processor = newFunction(stack, 'shop.ThumbnailHandler');
    bucket.addEventNotification(EventType.OBJECT_CREATED, new LambdaDestination(processor),
      { prefix: 'incoming/', suffix: '.jpg' });
    bucket.grantReadWrite(processor);
  },
  QueueProcessor(stack) {
    newFunction(stack, 'shop.OrdersHandler').addEventSource(new SqsEventSource(new Queue(stack, 'Queue')));
  },
  StaticSiteWithCdn(stack) {
    const bucket = new Bucket(stack, 'Bucket');
    const distribution = new Distribution(stack, 'Distribution', {
      defaultBehavior: { origin: S3BucketOrigin.withOriginAccessControl(bucket) },
      defaultRootObject: 'index.html',
    });
    upload(stack, bucket, distribution);
  },
};

const solutions = {
  ServerlessWebApp(stack) {
    new ApiGatewayToLambda(stack, 'Web', { lambdaFunctionProps: functionProps('shop.NotesHandler') });
  },
  ScheduledTask(stack) {
    new EventbridgeToLambda(stack, 'Nightly', {
      lambdaFunctionProps: functionProps('shop.NightlyHandler'),
      eventRuleProps: { schedule: RuleSchedule.rate(Duration.days(1)) },
    });
  },
  // No S3Processor: the newest S3ToLambda that could be had, 2.96.0, does not synthesise with this CDK.
  QueueProcessor(stack) {
    new SqsToLambda(stack, 'Orders', { lambdaFunctionProps: functionProps('shop.OrdersHandler') });
  },
  // It uploads nothing, so CDK's own upload is added.
  StaticSiteWithCdn(stack) {
    const { s3Bucket, cloudFrontWebDistribution } = new CloudFrontToS3(stack, 'Site', {});
    upload(stack, s3Bucket, cloudFrontWebDistribution);
  },
};

for (const [side, forms] of Object.entries({ Raw: raw, Solutions: solutions })) {
  for (const [name, add] of Object.entries(forms)) {
    add(new Stack(app, `${side}${name}`));
  }
}
app.synth();
