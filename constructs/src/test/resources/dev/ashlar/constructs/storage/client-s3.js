// Stands in for the AWS SDK: a bucket in memory that answers as S3 does, 1000 versions a page. Of each object there are two
// versions and a delete marker.

const { OBJECTS, FAILURE, TAGS } = process.env;
let versions = Array.from({ length: Number(OBJECTS) }, (_, i) => [
  { Key: `key ${i}`, VersionId: `marker${i}`, marker: true },
  { Key: `key ${i}`, VersionId: `new${i}`, Size: 1 },
  { Key: `key ${i}`, VersionId: `old${i}`, Size: 1 },
]).flat();

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
      const page = versions.slice(0, Math.min(command.input.MaxKeys ?? 1000, 1000));
      return { Versions: page.filter(each => !each.marker), DeleteMarkers: page.filter(each => each.marker) };
    }
    if (FAILURE === 'AccessDenied') {
      return { Errors: [{ Key: 'key 0', Message: 'Access Denied' }] };
    }
    if (command.input.Delete.Objects.length > 1000) {
      throw Object.assign(new Error('more than 1000 objects'), { name: 'MalformedXML' });
    }
    const deleted = new Set(command.input.Delete.Objects.map(({ Key, VersionId }) => `${Key} ${VersionId}`));
    versions = versions.filter(({ Key, VersionId }) => !deleted.has(`${Key} ${VersionId}`));
    return {};
  }
}

process.on('exit', () => console.log(`left ${versions.length}`));
module.exports = { S3Client, GetBucketTaggingCommand, ListObjectVersionsCommand, DeleteObjectsCommand };
