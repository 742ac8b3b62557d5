import { type Books, createBooks, type Scope } from '@daftari/application'
import { aScope } from '@daftari/testing'
import { onTestFinished } from 'vitest'
import { createPostgresAdapters, type PostgresAdapters, type PostgresOptions } from '../../src/index.ts'

export interface Opened {
  readonly ports: PostgresAdapters
  readonly books: Books
  /** Of an owner who has nothing yet. */
  readonly scope: Scope
}

/** Adapters that are closed when the test ends. */
export function openAdapters(connectionString: string, options: Partial<PostgresOptions> = {}): Opened {
  const ports = createPostgresAdapters({ connectionString, ...options })
  onTestFinished(() => ports.close())
  return { ports, books: createBooks(ports), scope: aScope() }
}
