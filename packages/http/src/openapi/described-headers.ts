/** The response headers that the OpenAPI document describes. */
export const describedHeaders = {
  ETag: {
    type: 'string',
    description: 'The version of a record, for `If-Match`; the hash of a file, for `If-Range`.',
  },
  Location: { type: 'string', description: 'The address of the record.' },
  'Content-Disposition': { type: 'string', description: 'The name of the file.' },
  'Content-Security-Policy': { type: 'string', description: 'Prevents a browser from executing the file.' },
  'X-Content-Type-Options': {
    type: 'string',
    enum: ['nosniff'],
    description: 'Prevents a browser from guessing another content type.',
  },
  'Accept-Ranges': { type: 'string', enum: ['bytes'], description: 'Range requests are supported.' },
  'Content-Range': { type: 'string', description: 'The range of this part.' },
  'Idempotency-Replayed': {
    type: 'string',
    enum: ['true'],
    description: 'This is the stored answer of the first request.',
  },
  'Retry-After': { type: 'string', description: 'Seconds to wait before trying again.' },
} as const

export type HeaderName = keyof typeof describedHeaders
