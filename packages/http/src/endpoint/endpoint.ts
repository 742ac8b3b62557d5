import type { IncomingHttpHeaders } from 'node:http'
import type { Precondition, Scope } from '@daftari/application'
import type { z } from 'zod'
import type { CallerScope } from '../authentication/authentication.ts'
import type { SentFile } from '../files/multipart.ts'
import type { HeaderName } from '../openapi/described-headers.ts'
import type { ProblemCode } from '../problem/problem-code.ts'
import type { Answer, VersionedView } from './answer.ts'
import type { SpooledText } from './spool-text.ts'

/** One HTTP operation: its request, its answers, and the function that runs it. Both the route and the OpenAPI document are made from it. */
export interface Endpoint<Query extends z.ZodObject = z.ZodObject, Body = unknown> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** The path below `/v1`. */
  readonly path: string
  readonly scope: CallerScope
  readonly operationId: string
  readonly tag: string
  readonly summary: string
  readonly description?: string
  readonly query?: Query
  /** The query parameters that take several values, separated by commas. */
  readonly lists?: readonly (keyof z.input<Query> & string)[]
  /** The query parameters that take `true` or `false`. */
  readonly flags?: readonly (keyof z.input<Query> & string)[]
  /** The query parameters that are whole numbers, in addition to `limit`. */
  readonly numbers?: readonly (keyof z.input<Query> & string)[]
  readonly body?: z.ZodType<unknown, Body>
  /** The body is CSV instead of JSON. */
  readonly takesCsv?: true
  /** The body is a multipart form with one file instead of JSON. */
  readonly takesFile?: true
  /** Reads the current record for the answer 412. An operation with it takes `If-Match`. */
  readonly current?: Current
  /** `If-Match` is optional. */
  readonly isVersionOptional?: boolean
  readonly answers: readonly DocumentedAnswer[]
  /** The error codes of this operation. The codes common to all operations of its kind are added. */
  readonly refusals?: readonly ProblemCode[]
  readonly handle: (call: Call<z.output<Query>, Body>) => Promise<Answer>
}

export interface Current {
  readonly view: z.ZodType
  readonly read: (target: Target) => Promise<VersionedView>
}

export interface DocumentedAnswer {
  readonly status: number
  readonly description: string
  readonly view?: z.ZodType
  readonly isCsv?: true
  /** A file of one of these types. */
  readonly fileTypes?: readonly string[]
  readonly headers?: readonly HeaderName[]
}

export interface Target {
  readonly scope: Scope
  /** The id in the path, or the empty string. */
  readonly id: string
  /** The id of the part of the record in the path, or the empty string. */
  readonly partId: string
}

/** A request after its path, query, headers and body were parsed. */
export interface Call<Query, Body> extends Target {
  readonly query: Query
  /** The body as sent. The use case validates it. */
  readonly body: Body
  /** The CSV body, when the operation takes CSV. */
  readonly csv: SpooledText['text']
  readonly precondition: { readonly version?: Precondition }
  /** The file of the form, when the operation takes a file. It can be called once only. */
  readonly file: () => Promise<SentFile>
  readonly headers: IncomingHttpHeaders
  /** `https://host:port` as the client sent it. */
  readonly origin: string
  /** The path of the collection, including the prefixes of the host. */
  readonly url: string
}
