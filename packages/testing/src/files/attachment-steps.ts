import type { Attachment } from '@daftari/domain'
import { change, type OwnerBooks } from '../kernel/steps.ts'
import { anAttachment } from './file-builders.ts'

export async function storedAttachment(
  desk: OwnerBooks,
  overrides: Partial<Attachment> = {},
): Promise<Attachment> {
  const file = anAttachment(overrides)
  await change(desk, (tx) => tx.attachments.insert(file))
  return file
}
