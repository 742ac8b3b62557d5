/** So many events of one aggregate follow upon each other. */
export const BURST = 10

/** One event, as it is stored and sent. Whoever knows the aggregate and the version knows every byte of the text. */
export interface Body {
  readonly eventId: string
  readonly aggregateId: string
  readonly version: number
  readonly text: string
}

/** The events of `bursts` aggregates that no other run has. */
export function bodies(run: number, bursts: number): readonly Body[] {
  return Array.from({ length: bursts }, (_, burst) => burstOf(aggregateIdOf(run, burst))).flat()
}

/** All events of one aggregate, in order. */
function burstOf(aggregateId: string): readonly Body[] {
  return Array.from({ length: BURST }, (_, index) => bodyOf(aggregateId, index + 1))
}

export function bodyOf(aggregateId: string, version: number): Body {
  const eventId = `0e${aggregateId.slice(2, 15)}${version.toString(16).padStart(3, '0')}${aggregateId.slice(18)}`
  const record = (amount: string): Record<string, unknown> => ({
    id: aggregateId,
    version,
    categoryId: '0c000000-0000-7000-8000-000000000001',
    amount: { amount, currency: 'TZS' },
    expenseDate: '2024-06-30',
    description: 'Nauli ya dala dala, Kariakoo',
    createdAt: '2024-06-30T09:00:00.000Z',
    createdBy: 'bench',
    updatedAt: '2024-06-30T09:00:00.000Z',
  })
  const text = JSON.stringify({
    specversion: '1.0',
    id: eventId,
    source: '/daftari',
    type: 'expense.updated',
    subject: aggregateId,
    time: '2024-06-30T09:00:00.000Z',
    datacontenttype: 'application/json',
    aggregatetype: 'expense',
    aggregateversion: version,
    actor: 'bench',
    data: { before: record(`${version}.00`), after: record(`${version + 1}.00`) },
  })
  return { eventId, aggregateId, version, text }
}

function aggregateIdOf(run: number, burst: number): string {
  return `0a000000-${run.toString(16).padStart(4, '0')}-7000-8000-${burst.toString(16).padStart(12, '0')}`
}
