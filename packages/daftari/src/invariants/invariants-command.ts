import { checkInvariants } from '@daftari/adapters-postgres'
import type { Command } from 'commander'
import { print } from '../commands/output.ts'
import { withSchema } from '../commands/with-books.ts'

const CHECK_FAILED = 3

/** `daftari invariants`: what must hold between the rows, whatever happened. */
export function addInvariantsCommand(program: Command): void {
  program
    .command('invariants')
    .description('check what must hold between the rows of the books')
    .option('--json', 'print JSON')
    .action(({ json }: { readonly json?: boolean }) =>
      withSchema(async ({ systemConnectionString: connectionString }) => {
        const violations = await checkInvariants({ connectionString })
        const lines = violations.map(({ invariant, detail }) => `${invariant}: ${detail}`)
        print({ violations }, json, lines.length === 0 ? ['every invariant holds'] : lines)
        if (violations.length > 0) process.exitCode = CHECK_FAILED
      }),
    )
}
