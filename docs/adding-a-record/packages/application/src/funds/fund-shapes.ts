import type { Fund } from '@daftari/domain'
import { z } from 'zod'
import { nameField } from '../kernel/input/fields.ts'
import { once } from '../kernel/input/once.ts'
import { pageQuery } from '../kernel/input/page-query.ts'
import { recordedJson, recordedView } from '../kernel/input/views.ts'

export const createFundInput = z.strictObject({ name: nameField }).meta({ title: 'NewFund' })
export type CreateFundInput = z.input<typeof createFundInput>

export const listFundsInput = z.strictObject(pageQuery)
export type ListFundsInput = z.input<typeof listFundsInput>

export const fundView = once(() =>
  z.object({ id: z.uuid(), version: z.int(), name: z.string(), ...recordedView() }).meta({ title: 'Fund' }),
)
export type FundView = Readonly<z.output<ReturnType<typeof fundView>>>

export function fundJson(fund: Fund): FundView {
  const { id, version, name } = fund
  return { id, version, name, ...recordedJson(fund) }
}
