/** The headers of answers that the document names. */
export const describedHeaders = {
  ETag: { type: 'string', description: 'The version, for `If-Match`; of a file the hash, for `If-Range`.' },
  Location: { type: 'string', description: 'Where the record is.' },
  'Content-Disposition': { type: 'string', description: 'A name for the file.' },
  'Content-Security-Policy': { type: 'string', description: 'Keeps a browser from running the file.' },
  'X-Content-Type-Options': {
    type: 'string',
    enum: ['nosniff'],
    description: 'The type is not to be guessed.',
  },
  'Accept-Ranges': { type: 'string', enum: ['bytes'], description: 'Parts may be asked for.' },
  'Content-Range': { type: 'string', description: 'Which part this is.' },
  'Idempotency-Replayed': { type: 'string', enum: ['true'], description: 'This is the first answer again.' },
  'Retry-After': { type: 'string', description: 'Seconds to wait before trying again.' },
} as const

export type HeaderName = keyof typeof describedHeaders
