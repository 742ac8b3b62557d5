import type { Settings } from '@daftari/domain'

export interface SettingsRepository {
  /** As `SettingsQueries.get`. */
  get(): Promise<Settings>
  /** The first change of an owner's settings expects version 0. */
  update(settings: Settings, expectedVersion: number): void
}

export interface SettingsQueries {
  /** The owner's settings, or the defaults as version 0, in the time zone of the owner's record if there is one. */
  get(ownerId: string): Promise<Settings>
}

/** What a transaction has of this context. */
export interface SettingsTransaction {
  readonly settings: SettingsRepository
}

/** What can be read of this context. */
export interface SettingsReads {
  readonly settings: SettingsQueries
}
