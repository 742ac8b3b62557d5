import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Story } from '../../test/stories/story.ts'
import { exportsOf } from '../../test/support/exports-of.ts'
import { booksWithInvoice, everyEvent, pay, stageFile } from '../../test/support/invoice-books.ts'
import { type OpenBooks, openBooks, tzs } from '../../test/support/open-books.ts'
import { EVENT_TYPES, type EventView, eventSchema, type PublicEventType } from '../index.ts'

async function eventTypes() {
  const { books, scope } = openBooks()
  return (await books.history.eventTypes(scope)).data
}

/** The published schema itself, read back: what a consumer would check against. */
function published(schema: object): z.ZodType {
  return z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0])
}

/** Books in which every event happened that others may hear of. */
async function eventfulBooks(): Promise<OpenBooks> {
  const opened = await booksWithInvoice({ subtotal: tzs('90'), tax: tzs('10'), issueDate: '2026-11-20' })
  const { books, scope, invoice } = opened
  const stories = await exportsOf<Story>(new URL('../../test/stories/', import.meta.url), '-story.ts')
  for (const story of stories) await story(opened)
  const file = await stageFile(opened, scope)
  const target = { invoiceId: invoice.id, version: '*' } as const
  await books.invoices.update(scope, target, { attachmentIds: [file], notes: 'Umeme' })
  await books.invoices.setUrgency(scope, target, { level: 'low', reason: 'Disputed' })
  const paid = await pay(opened, '100')
  const taken = { ...target, paymentId: paid.payments[0]?.id ?? '' }
  await books.invoices.reversePayment(scope, taken, { reason: 'Bounced' })
  await books.invoices.clearUrgency(scope, target)
  await books.invoices.void(scope, target, { reason: 'Wrong' })
  return opened
}

describe('the types of events', () => {
  test('are those that others may hear of, each once', async () => {
    const types = (await eventTypes()).map(({ type }) => type)
    expect(types).toEqual(EVENT_TYPES)
    expect(new Set(types).size).toBe(types.length)
    expect(types).toEqual(expect.arrayContaining(['category.created', 'invoice.paid', 'attachment.stored']))
  })

  test.each(EVENT_TYPES)('%s has an example that is as its schema says', async (name) => {
    const { type, schema, example } = (await eventTypes()).find((one) => one.type === name) ?? {
      type: name,
      schema: {},
      example: null,
    }
    expect(example?.type).toBe(type)
    expect(schema).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema' })
    expect(published(schema).parse(example)).toEqual(example)
    expect(eventSchema(type).parse(example)).toEqual(example)
    expect(JSON.parse(JSON.stringify(example))).toEqual(example)
  })

  test('have schemas that refuse the examples of all others', async () => {
    const types = await eventTypes()
    const accepted = types.flatMap(({ type, schema }) => {
      const fits = published(schema)
      return types.filter(({ example }) => fits.safeParse(example).success).map((other) => [type, other.type])
    })
    expect(accepted).toEqual(EVENT_TYPES.map((type) => [type, type]))
  })

  test('have examples that tell a story: what was before is what came of the event before', async () => {
    const examples = new Map((await eventTypes()).map(({ type, example }) => [type, example]))
    const data = (type: PublicEventType) => examples.get(type)?.data
    expect(data('category.created')?.before).toBeNull()
    expect(data('category.deleted')?.after).toBeNull()
    expect(data('category.updated')?.before).toEqual(data('category.created')?.after)
    expect(data('expense.deleted')?.before).toEqual(data('expense.updated')?.after)
    expect(data('invoice.paid')?.before).toEqual(data('invoice.payment_recorded')?.after)
    expect(data('invoice.payment_reversed')?.before).toEqual(data('invoice.paid')?.after)
    expect(data('invoice.urgency_cleared')?.before).toEqual(data('invoice.urgency_overridden')?.after)
  })

  test('are the same for everybody, whatever is written into an answer', async () => {
    const first = await eventTypes()
    for (const { example } of first) Object.assign(example, { type: 'defaced' })
    expect((await eventTypes()).map(({ example }) => example.type)).toEqual(EVENT_TYPES)
  })
})

describe('every event that really happens', () => {
  test('is as its schema says, in the feed as in the published schema', async () => {
    const opened = await eventfulBooks()
    const events = await everyEvent(opened, opened.scope)
    const schemas = new Map<string, object>((await eventTypes()).map(({ type, schema }) => [type, schema]))
    expect(new Set(events.map(({ type }) => type))).toEqual(new Set(EVENT_TYPES))
    for (const event of events) {
      expect(published(schemas.get(event.type) ?? {}).parse(event)).toEqual(event)
      expect(eventSchema(event.type as PublicEventType).parse(event)).toEqual(event)
    }
  })

  const first = 'expense.created'
  const wrong: readonly [string, (event: EventView) => unknown][] = [
    ['another version of the envelope', (event) => ({ ...event, specversion: '0.3' })],
    ['no record after', ({ data, ...event }) => ({ ...event, data: { ...data, after: null } })],
    ['a record before', ({ data, ...event }) => ({ ...event, data: { ...data, before: data.after } })],
    ['a field less', ({ data, ...event }) => ({ ...event, data: { ...data, after: { id: event.subject } } })],
    ['another aggregate', (event) => ({ ...event, aggregatetype: 'invoice' })],
    ['more than before and after', ({ data, ...event }) => ({ ...event, data: { ...data, more: 1 } })],
    ['a time that is none', (event) => ({ ...event, time: 'now' })],
  ]

  test.each(wrong)('and an event with %s is not', async (_, spoil) => {
    const { schema, example } = (await eventTypes()).find(({ type }) => type === first) ?? {}
    if (schema === undefined || example === undefined) throw new Error(`there is no ${first}`)
    const spoilt = spoil(example)
    expect(published(schema).safeParse(spoilt).success).toBe(false)
    expect(eventSchema(first).safeParse(spoilt).success).toBe(false)
  })
})
