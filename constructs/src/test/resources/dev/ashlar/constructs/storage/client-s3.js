// Stands in for the AWS SDK: a bucket in memory that answers as S3 does, 1000 versions a page.

const { OBJECTS, FAILURE, TAGS } = process.env;
let versions = Array.from({ length: Number(OBJECTS) }, (_, i) => ({ Key: `key ${i}`, VersionId: `v${i}`, Size: 1 }));

class Command {
  constructor(input) {
    this.input = input;
  }
}
class GetBucketTaggingCommand extends Command {}
class ListObjectVersionsCommand extends Command {}
class DeleteObjectsCommand extends Command {}

class S3Client {
  async send(command) {
    if (FAILURE === 'NoSuchBucket') {
      throw Object.assign(new Error('gone'), { name: 'NoSuchBucket' });
    }
    if (command instanceof GetBucketTaggingCommand) {
      if (!TAGS) {
        throw Object.assign(new Error('no tags'), { name: 'NoSuchTagSet' });
      }
      return { TagSet: JSON.parse(TAGS) };
    }
    if (command instanceof ListObjectVersionsCommand) {
      const page = versions.slice(0, command.input.MaxKeys);
      return { Versions: page.filter((_, i) => i % 2 === 0), DeleteMarkers: page.filter((_, i) => i % 2 === 1) };
    }
    if (FAILURE === 'AccessDenied') {
      return { Errors: [{ Key: 'key 0', Message: 'Access Denied' }] };
    }
    const deleted = new Set(command.input.Delete.Objects.map(({ Key, VersionId }) => `${Key} ${VersionId}`));
    versions = versions.filter(({ Key, VersionId }) => !deleted.has(`${Key} ${VersionId}`));
    return {};
  }
}

process.on('exit', () => console.log(`left ${versions.length}`));
module.exports = { S3Client, GetBucketTaggingCommand, ListObjectVersionsCommand, DeleteObjectsCommand };
