import type { Command } from 'commander'
import { print } from '../commands/output.ts'
import { OPERATOR, ownerOf, withBooks } from '../commands/with-books.ts'

interface Options {
  readonly owner?: string
  readonly json?: boolean
}

interface CreateOptions extends Options {
  readonly name: string
  readonly scope: readonly ('read' | 'write' | 'admin')[]
  readonly expiresAt?: string
}

/** `daftari keys create --owner --scope… | list | revoke <id>` */
export function addKeysCommand(program: Command): void {
  const keys = program.command('keys').description('API keys of an owner')
  keys
    .command('create')
    .description('create a key; its text is shown only now')
    .option('--owner <id>', 'the owner of the key; by default the only owner')
    .requiredOption('--scope <scope...>', 'read, write, admin: one or several')
    .option('--name <name>', 'what the key is for', 'Command line')
    .option('--expires-at <instant>', 'RFC 3339, e.g. 2027-01-01T00:00:00Z')
    .option('--json', 'print JSON')
    .action(({ owner, name, scope: scopes, expiresAt, json }: CreateOptions) =>
      withBooks(async (books) => {
        const scope = { ownerId: await ownerOf(books, owner), ...OPERATOR }
        const key = await books.access.createKey(scope, {
          name,
          scopes: [...scopes],
          expiresAt: expiresAt ?? null,
        })
        print(key, json, [key.key])
      }),
    )
  keys
    .command('list')
    .description('list the keys that are not revoked')
    .option('--owner <id>', 'the owner of the keys; by default the only owner')
    .option('--json', 'print JSON')
    .action(({ owner, json }: Options) =>
      withBooks(async (books) => {
        const scope = { ownerId: await ownerOf(books, owner), ...OPERATOR }
        const { data } = await books.access.listKeys(scope, { limit: 100 })
        print(
          data,
          json,
          data.map(({ id, name, scopes }) => `${id}  ${scopes.join(',')}  ${name}`),
        )
      }),
    )
  keys
    .command('revoke <id>')
    .description('revoke a key')
    .option('--owner <id>', 'the owner of the key; by default the only owner')
    .option('--json', 'print JSON')
    .action((keyId: string, { owner, json }: Options) =>
      withBooks(async (books) => {
        const scope = { ownerId: await ownerOf(books, owner), ...OPERATOR }
        await books.access.revokeKey(scope, { keyId })
        print({ revoked: keyId }, json, [`revoked ${keyId}`])
      }),
    )
}
