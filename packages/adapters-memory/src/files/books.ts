import type { Attachment } from '@daftari/domain'
import { Table } from '../kernel/table.ts'

export interface FilesBooks {
  readonly attachments: Table<Attachment>
}

export function filesBooks(): FilesBooks {
  return { attachments: new Table() }
}
