import { expect, it } from 'vitest'
import { instant } from '../kernel/calendar/instant.ts'
import { createFund, type FundId } from './fund.ts'

it('creates a fund in its first version, and says so', () => {
  const id = '019a9a60-5a00-7000-8000-000000000001' as FundId
  const { state, events } = createFund({ id, name: 'Kisima', at: instant(0), by: 'asha' })
  expect(state).toMatchObject({ id, name: 'Kisima', version: 1, createdBy: 'asha' })
  expect(events).toMatchObject([{ type: 'fund.created', aggregateId: id, version: 1, after: state }])
})
