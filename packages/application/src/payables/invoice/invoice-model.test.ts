import fc from 'fast-check'
import { expect, test } from 'vitest'
import { everyPage } from '../../../test/support/every-page.ts'
import { foretell } from '../../../test/support/foretell.ts'
import { everyEvent } from '../../../test/support/invoice-books.ts'
import { type ModelInvoice, type ModelWorld, modelView } from '../../../test/support/invoice-model.ts'
import { type Step, step } from '../../../test/support/invoice-steps.ts'
import { type OpenBooks, openBooks, TODAY } from '../../../test/support/open-books.ts'
import { perform } from '../../../test/support/perform-step.ts'
import { EVENT_TYPES, eventSchema } from '../../index.ts'

const told = new Map<string, number>()

// Made once: a schema takes far longer to make than to hold one event to.
const schemas = new Map<string, ReturnType<typeof eventSchema>>(
  EVENT_TYPES.map((type) => [type, eventSchema(type)]),
)

class Command implements fc.AsyncCommand<ModelInvoice[], OpenBooks> {
  readonly #step: Step

  constructor(one: Step) {
    this.#step = one
  }

  check(): boolean {
    return true
  }

  async run(model: ModelInvoice[], opened: OpenBooks): Promise<void> {
    opened.clock.advance(1)
    const answer = await perform(opened, model, this.#step)
    const { ownerId } = opened[this.#step.by]
    expect(answer).toEqual(foretell(model, this.#step, ownerId, worldOf(opened), answer))
    const outcome = `${this.#step.do}: ${'refused' in answer ? answer.refused : 'done'}`
    told.set(outcome, (told.get(outcome) ?? 0) + 1)
  }

  toString(): string {
    return JSON.stringify(this.#step)
  }
}

function worldOf({ clock }: OpenBooks): ModelWorld {
  return { today: TODAY, now: new Date(clock.now()).toISOString() }
}

async function expectWhole(opened: OpenBooks, model: readonly ModelInvoice[]): Promise<void> {
  for (const scope of [opened.scope, opened.stranger]) {
    const own = model.filter(({ ownerId }) => ownerId === scope.ownerId)
    const rows = await everyPage((page) => opened.books.invoices.list(scope, { sort: '-createdAt', ...page }))
    const views = own.map((invoice) => modelView(invoice, 'amina', worldOf(opened)))
    expect(rows).toEqual(views.toReversed())
    const events = await everyEvent(opened, scope)
    const versions = events.map(({ subject, aggregateversion }) => `${subject} ${aggregateversion}`)
    const expected = own.flatMap(({ id, version }) =>
      Array.from({ length: version }, (_, index) => `${id} ${index + 1}`),
    )
    expect(versions.toSorted()).toEqual(expected.toSorted())
    for (const event of events) expect(schemas.get(event.type)?.parse(event)).toEqual(event)
  }
}

// Enough to do something with from the first command on.
const START: readonly Step[] = ['S-1', 'S-2'].map((number) => ({
  do: 'create',
  by: 'scope',
  facts: {
    name: 'Tanesco',
    taxId: null,
    number,
    dueDate: '2026-12-05',
    total: 200,
    subtotal: null,
    tax: null,
    notes: null,
    duplicateReason: null,
  },
}))

test('whatever is done in whatever order, the books answer as the model says, refusals included', async () => {
  const commands = fc.commands([step.map((one) => new Command(one))], { maxCommands: 50, size: 'max' })
  await fc.assert(
    fc.asyncProperty(commands, async (list) => {
      const opened = openBooks()
      // One actor writes in both books, so that the model need not tell who did what.
      const stranger = { ...opened.stranger, actorId: opened.scope.actorId }
      const model: ModelInvoice[] = []
      const real = { ...opened, stranger }
      for (const one of START) await new Command(one).run(model, real)
      await fc.asyncModelRun(() => ({ model, real }), list)
      await expectWhole(real, model)
    }),
    { numRuns: 1_000 },
  )
  expect([...told.keys()].toSorted()).toEqual(everyOutcome().toSorted())
})

/** So that the runs above met every refusal there is. */
function everyOutcome(): string[] {
  const closed = ['invoice_void', 'invoice_already_settled']
  const always = ['done', 'not_found', 'concurrent_change']
  const seen = (what: string, ...outcomes: string[]) => outcomes.map((outcome) => `${what}: ${outcome}`)
  return [
    ...seen('create', 'done', 'validation_failed', 'invoice_probable_duplicate'),
    ...seen('pay', ...always, 'validation_failed', 'payment_exceeds_balance', ...closed),
    ...seen('reverse', ...always, 'precondition_required', 'payment_already_reversed', 'invoice_void'),
    ...seen('change', ...always, 'precondition_required', 'validation_failed', 'invoice_void'),
    ...seen('change', 'amount_frozen', 'invoice_probable_duplicate'),
    ...seen('hurry', ...always, 'precondition_required', ...closed),
    ...seen('calm', ...always, 'precondition_required', ...closed),
    ...seen('void', ...always, 'precondition_required', 'validation_failed', 'invoice_void'),
    ...seen('void', 'invoice_has_payments'),
  ]
}
