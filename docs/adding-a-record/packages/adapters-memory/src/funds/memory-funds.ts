import type { Queries, Transaction } from '@daftari/application'
import { compareText, type Fund } from '@daftari/domain'
import { frozenCopy } from '../kernel/frozen-copy.ts'
import { pageOfRows } from '../kernel/keyset.ts'
import type { MemorySession } from '../kernel/memory-session.ts'
import { insertRow } from '../kernel/memory-writes.ts'
import { type OwnTable, ownTable } from '../kernel/own-tables.ts'
import type { MemoryStore } from '../memory-books.ts'

const fundTable: OwnTable<Fund> = ownTable('fund')

export function memoryFundRepository(session: MemorySession): Transaction['funds'] {
  return {
    find: async (id) => session.flush().own.of(fundTable).get(id),
    insert(given) {
      const fund = frozenCopy(given)
      session.stage(({ own }) => insertRow(own.of(fundTable), fund))
    },
  }
}

const byId = {
  positionOf: ({ id }: Fund) => ({ key: id, id }),
  compareKeys: compareText,
  readKey: (key: string) => key,
  isDescending: false,
}

export function memoryFundQueries(store: MemoryStore): Queries['funds'] {
  return {
    find: async (ownerId, id) => store(ownerId).own.of(fundTable).get(id),
    list: async (ownerId, page) => pageOfRows(store(ownerId).own.of(fundTable).values(), byId, page),
  }
}
