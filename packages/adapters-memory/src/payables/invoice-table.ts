import type { Invoice } from '@daftari/domain'
import { type OwnTable, ownTable } from '../kernel/own-tables.ts'

export const invoiceTable: OwnTable<Invoice> = ownTable('invoice')
