import { migrateDown, migrateUp, migrationStatus } from '@daftari/adapters-postgres'
import type { Command } from 'commander'
import { print, UsageError } from '../commands/output.ts'
import { withDatabase } from '../commands/with-books.ts'
import { renumbered } from '../database/bring-up-to-date.ts'

interface Options {
  readonly json?: boolean
}

const NOTHING = 'nothing'

/** `daftari migrate up | down --to <name> | status` */
export function addMigrateCommand(program: Command): void {
  const migrate = program.command('migrate').description("change the database's schema")
  migrate
    .command('up')
    .description('apply the missing migrations')
    .option('--json', 'print JSON')
    .action(({ json }: Options) =>
      withDatabase(async ({ systemConnectionString: connectionString }) => {
        let renumberedEvents = 0
        const lines: string[] = []
        const applied = await migrateUp({
          connectionString,
          onRenumbered(events) {
            renumberedEvents = events
            lines.push(renumbered(events))
          },
        })
        lines.unshift(...applied.map((name) => `applied ${name}`))
        print({ applied, renumberedEvents }, json, lines.length === 0 ? ['up to date'] : lines)
      }),
    )
  migrate
    .command('down')
    .description(`undo every migration after the given one; "${NOTHING}" undoes all`)
    .requiredOption('--to <name>', 'the last migration to keep')
    .option('--json', 'print JSON')
    .action(({ to, json }: Options & { readonly to: string }) =>
      withDatabase(async ({ systemConnectionString: connectionString }) => {
        if (to !== NOTHING) await refuseUnknown(to, connectionString)
        const undone = await migrateDown({ connectionString }, to === NOTHING ? null : to)
        print(
          { undone },
          json,
          undone.length === 0 ? ['nothing to undo'] : undone.map((name) => `undone ${name}`),
        )
      }),
    )
  migrate
    .command('status')
    .description('list the migrations and whether each is applied')
    .option('--json', 'print JSON')
    .action(({ json }: Options) =>
      withDatabase(async ({ systemConnectionString: connectionString }) => {
        const steps = await migrationStatus({ connectionString })
        print(
          { steps },
          json,
          steps.map(({ name, isApplied }) => `${isApplied ? 'applied' : 'missing'} ${name}`),
        )
      }),
    )
}

async function refuseUnknown(to: string, connectionString: string): Promise<void> {
  const steps = await migrationStatus({ connectionString })
  if (steps.some(({ name }) => name === to)) return
  throw new UsageError(`there is no migration ${to}; choose from ${steps.map(({ name }) => name).join(', ')}`)
}
