import type { Owned, Recorded } from '../kernel/sql/kernel-tables.ts'

export interface SpendingTables {
  'daftari.category': Owned & Recorded & { id: string; name: string; name_key: string }
  'daftari.expense': Owned &
    Recorded & {
      id: string
      category_id: string
      amount_minor: bigint
      currency: string
      expense_date: string
      description: string | null
      words: string
      attachment_ids: string[]
    }
  'daftari.expense_word': Owned & { word: string; expense_date: string; expense_id: string }
}
