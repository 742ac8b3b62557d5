// kill-s3.ts ACCESS BUCKET SPOOL KEY STEP: stores a file of three parts in the bucket, and is killed before the request of
// that number. Prints what it had done by then.

import http from 'node:http'
import https from 'node:https'
import { createS3FileStore } from '../../src/s3/s3-file-store.ts'
import { asKey } from '../support/as-key.ts'
import { PDF, received, someBytes } from '../support/files.ts'
import type { S3Access } from '../support/s3-server.ts'

const [accessJson = '', bucket = '', spoolFolder = '', key = '', step] = process.argv.slice(2)
const access: S3Access = JSON.parse(accessJson)
let left = Number(step)

const protocol = access.useTls ? https : http
const send = protocol.request
Reflect.set(protocol, 'request', (options: http.RequestOptions) => {
  left -= 1
  if (left === 0) process.kill(process.pid, 'SIGKILL')
  return send(options)
})

const files = createS3FileStore({ ...access, bucket, spoolFolder })
await files.put(asKey(key), await received(files, someBytes(12 * 2 ** 20)), PDF)
console.log('stored')
await files.close()
