import type { IncomingHttpHeaders } from 'node:http'
import type { Precondition, Scope } from '@daftari/application'
import type { z } from 'zod'
import type { CallerScope } from '../authentication/authentication.ts'
import type { SentFile } from '../files/multipart.ts'
import type { HeaderName } from '../openapi/described-headers.ts'
import type { ProblemCode } from '../problem/problem-code.ts'
import type { Answer, VersionedView } from './answer.ts'
import type { SpooledText } from './spool-text.ts'

/** One operation: how it is asked for, what it answers, and how it is carried out. Routes and documents come from it. */
export interface Endpoint<Query extends z.ZodObject = z.ZodObject, Body = unknown> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below `/v1`. */
  readonly path: string
  readonly scope: CallerScope
  readonly operationId: string
  readonly tag: string
  readonly summary: string
  readonly description?: string
  readonly query?: Query
  /** The query parameters that take several values, with commas. */
  readonly lists?: readonly (keyof z.input<Query> & string)[]
  /** The query parameters that take `true` or `false`. */
  readonly flags?: readonly (keyof z.input<Query> & string)[]
  /** The query parameters that are whole numbers, beside `limit`. */
  readonly numbers?: readonly (keyof z.input<Query> & string)[]
  readonly body?: z.ZodType<unknown, Body>
  /** Text in CSV instead of JSON. */
  readonly takesCsv?: true
  /** A form with one file instead of JSON. */
  readonly takesFile?: true
  /** The record as it stands. An operation that has it takes `If-Match`. */
  readonly current?: Current
  /** Takes `If-Match`, and goes without. */
  readonly isVersionOptional?: boolean
  readonly answers: readonly DocumentedAnswer[]
  /** The codes of its own; those that every operation of its kind has are added. */
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
  /** What the path names, or the empty string. */
  readonly id: string
  /** What the path names inside the record, or the empty string. */
  readonly partId: string
}

/** A request after everything was read that can be read without the books. */
export interface Call<Query, Body> extends Target {
  readonly query: Query
  /** As sent: the use case judges it. */
  readonly body: Body
  /** What was sent as CSV, where that is taken. */
  readonly csv: SpooledText['text']
  readonly precondition: { readonly version?: Precondition }
  /** The file of the form, where one is taken. It can be asked for once. */
  readonly file: () => Promise<SentFile>
  readonly headers: IncomingHttpHeaders
  /** `https://host:port`, as the client wrote it. */
  readonly origin: string
  /** Where the collection is, under the prefixes of the host. */
  readonly url: string
}
