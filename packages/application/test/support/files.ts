import type { AttachmentView, Books, FileStore, Scope } from '../../src/index.ts'

/** A text as the pieces of a file, one for each argument. */
export async function* pieces(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield new TextEncoder().encode(text)
}

export const PDF = '%PDF-1.7 a receipt'

export function uploaded(books: Books, scope: Scope, ...texts: readonly string[]): Promise<AttachmentView> {
  return books.attachments.upload(scope, {
    fileName: 'risiti.pdf',
    content: pieces(...(texts.length === 0 ? [PDF] : texts)),
  })
}

export async function textOf(content: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const piece of content) text += decoder.decode(piece, { stream: true })
  return text
}

/** The store as one that does not hand out files by itself. */
export function withoutLinks(store: FileStore): FileStore {
  const { storeId, mark, receive, put, read, stat, list, sweepUnfinished, close } = store
  return { storeId, mark, receive, put, read, stat, delete: store.delete, list, sweepUnfinished, close }
}
