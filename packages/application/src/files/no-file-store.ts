import { DomainError } from '@daftari/domain'
import type { FileStore } from './file-store.ts'

/** Stands where no store is configured: everything that needs one is refused. */
export const noFileStore: FileStore = {
  storeId: async () => null,
  mark: refuse,
  receive: refuse,
  put: refuse,
  read: refuse,
  stat: refuse,
  delete: refuse,
  list: refuse,
  sweepUnfinished: refuse,
  close: async () => undefined,
}

async function refuse(): Promise<never> {
  throw new DomainError('unavailable', {}, { message: 'No place is configured where files are stored.' })
}
