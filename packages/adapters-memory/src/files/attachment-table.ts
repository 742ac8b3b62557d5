import type { Attachment } from '@daftari/domain'
import { type OwnTable, ownTable } from '../kernel/own-tables.ts'

export const attachmentTable: OwnTable<Attachment> = ownTable('attachment')
