import { type Books, createBooks } from '@daftari/application'
import { createMemoryAdapters, type ManualClock, type MemoryAdapters, manualClock } from '@daftari/testing'
import Fastify, { type FastifyInstance, type InjectOptions, type LightMyRequestResponse } from 'fastify'
import { afterEach } from 'vitest'
import plugin, { type Caller, type CallerScope, openapiDocument } from '../../src/index.ts'
import { witness } from './witness.ts'

export const AMINA = '019a9a60-0000-7000-8000-00000000000a'
export const BARAKA = '019a9a60-0000-7000-8000-00000000000b'

export interface Sending {
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly owner?: string | null
  readonly scopes?: readonly CallerScope[]
}

export type Answer = LightMyRequestResponse

/** The plugin on memory adapters, and a hand that sends requests. Every answer is held to the document. */
export interface TestService {
  readonly app: FastifyInstance
  readonly books: Books
  readonly memory: MemoryAdapters
  readonly clock: ManualClock
  /** A string or a buffer as body goes as it is, anything else as JSON. */
  send(method: InjectOptions['method'] & string, url: string, sending?: Sending): Promise<Answer>
}

// The committed one; another test holds it to the routes.
const document = witness(await openapiDocument())

const open: FastifyInstance[] = []

afterEach(async () => {
  await Promise.all(open.splice(0).map((app) => app.close()))
})

/** `changed` stands in for books that fail where the memory adapters cannot. */
export async function openService(changed = (books: Books): Books => books): Promise<TestService> {
  const clock = manualClock('2026-11-21T09:00:00.000Z')
  const memory = createMemoryAdapters({ clock })
  const books = changed(createBooks(memory))
  const app = Fastify()
  open.push(app)
  await app.register(plugin, { books, authenticate, health: { isReady: () => true } })
  await app.ready()
  return {
    app,
    books,
    memory,
    clock,
    async send(method, url, sending = {}) {
      const answer = await app.inject(requestOf(method, url, sending))
      document.judge(method, url, answer)
      return answer
    },
  }
}

/** `Bearer <ownerId> <scope> …` */
export function authenticate({
  headers,
}: {
  readonly headers: { readonly authorization?: string | undefined }
}): Caller | null {
  const [, ownerId, ...scopes] = headers.authorization?.split(' ') ?? []
  return ownerId === undefined ? null : { ownerId, actorId: 'user:1', scopes: scopes as CallerScope[] }
}

export function requestOf(
  method: InjectOptions['method'] & string,
  url: string,
  { body, headers = {}, owner = AMINA, scopes = ['read', 'write', 'admin'] }: Sending = {},
): InjectOptions {
  const isRaw = typeof body === 'string' || Buffer.isBuffer(body)
  return {
    method: method as NonNullable<InjectOptions['method']>,
    url,
    headers: {
      ...(owner === null ? {} : { authorization: `Bearer ${[owner, ...scopes].join(' ')}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { payload: isRaw ? body : JSON.stringify(body) }),
  }
}

export async function addCategory(
  desk: TestService,
  name = 'Usafiri',
  sending: Sending = {},
): Promise<string> {
  const answer = await desk.send('POST', '/v1/categories', { ...sending, body: { name } })
  return answer.json().id
}

export async function addExpense(
  desk: TestService,
  changes: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const categoryId = changes.categoryId ?? (await addCategory(desk))
  const body = { ...anExpense(String(categoryId)), ...changes }
  const answer = await desk.send('POST', '/v1/expenses', { body })
  return answer.json().id
}

export function anExpense(categoryId: string) {
  return { amount: { amount: '12500', currency: 'TZS' }, categoryId, expenseDate: '2026-11-21' }
}

export function anInvoice(changes: Readonly<Record<string, unknown>> = {}) {
  return {
    supplier: { name: 'Tanesco' },
    number: 'INV-1',
    dueDate: '2026-12-05',
    total: { amount: '100', currency: 'TZS' },
    ...changes,
  }
}

export async function addInvoice(
  desk: TestService,
  changes: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  return (await desk.send('POST', '/v1/invoices', { body: anInvoice(changes) })).json().id
}

export function aPayment(amount: string) {
  return { amount: { amount, currency: 'TZS' }, paidOn: '2026-11-21', method: 'bank' }
}

/** Pays a part of the invoice and says which payment that was. */
export async function addPayment(desk: TestService, invoiceId: string, amount: string): Promise<string> {
  const answer = await desk.send('POST', `/v1/invoices/${invoiceId}/payments`, { body: aPayment(amount) })
  return answer.json().payments.at(-1).id
}

/** What a refusal says, without what belongs to one exchange. */
export function told(answer: Answer): { status: number; code: string; [member: string]: unknown } {
  const { instance: _, requestId: __, ...rest } = answer.json()
  return rest
}
