import type { ExpenseGrouping } from '@daftari/application'
import { manualClock } from '@daftari/testing'
import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { openAdapters } from './support/open-adapters.ts'
import { openDatabase } from './support/open-database.ts'
import { seedExpenses } from './support/seed-expenses.ts'

const database = openDatabase()

const COUNT = 100_000
const MOST_MINOR = 100_000_000
const CATEGORIES = 10
const OWNER_ID = '019a9a60-0000-7000-8000-00000000000a'
/** Where a day begins first, last, at a quarter of an hour, and where a clock is turned forward. */
const TIME_ZONES = [
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'Asia/Kathmandu',
  'America/New_York',
  'Africa/Dar_es_Salaam',
]

interface Spent {
  readonly category: number
  readonly day: string
  readonly minor: bigint
}

/** Three leap days among them. */
const DAYS = Array.from({ length: 3650 }, (_, at) =>
  new Date(Date.UTC(2016, 0, 1 + at)).toISOString().slice(0, 10),
)
/** A leap day, the turn of a year, and everything. */
const PERIODS = [{}, { from: '2016-02-29', to: '2016-02-29' }, { from: '2019-12-31', to: '2020-03-01' }]
const seed = Date.now()
const spent = generated()

function generated(): readonly Spent[] {
  const random = fc.sample(
    fc.tuple(fc.nat(CATEGORIES - 1), fc.constantFrom(...DAYS), fc.integer({ min: 1, max: MOST_MINOR })),
    { numRuns: COUNT, seed },
  )
  return random.map(([category, day, minor]) => ({ category, day, minor: BigInt(minor) }))
}

const INSERT = `insert into daftari.expense (owner_id, id, version, category_id, amount_minor, currency, expense_date,
    words, created_at, created_by, updated_at)
  select $1, gen_random_uuid(), 1, ($2::uuid[])[1 + category], minor, 'TZS', day, '', now(), 'seed', now()
  from unnest($3::integer[], $4::bigint[], $5::date[]) as spent (category, minor, day)`

let categoryIds: readonly string[] = []

beforeAll(async () => {
  console.log(`seed ${seed}`)
  const { url } = database()
  categoryIds = (await seedExpenses(url, OWNER_ID, 0)).categoryIds
  const [categories, minors, days] = [
    spent.map(({ category }) => category),
    spent.map(({ minor }) => minor),
    spent.map(({ day }) => day),
  ]
  await database().query(INSERT, [OWNER_ID, categoryIds, categories, minors, days])
})

interface Sum {
  readonly key: string
  readonly count: number
  readonly total: string
}

function sumsBy(key: (one: Spent) => string, fitting: readonly Spent[]): readonly Sum[] {
  const sums = new Map<string, { count: number; minor: bigint }>()
  for (const one of fitting) {
    const { count, minor } = sums.get(key(one)) ?? { count: 0, minor: 0n }
    sums.set(key(one), { count: count + 1, minor: minor + one.minor })
  }
  return sorted([...sums].map(([at, { count, minor }]) => ({ key: at, count, total: amount(minor) })))
}

function sorted(sums: readonly Sum[]): readonly Sum[] {
  return [...sums].sort((one, other) => (one.key < other.key ? -1 : 1))
}

function amount(minor: bigint): string {
  const digits = minor.toString().padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}

const KEYS: Readonly<Record<ExpenseGrouping, (one: Spent) => string>> = {
  category: ({ category }) => categoryIds[category] ?? '',
  month: ({ day }) => day.slice(0, 7),
  day: ({ day }) => day,
}

it.each(TIME_ZONES)(
  `${COUNT} expenses add up to the sums by hand where the owner and the database are in %s`,
  async (timeZone) => {
    const { name, url, query } = database()
    await query(`alter database ${name} set timezone to '${timeZone}'`)
    await query('update daftari.settings set time_zone = $2 where owner_id = $1', [OWNER_ID, timeZone])
    const { books } = openAdapters(url, { clock: manualClock('2026-11-21T09:00:00.000Z') })
    const scope = { ownerId: OWNER_ID, actorId: 'a-tester' }
    for (const period of PERIODS) {
      const { from = '1970-01-01', to = '2100-12-31' } = period
      const fitting = spent.filter(({ day }) => day >= from && day <= to)
      const whole = fitting.reduce((sum, { minor }) => sum + minor, 0n)
      for (const groupBy of ['category', 'month', 'day'] as const) {
        const { groups, total } = await books.expenses.summarise(scope, { groupBy, ...period })
        const found = groups.map(({ key, count, total: sum }) => ({ key, count, total: sum.amount }))
        expect(sorted(found)).toEqual(sumsBy(KEYS[groupBy], fitting))
        expect(total).toEqual({ amount: amount(whole), currency: 'TZS' })
      }
    }
  },
)
