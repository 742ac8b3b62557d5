import type { LocalDate, Settings } from '@daftari/domain'

export interface SettingsRepository {
  /** Reads the settings as `SettingsQueries.get` does. */
  get(): Promise<Settings>
  /** Stores a change. The first change of the settings of an owner expects version 0. */
  update(settings: Settings, expectedVersion: number): void
}

export interface SettingsQueries {
  /**
   * Shows the settings of the owner, or the defaults as version 0 before any change. The defaults have the time zone of
   * the owner, if the owner was created.
   */
  get(ownerId: string): Promise<Settings>
}

/** The repositories of this context in a transaction. */
export interface SettingsTransaction {
  readonly settings: SettingsRepository
}

/** The queries of this context. */
export interface SettingsReads {
  readonly settings: SettingsQueries
}

/** A cache of settings for use cases. The settings of an owner are read at most once in five seconds; a change in this process clears the cache. */
export interface OwnerSettings {
  current(ownerId: string): Promise<Settings>
  /** Today's date in the owner's time zone, and the settings. */
  today(ownerId: string): Promise<{ readonly today: LocalDate; readonly settings: Settings }>
  /** Clears the cached settings of the owner, so that the next call reads them again. */
  forget(ownerId: string): void
}
