import type { Instant } from '@daftari/domain'
import type { Owned, Recorded } from '../kernel/sql/kernel-tables.ts'

export interface PayablesTables {
  'daftari.invoice': Owned &
    Recorded & {
      id: string
      status: 'pending' | 'partly_paid' | 'paid' | 'void'
      supplier_name: string
      supplier_tax_id: string | null
      supplier_iban: string | null
      supplier_key: string
      supplier_words: string
      number: string
      number_key: string
      issue_date: string | null
      due_date: string
      currency: string
      total_minor: bigint
      total_hundredths: bigint
      subtotal_minor: bigint | null
      tax_minor: bigint | null
      paid_minor: bigint
      notes: string | null
      words: string
      attachment_ids: string[]
      duplicate_reason: string | null
      void_reason: string | null
      urgency_level: 'overdue' | 'critical' | 'high' | 'medium' | 'low' | null
      urgency_reason: string | null
      urgency_set_by: string | null
      urgency_set_at: Instant | null
    }
  'daftari.invoice_word': Owned & { field: 'all' | 'supplier'; word: string; invoice_id: string }
  'daftari.payment': Owned & {
    id: string
    invoice_id: string
    amount_minor: bigint
    currency: string
    paid_on: string
    method: 'cash' | 'bank' | 'mobile_money' | 'card' | 'cheque'
    reference: string | null
    reversal_reason: string | null
    reversed_at: Instant | null
    reversed_by: string | null
    created_at: Instant
    created_by: string
    updated_at: Instant
  }
}
