import type { Page } from '../../src/index.ts'

/** All rows of a list, read page by page. */
export async function everyPage<View>(
  read: (page: { readonly limit: number; readonly cursor?: string }) => Promise<Page<View>>,
  limit = 100,
): Promise<View[]> {
  const rows: View[] = []
  let page = await read({ limit })
  rows.push(...page.data)
  while (page.nextCursor !== null) {
    page = await read({ limit, cursor: page.nextCursor })
    rows.push(...page.data)
  }
  return rows
}
