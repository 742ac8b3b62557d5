import { formatInstant, type Owner } from '@daftari/domain'
import { z } from 'zod'
import { nameField, timeZoneField } from '../kernel/input/fields.ts'
import { pageQuery } from '../kernel/input/page-query.ts'

export const createOwnerInput = z.strictObject({ name: nameField, timeZone: timeZoneField })
export type CreateOwnerInput = z.input<typeof createOwnerInput>

export const listOwnersInput = z.strictObject(pageQuery)
export type ListOwnersInput = z.input<typeof listOwnersInput>

export interface OwnerView {
  readonly id: string
  readonly name: string
  readonly timeZone: string
  readonly createdAt: string
  readonly createdBy: string
}

export function ownerJson({ id, name, timeZone, createdAt, createdBy }: Owner): OwnerView {
  return { id, name, timeZone, createdAt: formatInstant(createdAt), createdBy }
}
