import {
  type Currency,
  DomainError,
  defaultSettings,
  formatInstant,
  type Instant,
  money,
  type Settings,
  type TimeZone,
} from '@daftari/domain'
import { UnknownOwner } from '../kernel/owner/unknown-owner.ts'
import type { VersionedWrite, WriteKind } from '../kernel/session/table-writes.ts'

interface SettingsRow {
  readonly owner_id: string
  readonly version: number
  readonly time_zone: string
  readonly base_currency: string
  readonly min_minor: bigint
  readonly max_minor: bigint
  readonly critical_days: number
  readonly high_days: number
  readonly medium_days: number
  readonly max_categories: number
  readonly created_at: Instant | null
  readonly created_by: string | null
  readonly updated_at: Instant | null
}

export const SETTINGS = `select owner_id, version, time_zone, base_currency, min_minor, max_minor, critical_days,
  high_days, medium_days, max_categories, created_at, created_by, updated_at
  from daftari.settings where owner_id = $1`

const UPDATE = `with touched as (
    update daftari.settings set version = $3, time_zone = $4, base_currency = $5, min_minor = $6, max_minor = $7,
      critical_days = $8, high_days = $9, medium_days = $10, max_categories = $11, created_at = $12,
      created_by = $13, updated_at = $14
    where owner_id = $1 and version = $2 returning 1)
  select daftari.require_rows((select count(*) from touched), 1, 'settings', $1::text)`

export const updateSettings: WriteKind<VersionedWrite<Settings>> = {
  isAlone: true,
  idOf: ({ state }) => state.id,
  missed: (id, cause) =>
    new UnknownOwner(id, new DomainError('concurrent_change', { kind: 'settings', id }, { cause })),
  statement(ownerId, [row]) {
    if (row === undefined) throw new Error('settings are written alone')
    const { state, expectedVersion } = row
    const { min, max } = state.expensePolicy
    const { critical, high, medium } = state.urgencyDays
    const values = [
      ownerId,
      expectedVersion,
      state.version,
      state.timeZone,
      state.baseCurrency,
      min.amountMinor,
      max.amountMinor,
      critical,
      high,
      medium,
      state.maxCategories,
      time(state.createdAt),
      state.createdBy,
      time(state.updatedAt),
    ]
    return { text: UPDATE, values }
  },
  async refusal({ constraint, ownerId, cause, look }) {
    if (constraint !== 'expense_currency_fk') return null
    const [row] = await look<SettingsRow>({ text: SETTINGS, values: [ownerId] })
    return new DomainError('base_currency_frozen', { baseCurrency: row?.base_currency ?? '' }, { cause })
  },
}

export function settingsOf(row: SettingsRow | undefined, ownerId: string): Settings {
  if (row === undefined) return defaultSettings(ownerId)
  const currency = row.base_currency as Currency
  return {
    id: row.owner_id,
    version: row.version,
    timeZone: row.time_zone as TimeZone,
    baseCurrency: currency,
    expensePolicy: { min: money.of(row.min_minor, currency), max: money.of(row.max_minor, currency) },
    urgencyDays: { critical: row.critical_days, high: row.high_days, medium: row.medium_days },
    maxCategories: row.max_categories,
    createdAt: row.created_at,
    createdBy: row.created_by,
    updatedAt: row.updated_at,
  }
}

function time(at: Instant | null): string | null {
  return at === null ? null : formatInstant(at)
}
