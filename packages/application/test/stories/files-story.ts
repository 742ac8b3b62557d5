import { uploaded } from '../support/files.ts'
import type { Story } from './story.ts'

export const filesStory: Story = async ({ books, scope }) => {
  const { id: attachmentId } = await uploaded(books, scope)
  await books.attachments.delete(scope, { attachmentId })
}
