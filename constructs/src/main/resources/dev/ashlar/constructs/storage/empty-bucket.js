const {
  S3Client, GetBucketTaggingCommand, ListObjectVersionsCommand, DeleteObjectsCommand,
} = require('@aws-sdk/client-s3');

const s3 = new S3Client({});

exports.handler = async (event, context) => {
  const bucket = event.ResourceProperties.BucketName;
  let failure;
  try {
    if (event.RequestType === 'Delete' && await isToBeEmptied(bucket)) await empty(bucket, context);
  } catch (error) {
    if (error.name !== 'NoSuchBucket') failure = `Cannot empty ${bucket}: ${error.message}`;
  }
  console.log({ request: event.RequestType, bucket, failure });
  const answer = {
    Status: failure ? 'FAILED' : 'SUCCESS',
    Reason: failure ?? 'Done',
    PhysicalResourceId: bucket,
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
  };
  // The address is signed for an empty content type.
  const { status } = await fetch(event.ResponseURL,
    { method: 'PUT', headers: { 'content-type': '' }, body: JSON.stringify(answer) });
  if (status !== 200) throw new Error(`CloudFormation did not take the answer: ${status}`);
};

// Without the tag the bucket is to be kept: its stack has just turned from development to production.
async function isToBeEmptied(bucket) {
  try {
    const { TagSet } = await s3.send(new GetBucketTaggingCommand({ Bucket: bucket }));
    return TagSet.some(({ Key, Value }) => Key === 'ashlar:empty-on-delete' && Value === 'true');
  } catch (error) {
    if (error.name === 'NoSuchTagSet') return false;
    throw error;
  }
}

async function empty(bucket, context) {
  // Always the first page: what was on it is deleted before the next look.
  for (;;) {
    const page = await s3.send(new ListObjectVersionsCommand({ Bucket: bucket, MaxKeys: 1000 }));
    const found = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])];
    if (found.length === 0) return;
    if (context.getRemainingTimeInMillis() < 30000) {
      throw new Error('there is more than fits into 15 minutes; delete the stack again');
    }
    const Objects = found.map(({ Key, VersionId }) => ({ Key, VersionId }));
    const { Errors } = await s3.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }));
    if (Errors?.length) throw new Error(`${Errors[0].Key}: ${Errors[0].Message}`);
  }
}
