import { createBooks, type ListExpensesInput } from '@daftari/application'
import { foldWords } from '@daftari/domain'
import { aScope, createMemoryAdapters, manualClock } from '@daftari/testing'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { openAdapters } from './support/open-adapters.ts'
import { openDatabase } from './support/open-database.ts'

const database = openDatabase()
const clock = manualClock('2026-11-21T09:00:00.000Z')

/** Each with something that folding, sorting or cutting could get wrong. */
const SCRIPTS = [
  'Nauli ya DALADALA, Ünïcode Çay Łódź Straße İstanbul ıspanak',
  'ΟΔΟΣ οδός ὈΔΌΣ Ἀθῆναι',
  'Транспорт Ёлка ТРАНСПОРТ й',
  'דמי נסיעה שָׁלוֹם',
  'أجرة الحافلة مُحَمَّد ٢٠٢٦ ۲۰۲۶',
  'बस का किराया हिन्दी क्षेत्र',
  'பேருந்து கட்டணம்',
  'ค่ารถเมล์ น้ำ',
  'የአውቶቡስ ክፍያ',
  'バス代 ﾊﾞｽ ばす 公共汽車 巴士',
  '버스 요금 한글 한글',
  'ＢＵＳ １２３ ﬁsh ½ ² Ⅷ',
  '𝐁𝐮𝐬 𐐀𐐨 🚌 a🚌b 𠮷野家',
  'A\u0301rbol árbol z\u0308 e\u200dx soft\u00adhyphen',
]

const pieces = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...SCRIPTS.flatMap((text) => text.split(' '))) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }) },
)
const descriptions = fc.array(pieces, { minLength: 1, maxLength: 5 }).map((some) => some.join(' ').trim())

const RANDOM = 150

it('finds text of every script by every beginning of its words, in memory as on PostgreSQL', async () => {
  const seed = Date.now()
  console.log(`seed ${seed}`)
  const random = fc.sample(descriptions, { numRuns: RANDOM, seed })
  const all = [...SCRIPTS, ...random].filter((text) => text !== '' && isTaken(text))
  const { ports } = openAdapters(database().plainUrl, { clock })
  const sides = [createBooks(createMemoryAdapters({ clock })), createBooks(ports)]
  const scope = aScope()
  const looks: ((input: ListExpensesInput) => Promise<readonly (string | null)[]>)[] = []
  for (const books of sides) {
    const { id: categoryId } = await books.categories.create(scope, { name: 'Usafiri' })
    const items = all.map((description, at) => ({
      amount: { amount: String(at + 1), currency: 'TZS' },
      categoryId,
      expenseDate: '2026-11-20',
      description,
    }))
    await books.expenses.createMany(scope, { items })
    looks.push(async (input) => {
      const { data } = await books.expenses.list(scope, { sort: 'amount', limit: 100, ...input })
      return data.map(({ description }) => description)
    })
  }
  const [inMemory, onPostgres] = looks
  let found = 0
  for (const q of beginnings(all)) {
    const expected = await inMemory?.({ q })
    expect(await onPostgres?.({ q }), q).toEqual(expected)
    found += expected?.length ?? 0
  }
  expect(found).toBeGreaterThan(SCRIPTS.length)
})

/** Of every word of the scripts, in capitals too, and of a few that came by chance. */
function beginnings(all: readonly string[]): ReadonlySet<string> {
  const words = all.slice(0, SCRIPTS.length * 3).flatMap(foldWords)
  const starts = words.flatMap((word) => {
    const signs = [...word]
    return [signs.slice(0, 1), signs.slice(0, 2), signs].map((some) => some.join(''))
  })
  return new Set(
    [...starts, ...words.map((word) => word.toUpperCase())].filter((q) => foldWords(q).length > 0),
  )
}

/** What a description may not hold is refused on both sides; here it would refuse the others, too. */
function isTaken(text: string): boolean {
  return text.isWellFormed() && !/[\p{Cc}\p{Cs}]/u.test(text)
}
