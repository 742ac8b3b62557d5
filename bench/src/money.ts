import { strict as assert } from 'node:assert'
import { type Money, money } from '@daftari/domain'
import { add, allocate, type Dinero, dinero, TZS, toDecimal, toSnapshot } from 'dinero.js'
import { type BenchOptions, inTurns, type Outcome, type Pair, spread, table, timed } from './measure.ts'

interface Case extends Pair {
  readonly name: string
  /** How many times faster than dinero.js we want to be. */
  readonly target: number
}

const MANY = 1_000
// Dinero hands units left over to the first shares, we to those with the largest fractions. Of amounts that end in these
// digits, 50/30/20 leaves nothing, or one unit whose largest fraction is the first, so both must agree.
const AGREEING_ENDINGS = [0, 1, 5, 7]

/** Our money against dinero.js 2, which counts in numbers where we count in bigints. */
export function benchMoney({ isQuick }: BenchOptions): Outcome {
  const rows = [['money', 'ours', 'dinero.js', 'ratio', 'range', 'target', 'verdict']]
  const ratios: string[] = []
  let passed = 0
  const cases = [sumCase(isQuick), textCase(isQuick), allocateCase(isQuick)]
  for (const { name, target, ...pair } of cases) {
    const turns = inTurns(pair, isQuick ? 5 : 15)
    const ratio = spread(turns.map(({ ours, theirs }) => theirs / ours))
    const isFastEnough = ratio.median >= target
    if (isFastEnough) passed++
    ratios.push(times(ratio.median))
    rows.push([
      name,
      nanoseconds(spread(turns.map(({ ours }) => ours)).median),
      nanoseconds(spread(turns.map(({ theirs }) => theirs)).median),
      times(ratio.median),
      `${times(ratio.min)}-${times(ratio.max)}`,
      `>= ${target}x`,
      isFastEnough ? 'ok' : 'MISSED',
    ])
  }
  console.log(table(rows))
  return {
    isReached: passed === cases.length,
    summary: `money ${ratios.join(', ')} as fast as dinero.js`,
  }
}

function sumCase(isQuick: boolean): Case {
  const minors = Array.from({ length: MANY }, (_, index) => index * 37_013 + 101)
  const [ours, theirs] = [minors.map(ourMoney), minors.map(theirMoney)]
  const [sumOurs, sumTheirs] = [() => money.sum(ours, 'TZS'), () => theirs.reduce((a, b) => add(a, b))]
  assert.equal(minor(sumOurs()), minorOf(sumTheirs()))
  const calls = isQuick ? 300 : 1_000
  return {
    name: `sum of ${MANY}`,
    target: 10,
    ours: () => timed(calls, sumOurs),
    theirs: () => timed(calls, sumTheirs),
  }
}

function textCase(isQuick: boolean): Case {
  const minors = Array.from({ length: MANY }, (_, index) => index * 37_013 + 101)
  const texts = minors.map((value) => money.formatAmount(ourMoney(value)))
  const [our, their] = [ourMoney(1_005), theirMoney(1_005)]
  const ours = (call: number): string => {
    const parsed = money.parseAmount(texts[call % MANY] ?? '', 'TZS')
    assert.ok(parsed)
    return money.formatAmount(money.add(parsed, our))
  }
  // Dinero has nothing that parses: it is given the minor units.
  const theirs = (call: number): string => toDecimal(add(theirMoney(minors[call % MANY] ?? 0), their))
  for (let call = 0; call < MANY; call++) assert.equal(ours(call), theirs(call))
  const calls = isQuick ? 30_000 : 100_000
  return {
    name: 'parse + add + format',
    target: 4,
    ours: () => timed(calls, ours),
    theirs: () => timed(calls, theirs),
  }
}

function allocateCase(isQuick: boolean): Case {
  const minors = Array.from(
    { length: MANY },
    (_, index) => index * 7_930 + (AGREEING_ENDINGS[index % AGREEING_ENDINGS.length] ?? 0),
  )
  const [wholes, theirWholes] = [minors.map(ourMoney), minors.map(theirMoney)]
  const [weights, ratios] = [
    [50n, 30n, 20n],
    [50, 30, 20],
  ]
  const nothing = [ourMoney(0), theirMoney(0)] as const
  const ours = (call: number): Money[] => money.allocate(wholes[call % MANY] ?? nothing[0], weights)
  const theirs = (call: number): Dinero<number>[] => allocate(theirWholes[call % MANY] ?? nothing[1], ratios)
  for (let call = 0; call < MANY; call++) assert.deepEqual(ours(call).map(minor), theirs(call).map(minorOf))
  const calls = isQuick ? 30_000 : 100_000
  return {
    name: 'allocate 50/30/20',
    target: 5,
    ours: () => timed(calls, ours),
    theirs: () => timed(calls, theirs),
  }
}

function ourMoney(amountMinor: number): Money<'TZS'> {
  return money.of(BigInt(amountMinor), 'TZS')
}

function theirMoney(amount: number): Dinero<number> {
  return dinero({ amount, currency: TZS })
}

function minor(amount: Money): bigint {
  return amount.amountMinor
}

function minorOf(amount: Dinero<number>): bigint {
  return BigInt(toSnapshot(amount).amount)
}

function nanoseconds(value: number): string {
  return value < 10_000 ? `${value.toFixed(0)} ns` : `${(value / 1_000).toFixed(1)} us`
}

function times(value: number): string {
  return `${value.toFixed(1)}x`
}
