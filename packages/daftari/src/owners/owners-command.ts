import type { Command } from 'commander'
import { print } from '../commands/output.ts'
import { OPERATOR, withBooks } from '../commands/with-books.ts'

interface Options {
  readonly json?: boolean
}

/** `daftari owners create --name --time-zone | list` */
export function addOwnersCommand(program: Command): void {
  const owners = program.command('owners').description('the owners of the books')
  owners
    .command('create')
    .description('create an owner')
    .requiredOption('--name <name>', 'the name of the person or organisation')
    .option('--time-zone <zone>', 'the time zone of the owner', 'Africa/Dar_es_Salaam')
    .option('--json', 'print JSON')
    .action(({ name, timeZone, json }: Options & { readonly name: string; readonly timeZone: string }) =>
      withBooks(async ({ access }) => {
        const owner = await access.createOwner(OPERATOR, { name, timeZone })
        print(owner, json, [owner.id])
      }),
    )
  owners
    .command('list')
    .description('list the owners')
    .option('--json', 'print JSON')
    .action(({ json }: Options) =>
      withBooks(async ({ access }) => {
        const all = []
        for (let cursor: string | null | undefined; cursor !== null; ) {
          const page = await access.listOwners(
            OPERATOR,
            cursor === undefined ? { limit: 100 } : { limit: 100, cursor },
          )
          all.push(...page.data)
          cursor = page.nextCursor
        }
        print(
          all,
          json,
          all.map(({ id, name, timeZone }) => `${id}  ${timeZone}  ${name}`),
        )
      }),
    )
}
