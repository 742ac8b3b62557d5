import type { Command } from 'commander'
import { print } from '../commands/output.ts'
import { withContainer } from '../commands/with-books.ts'
import { tokens } from '../composition/tokens.ts'
import { shownPlace } from './storage-place.ts'

interface Options {
  readonly json?: boolean
}

/** `daftari storage init` */
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
}
