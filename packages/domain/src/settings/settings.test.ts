import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { refusalOf } from '../../test/refusal-of.ts'
import { instant } from '../kernel/calendar/instant.ts'
import type { TimeZone } from '../kernel/calendar/time-zone.ts'
import type { Currency } from '../kernel/money/currency.ts'
import { of } from '../kernel/money/money.ts'
import { changeSettings, defaultSettings, type SettingsChange } from './settings.ts'

const [at, later] = [instant(1_000), instant(2_000)]
const defaults = defaultSettings('owner')

function change(wanted: SettingsChange, { settings = defaults, hasExpenses = false } = {}) {
  return changeSettings(settings, wanted, { hasExpenses, at, by: 'amina' })
}

function faultsOf(wanted: SettingsChange, context = {}) {
  const { code, details } = refusalOf(() => change(wanted, context))
  expect(code).toBe('validation_failed')
  return (details as { errors: unknown }).errors
}

describe('the settings of an owner', () => {
  test('before anybody changed anything are version 0 with the defaults', () => {
    expect(defaults).toEqual({
      id: 'owner',
      version: 0,
      timeZone: 'Africa/Dar_es_Salaam',
      baseCurrency: 'TZS',
      expensePolicy: { min: of(1n, 'TZS'), max: of(100_000_000n, 'TZS') },
      urgencyDays: { critical: 7, high: 14, medium: 30 },
      maxCategories: 100,
      createdAt: null,
      createdBy: null,
      updatedAt: null,
    })
  })

  test('become version 1 by the first change, which counts as their creation', () => {
    const state = {
      ...defaults,
      maxCategories: 7,
      version: 1,
      createdAt: at,
      createdBy: 'amina',
      updatedAt: at,
    }
    expect(change({ maxCategories: 7 })).toEqual({
      state,
      events: [
        {
          type: 'settings.updated',
          aggregateType: 'settings',
          aggregateId: 'owner',
          version: 1,
          at,
          before: defaults,
          after: state,
        },
      ],
    })
  })

  test('remember by later changes who made the first and when', () => {
    const first = change({ maxCategories: 7 }).state
    const context = { hasExpenses: true, at: later, by: 'juma' }
    const { state, events } = changeSettings(first, { maxCategories: 8 }, context)
    expect(state).toEqual({ ...first, maxCategories: 8, version: 2, updatedAt: later })
    expect(events).toEqual([expect.objectContaining({ version: 2, at: later, before: first, after: state })])
  })

  test.each<[string, SettingsChange, object]>([
    ['time zone', { timeZone: 'Europe/Brussels' as TimeZone }, { timeZone: 'Europe/Brussels' }],
    ['number of categories', { maxCategories: 101 }, { maxCategories: 101 }],
    [
      'least amount',
      { expensePolicy: { min: '0.02' } },
      { expensePolicy: { min: of(2n, 'TZS'), max: of(100_000_000n, 'TZS') } },
    ],
    [
      'highest amount',
      { expensePolicy: { max: '1000000.01' } },
      { expensePolicy: { min: of(1n, 'TZS'), max: of(100_000_001n, 'TZS') } },
    ],
    [
      'critical days',
      { urgencyDays: { critical: 8 } },
      { urgencyDays: { critical: 8, high: 14, medium: 30 } },
    ],
    ['high days', { urgencyDays: { high: 15 } }, { urgencyDays: { critical: 7, high: 15, medium: 30 } }],
    ['medium days', { urgencyDays: { medium: 31 } }, { urgencyDays: { critical: 7, high: 14, medium: 31 } }],
  ])('change their %s alone, and keep the rest', (_, wanted, changed) => {
    const { state, events } = change(wanted)
    expect(state).toEqual({
      ...defaults,
      ...changed,
      version: 1,
      createdAt: at,
      createdBy: 'amina',
      updatedAt: at,
    })
    expect(events).toHaveLength(1)
  })

  test('are not changed by what they say already, nor by nothing', () => {
    const same: SettingsChange = {
      timeZone: defaults.timeZone,
      baseCurrency: 'TZS',
      expensePolicy: { min: '0.01', max: '1000000' },
      urgencyDays: { critical: 7, high: 14, medium: 30 },
      maxCategories: 100,
    }
    for (const wanted of [same, {}, { expensePolicy: {}, urgencyDays: {} }, { maxCategories: undefined }]) {
      const decision = change(wanted, { hasExpenses: true })
      expect(decision.events).toEqual([])
      expect(decision.state).toBe(defaults)
    }
  })

  test('take an undefined entry for one that is not given', () => {
    const urgencyDays = { critical: undefined, high: 20, medium: undefined }
    expect(change({ urgencyDays }).state.urgencyDays).toEqual({ critical: 7, high: 20, medium: 30 })
  })
})

describe('the days of urgency', () => {
  const mustRise = {
    pointer: '/urgencyDays',
    code: 'text_invalid',
    detail: 'critical must be less than high, and high less than medium',
  }

  test.each([
    { critical: 14 },
    { critical: 15 },
    { high: 30 },
    { high: 31 },
    { high: 7 },
    { medium: 14 },
    { critical: 5, high: 5, medium: 5 },
  ])('refuse %j beside 7, 14 and 30, for they must rise strictly', (urgencyDays) => {
    expect(faultsOf({ urgencyDays })).toEqual([mustRise])
  })

  test('are accepted exactly when they rise strictly', () => {
    const days = fc.integer({ min: 0, max: 5 })
    fc.assert(
      fc.property(days, days, days, (critical, high, medium) => {
        const urgencyDays = { critical, high, medium }
        const rises = critical < high && high < medium
        if (rises) expect(change({ urgencyDays }).state.urgencyDays).toEqual(urgencyDays)
        else expect(faultsOf({ urgencyDays })).toEqual([mustRise])
      }),
    )
  })
})

describe('the expense policy', () => {
  test('may allow one amount only', () => {
    const { expensePolicy } = change({ expensePolicy: { min: '5', max: '5.00' } }).state
    expect(expensePolicy).toEqual({ min: of(500n, 'TZS'), max: of(500n, 'TZS') })
  })

  test('refuses a least above the most, also when only one of them is given', () => {
    const crossed = {
      pointer: '/expensePolicy/min',
      code: 'amount_invalid',
      detail: 'min must not be greater than max',
    }
    expect(faultsOf({ expensePolicy: { min: '5.01', max: '5.00' } })).toEqual([crossed])
    expect(faultsOf({ expensePolicy: { min: '1000000.01' } })).toEqual([crossed])
    const settings = change({ expensePolicy: { min: '2' } }).state
    expect(faultsOf({ expensePolicy: { max: '1.99' } }, { settings })).toEqual([crossed])
    const unreadable = faultsOf({ expensePolicy: { min: 'two', max: '1.99' } }, { settings })
    expect(unreadable).toEqual([expect.objectContaining({ detail: 'two is not a positive amount in TZS' })])
  })

  test.each(['0', '0.00', '-1', '1e3', '', ' 1', '0.001', '5.000', '1.', '.5', '1,000'])(
    'refuses the limit %j',
    (text) => {
      const fault = (bound: string) => ({
        pointer: `/expensePolicy/${bound}`,
        code: 'amount_invalid',
        detail: `${text} is not a positive amount in TZS`,
      })
      expect(faultsOf({ expensePolicy: { min: text } })).toEqual([fault('min')])
      expect(faultsOf({ expensePolicy: { max: text, min: text } })).toEqual([fault('min'), fault('max')])
    },
  )

  test('and the days of urgency are judged together', () => {
    const faults = faultsOf({ expensePolicy: { min: '0' }, urgencyDays: { critical: 99 } })
    expect(faults).toEqual([
      expect.objectContaining({ pointer: '/expensePolicy/min' }),
      expect.objectContaining({ pointer: '/urgencyDays' }),
    ])
  })
})

describe('the base currency', () => {
  test('may change before the first expense, and the limits keep their figures', () => {
    const { state } = change({ baseCurrency: 'EUR' })
    expect(state.baseCurrency).toBe('EUR')
    expect(state.expensePolicy).toEqual({ min: of(1n, 'EUR'), max: of(100_000_000n, 'EUR') })
  })

  test('without decimals refuses a limit that it cannot write', () => {
    expect(faultsOf({ baseCurrency: 'JPY' })).toEqual([
      {
        pointer: '/expensePolicy/min',
        code: 'amount_invalid',
        detail: '0.01 is not a positive amount in JPY',
      },
    ])
  })

  test('without decimals keeps a limit of whole figures', () => {
    const { state } = change({ baseCurrency: 'JPY', expensePolicy: { min: '1' } })
    expect(state.expensePolicy).toEqual({ min: of(1n, 'JPY'), max: of(1_000_000n, 'JPY') })
  })

  test('with decimals reads the limits of one without', () => {
    const settings = change({ baseCurrency: 'JPY', expensePolicy: { min: '10' } }).state
    const { state } = change({ baseCurrency: 'TZS' }, { settings })
    expect(state.expensePolicy).toEqual({ min: of(1_000n, 'TZS'), max: of(100_000_000n, 'TZS') })
  })

  test.each(['1.0', '1.00'])('without decimals refuses %s where it is given for a limit', (min) => {
    expect(faultsOf({ baseCurrency: 'JPY', expensePolicy: { min } })).toEqual([
      expect.objectContaining({ pointer: '/expensePolicy/min', code: 'amount_invalid' }),
    ])
  })

  test('reads the limits that come with the change in the new currency', () => {
    const { state } = change({ baseCurrency: 'UGX', expensePolicy: { min: '500', max: '9000000' } })
    expect(state.expensePolicy).toEqual({ min: of(500n, 'UGX'), max: of(9_000_000n, 'UGX') })
  })

  test('keeps its figures on every way between currencies of two decimals', () => {
    const two = fc.constantFrom<Currency>('TZS', 'EUR', 'USD', 'KES')
    fc.assert(
      fc.property(two, two, (one, other) => {
        const settings = change({ baseCurrency: one }).state
        const { min, max } = change({ baseCurrency: other }, { settings }).state.expensePolicy
        expect([min.amountMinor, max.amountMinor]).toEqual([1n, 100_000_000n])
        expect([min.currency, max.currency]).toEqual([other, other])
      }),
    )
  })

  test('is frozen by expenses, which does not freeze the rest', () => {
    const refusal = refusalOf(() => change({ baseCurrency: 'EUR', maxCategories: 5 }, { hasExpenses: true }))
    expect(refusal).toEqual({ code: 'base_currency_frozen', details: { baseCurrency: 'TZS' } })
    expect(change({ maxCategories: 5 }, { hasExpenses: true }).state.maxCategories).toBe(5)
  })

  test('that is frozen is told after the faults of the input', () => {
    const wanted: SettingsChange = { baseCurrency: 'EUR', urgencyDays: { critical: 99 } }
    expect(refusalOf(() => change(wanted, { hasExpenses: true })).code).toBe('validation_failed')
  })
})
