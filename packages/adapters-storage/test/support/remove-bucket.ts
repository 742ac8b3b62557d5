import { Client } from 'minio'
import type { S3Access } from './s3-server.ts'

/** Removes the bucket with all that is in it, and gives the keys of uploads that nobody ended. */
export async function removeBucket(
  { useTls, ...access }: S3Access,
  bucket: string,
): Promise<readonly string[]> {
  const client = new Client({ ...access, useSSL: useTls })
  if (!(await client.bucketExists(bucket))) return []
  const { uploads } = await client.listIncompleteUploadsQuery(bucket, '', '', '', '|')
  for (const { key, uploadId } of uploads) await client.abortMultipartUpload(bucket, key, uploadId)
  for await (const { name = '' } of client.listObjectsV2(bucket, '', true)) {
    await client.removeObject(bucket, name)
  }
  await client.removeBucket(bucket)
  return uploads.map(({ key }) => key)
}
