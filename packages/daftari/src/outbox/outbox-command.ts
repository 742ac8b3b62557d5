import { type Command, InvalidArgumentError } from 'commander'
import { say, UsageError } from '../commands/output.ts'
import {
  cleanUp,
  flushOnce,
  retryAll,
  runUntilTold,
  sayHowItStands,
  showStats,
  type Told,
} from './outbox-work.ts'

const UNITS = { s: 1, m: 60, h: 3600, d: 86_400 }
const SECOND_MS = 1000

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('Give a whole number from 1.')
  return Number(text)
}

/** `30s`, `5m`, `12h`, `30d`, in seconds. */
function duration(text: string): number {
  const [, count, unit] = /^([1-9]\d{0,5})([smhd])$/.exec(text) ?? []
  if (count === undefined || unit === undefined)
    throw new InvalidArgumentError('Give a duration, such as 30s, 5m, 12h or 30d.')
  return Number(count) * UNITS[unit as keyof typeof UNITS]
}

/** `daftari outbox flush | run | retry | cleanup | stats` */
export function addOutboxCommand(program: Command): void {
  const outbox = program.command('outbox').description('the delivery of events to subscribers')
  outbox
    .command('flush')
    .description('deliver once everything that is due')
    .option('--batch-size <n>', 'how many at a time', wholeNumber)
    .option('--json', 'print JSON')
    .action(flushOnce)
  outbox
    .command('run')
    .description('deliver until a signal arrives')
    .option('--interval <duration>', 'how often to poll without a wake-up', duration)
    .action(({ interval }: { readonly interval?: number }) => runUntilTold({ intervalSeconds: interval }))
  outbox
    .command('retry')
    .description('make failed deliveries due now')
    .requiredOption('--failed', 'deliveries that wait for another attempt')
    .option('--dead', 'also dead deliveries')
    .option('--json', 'print JSON')
    .action(({ dead = false, json }: Told & { readonly dead?: boolean }) => retryAll(dead, { json }))
  outbox
    .command('cleanup')
    .description('remove deliveries that were finished long ago')
    .option('--older-than <duration>', 'how long ago', duration, UNITS.d * 30)
    .option('--dry-run', 'only count them')
    .option('--json', 'print JSON')
    .action(({ olderThan, dryRun = false, json }: Told & { olderThan: number; dryRun?: boolean }) =>
      cleanUp(olderThan * SECOND_MS, dryRun, { json }),
    )
  outbox.command('stats').description('count the deliveries').option('--json', 'print JSON').action(showStats)
}

interface SeedFlags extends Told {
  readonly continuous?: boolean
  readonly interval?: number
  readonly batchSize?: number
  readonly retryFailed?: boolean
  readonly cleanup?: boolean
  readonly cleanupDays?: number
  readonly dryRun?: boolean
  readonly olderThanHours?: number
  readonly stats?: boolean
  readonly verbose?: boolean
}

/** The earlier command `flush_expense_outbox`. */
export function addFlushExpenseOutbox(program: Command): void {
  program
    .command('flush_expense_outbox', { hidden: true })
    .description('the earlier name of daftari outbox, with its earlier options')
    .alias('flush-expense-outbox')
    .option('--continuous', 'deliver until a signal arrives')
    .option('--interval <seconds>', 'how often, with --continuous (30)', wholeNumber)
    .option('--batch-size <n>', 'how many at a time', wholeNumber)
    .option('--retry-failed', 'make failed deliveries due now')
    .option('--cleanup', 'remove deliveries that were finished long ago')
    .option('--cleanup-days <days>', 'how long ago, with --cleanup (30)', wholeNumber)
    .option('--dry-run', 'only count the deliveries that would be removed')
    .option('--older-than-hours <hours>', 'how long ago, with --dry-run alone (24)', wholeNumber)
    .option('--stats', 'count them')
    .option('--verbose', 'also print the counts afterwards')
    .option('--json', 'print JSON')
    .action(asItWas)
}

async function asItWas(flags: SeedFlags): Promise<void> {
  say('This is now: daftari outbox flush | run | retry | cleanup | stats')
  await orderedBy(flags)
  if (flags.verbose) await sayHowItStands()
}

function orderedBy(flags: SeedFlags): Promise<void> {
  refuseMixtures(flags)
  const { batchSize, interval = 30, cleanupDays = 30, dryRun = false, olderThanHours = 24 } = flags
  if (flags.stats) return showStats(flags)
  if (flags.cleanup) return cleanUp(cleanupDays * UNITS.d * SECOND_MS, dryRun, flags)
  if (dryRun) return cleanUp(olderThanHours * UNITS.h * SECOND_MS, true, flags)
  if (flags.retryFailed) return retryAll(false, flags)
  if (flags.continuous) return runUntilTold({ batchSize, intervalSeconds: interval })
  return flushOnce(flags)
}

/** Refuses combinations of options of which one would be ignored, above all `--dry-run`. @throws UsageError */
function refuseMixtures(flags: SeedFlags): void {
  const { continuous, retryFailed, cleanup, dryRun, stats } = flags
  const orders = [continuous, retryFailed, cleanup, stats].filter((flag) => flag === true)
  if (orders.length > 1) {
    throw new UsageError('choose one of --continuous, --retry-failed, --cleanup, --stats')
  }
  if (dryRun && orders.length > 0 && !cleanup) {
    throw new UsageError('--dry-run counts what would be removed: use it alone or with --cleanup')
  }
  const pairs = [
    ['--interval', flags.interval, '--continuous', continuous],
    ['--cleanup-days', flags.cleanupDays, '--cleanup', cleanup],
    ['--older-than-hours', flags.olderThanHours, '--dry-run', dryRun],
  ] as const
  for (const [name, value, companion, isThere] of pairs) {
    if (value !== undefined && isThere !== true) throw new UsageError(`${name} goes with ${companion}`)
  }
}
