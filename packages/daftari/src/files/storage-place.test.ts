import { describe, expect, test } from 'vitest'
import { shownPlace, storagePlace } from './storage-place.ts'

describe('a place for files', () => {
  test.each([
    ['file:/var/lib/files', '/var/lib/files'],
    ['file:///var/lib/files', '/var/lib/files'],
    ['file:files', 'files'],
    ['file:./a%20b', './a b'],
  ])('%s is a folder', (text, folder) => {
    expect(storagePlace(text)).toEqual({ kind: 'folder', folder })
  })

  test('in a bucket has its credentials percent-encoded, and TLS unless told otherwise', () => {
    expect(storagePlace('s3://AK%2FIA:s%40cr%3Aet@store.example/receipts')).toEqual({
      kind: 'bucket',
      endPoint: 'store.example',
      port: 443,
      useTls: true,
      accessKey: 'AK/IA',
      secretKey: 's@cr:et',
      bucket: 'receipts',
      region: 'us-east-1',
    })
    expect(storagePlace('s3://a:b@127.0.0.1:8333/receipts?tls=0&region=eu')).toMatchObject({
      port: 8333,
      useTls: false,
      region: 'eu',
    })
  })

  test.each([
    '',
    'x',
    'file:',
    'file://host/x',
    '/var/files',
    'http://a:b@host/bucket',
    's3://host/bucket',
    's3://a@host/bucket',
    's3://a:b@host',
    's3://a:b@host/',
    's3://a:b@host/Bucket',
    's3://a:b@host/bucket/prefix',
    's3://a:b@host/bucket?tls=yes',
    's3://a:b@host/bucket?ssl=0',
    's3://a:b%zz@host/bucket',
    's3://a:b@host:99999/bucket',
  ])('is not %j', (text) => {
    expect(storagePlace(text)).toBeNull()
  })

  test('is shown without its key and secret', () => {
    const place = storagePlace('s3://canary:canary@host/bucket')
    expect(place === null ? '' : shownPlace(place)).toBe('the bucket bucket of host:443')
  })
})
