const ACTOR = 'key:019a9a60-5a00-7000-8000-000000000003'
const MOMENT = '2026-11-21T09:00:00.000Z'

interface SharedExamples {
  readonly actor: string
  readonly money: object
  readonly recorded: object
}

/** Values that the examples of several contexts share, so that all examples describe the same small data set. */
export const shared: SharedExamples = {
  actor: ACTOR,
  money: { amount: '12500.00', currency: 'TZS' },
  recorded: { createdAt: MOMENT, createdBy: ACTOR, updatedAt: MOMENT },
}
