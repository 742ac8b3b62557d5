import type { Command } from 'commander'
import { print } from '../commands/output.ts'
import { OPERATOR, withBooks, withContainer } from '../commands/with-books.ts'
import { tokens } from '../composition/tokens.ts'
import { shownPlace } from './storage-place.ts'

interface Options {
  readonly json?: boolean
}

/** A part of the work failed. */
const PARTLY_FAILED = 4
const CHECK_FAILED = 3

/** `daftari storage init | reconcile | sweep | verify` */
export function addStorageCommand(program: Command): void {
  const storage = program.command('storage').description('the places where the bytes of files are stored')
  storage
    .command('init')
    .description('mark the places of files as the stores of these books, unless they are marked already')
    .option('--json', 'print JSON')
    .action(({ json }: Options) =>
      withContainer(async (container) => {
        const { fileStores, ids } = container.resolve(tokens.ports)
        const { storage, storageFallback } = container.resolve(tokens.config)
        const stores: { place: string; storeId: string; isNew: boolean }[] = []
        for (const [index, place] of [storage, storageFallback].entries()) {
          const store = fileStores[index]
          if (place === null || store === undefined) continue
          const known = await store.storeId()
          const storeId = known ?? (await store.mark(ids.next()))
          stores.push({ place: shownPlace(place), storeId, isNew: known === null })
        }
        print(
          { stores },
          json,
          stores.map(
            ({ place, storeId, isNew }) =>
              `${place} ${isNew ? 'is marked now' : 'was marked already'}: ${storeId}`,
          ),
        )
      }),
    )
  storage
    .command('reconcile')
    .description('move every file into the place of STORAGE_URL, from that of STORAGE_FALLBACK_URL')
    .option('--json', 'print JSON')
    .action(({ json }: Options) =>
      withBooks(async (books) => {
        const view = await books.storage.reconcile(OPERATOR)
        const { filesMoved, bytesMoved, filesFailed, missing, damaged } = view
        print(view, json, [
          ...linesOf({ missing, damaged }),
          `${filesMoved} moved (${bytesMoved} bytes), ${filesFailed} failed, ${missing.length} missing, ${damaged.length} damaged`,
        ])
        if (filesFailed + missing.length + damaged.length > 0) process.exitCode = PARTLY_FAILED
      }),
    )
  storage
    .command('sweep')
    .description('remove staged files that have expired, and bytes without a row that are older than a day')
    .option('--json', 'print JSON')
    .action(({ json }: Options) =>
      withBooks(async (books) => {
        const swept = await books.storage.sweep(OPERATOR)
        const { filesRemoved, filesFailed, bytesReclaimed, inconsistencies } = swept
        print(swept, json, [
          `${filesRemoved} removed (${bytesReclaimed} bytes), ${filesFailed} failed, ${inconsistencies} missing`,
        ])
        if (filesFailed > 0 || inconsistencies > 0) process.exitCode = PARTLY_FAILED
      }),
    )
  storage
    .command('verify')
    .description('read every file and compare it with its hash')
    .option('--json', 'print JSON')
    .action(({ json }: Options) =>
      withBooks(async (books) => {
        const verified = await books.storage.verify(OPERATOR)
        const { files, missing, damaged } = verified
        print(verified, json, [
          ...linesOf(verified),
          `${files} files, ${missing.length} missing, ${damaged.length} damaged`,
        ])
        if (missing.length > 0 || damaged.length > 0) process.exitCode = CHECK_FAILED
      }),
    )
}

function linesOf({
  missing,
  damaged,
}: {
  readonly missing: readonly string[]
  readonly damaged: readonly string[]
}): string[] {
  return [...missing.map((id) => `missing  ${id}`), ...damaged.map((id) => `damaged  ${id}`)]
}
