import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where the bytes of files lie. */
export type StoragePlace = FolderPlace | BucketPlace

export interface FolderPlace {
  readonly kind: 'folder'
  readonly folder: string
}

export interface BucketPlace {
  readonly kind: 'bucket'
  readonly endPoint: string
  readonly port: number
  readonly useTls: boolean
  readonly accessKey: string
  readonly secretKey: string
  readonly bucket: string
  readonly region: string
}

const BUCKET = /^\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/?$/
const PARAMETERS = ['tls', 'region']

/** `file:/var/files`, or `s3://key:secret@host:port/bucket?tls=0&region=…`; `null` for anything else. */
export function storagePlace(text: string): StoragePlace | null {
  try {
    return text.startsWith('file:') ? folderPlace(text) : bucketPlace(new URL(text))
  } catch {
    return null
  }
}

/** What may be shown of it: no key and no secret. */
export function shownPlace(place: StoragePlace): string {
  return place.kind === 'folder'
    ? `the folder ${place.folder}`
    : `the bucket ${place.bucket} of ${place.endPoint}:${place.port}`
}

/** Whether both are one folder or one bucket, whatever key opens it. Two names of one host are not seen through. */
export function isSamePlace(one: StoragePlace, other: StoragePlace): boolean {
  return addressOf(one) === addressOf(other)
}

function addressOf(place: StoragePlace): string {
  return place.kind === 'folder' ? resolve(place.folder) : `${place.endPoint}:${place.port}/${place.bucket}`
}

function folderPlace(text: string): StoragePlace | null {
  const folder = text.startsWith('file://') ? fileURLToPath(text) : decodeURIComponent(text.slice(5))
  return folder === '' ? null : { kind: 'folder', folder }
}

function bucketPlace(url: URL): StoragePlace | null {
  const { protocol, hostname, username, password, pathname, searchParams } = url
  const [, bucket] = BUCKET.exec(pathname) ?? []
  const tls = searchParams.get('tls') ?? '1'
  const isKnown = [...searchParams.keys()].every((name) => PARAMETERS.includes(name))
  const isWhole = protocol === 's3:' && hostname !== '' && username !== '' && password !== ''
  if (!isWhole || bucket === undefined || !isKnown || !['0', '1'].includes(tls)) return null
  const useTls = tls === '1'
  return {
    kind: 'bucket',
    endPoint: hostname,
    port: url.port === '' ? (useTls ? 443 : 80) : Number(url.port),
    useTls,
    accessKey: decodeURIComponent(username),
    secretKey: decodeURIComponent(password),
    bucket,
    region: searchParams.get('region') ?? 'us-east-1',
  }
}
