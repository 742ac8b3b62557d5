import type { Command } from 'commander'
import { print } from '../commands/output.ts'
import { OPERATOR, withBooks, withContainer } from '../commands/with-books.ts'
import { tokens } from '../composition/tokens.ts'
import { shownPlace } from './storage-place.ts'

interface Options {
  readonly json?: boolean
}

/** Some of it failed. */
const PARTLY_FAILED = 4
const CHECK_FAILED = 3

/** `daftari storage init | sweep | verify` */
export function addStorageCommand(program: Command): void {
  const storage = program.command('storage').description('where the bytes of files lie')
  storage
    .command('init')
    .description('mark the place of STORAGE_URL as that of these books, unless it is marked already')
    .option('--json', 'print JSON')
    .action(({ json }: Options) =>
      withContainer(async (container) => {
        const { files, ids } = container.resolve(tokens.ports)
        const known = await files.storeId()
        const storeId = known ?? (await files.mark(ids.next()))
        const place = shownPlace(container.resolve(tokens.config).storage)
        const did = known === null ? 'is marked now' : 'was marked already'
        print({ storeId, isNew: known === null }, json, [`${place} ${did}: ${storeId}`])
      }),
    )
  storage
    .command('sweep')
    .description('remove staged files whose day is over, and bytes that no row names')
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
          ...missing.map((id) => `missing  ${id}`),
          ...damaged.map((id) => `damaged  ${id}`),
          `${files} files, ${missing.length} missing, ${damaged.length} damaged`,
        ])
        if (missing.length > 0 || damaged.length > 0) process.exitCode = CHECK_FAILED
      }),
    )
}
