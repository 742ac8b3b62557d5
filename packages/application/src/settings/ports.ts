import type { LocalDate, Settings } from '@daftari/domain'

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

/** The settings that use cases decide by: read once in five seconds for each owner, known at once where changed. */
export interface OwnerSettings {
  current(ownerId: string): Promise<Settings>
  /** The date at the owner's place, with the settings. */
  today(ownerId: string): Promise<{ readonly today: LocalDate; readonly settings: Settings }>
  /** Reads the owner's settings anew next time. */
  forget(ownerId: string): void
}
