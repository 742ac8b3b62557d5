import type { Command } from 'commander'
import type { Finding } from '../checks/check.ts'
import { print, say, UsageError } from '../commands/output.ts'
import { components, examine } from './examine.ts'

const CHECK_FAILED = 3

interface Options {
  readonly component?: readonly string[]
  readonly verbose?: boolean
  readonly json?: boolean
}

/** `daftari doctor [--component …]… [-v]` */
export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('check the configuration, the database, the library and the places of files')
    .option('--component <name...>', `check only these: ${components.join(', ')}`)
    .option('-v, --verbose', 'print what was checked')
    .option('--json', 'print JSON')
    .action(async (options: Options) => {
      const wanted = options.component ?? components
      refuseUnknown(wanted, components)
      report(await examine(wanted, process.env), options)
    })
}

/** The component names of the earlier command, and their new names. */
const SEED_COMPONENTS: Readonly<Record<string, string>> = {
  database: 'database',
  currency: 'currency',
  outbox: 'outbox',
  repositories: 'repositories',
  transactions: 'transactions',
  configuration: 'config',
  container: 'container',
}

/** The earlier command `check_infrastructure`. */
export function addCheckInfrastructure(program: Command): void {
  const names = Object.keys(SEED_COMPONENTS)
  program
    .command('check_infrastructure', { hidden: true })
    .description('the earlier name of daftari doctor, with its earlier options')
    .alias('check-infrastructure')
    .option('--component <name...>', `check only these: ${names.join(', ')}`)
    .option('--verbose', 'print what was checked')
    .option('--json', 'print JSON')
    .action(async (options: Options) => {
      say('This is now: daftari doctor [--component <name>…] [-v]')
      const wanted = options.component ?? names
      refuseUnknown(wanted, names)
      const findings = await examine(
        wanted.map((name) => SEED_COMPONENTS[name] ?? name),
        process.env,
      )
      report(findings.map(asItWasCalled), options)
    })
}

function asItWasCalled(finding: Finding): Finding {
  const [name = finding.component] =
    Object.entries(SEED_COMPONENTS).find(([, now]) => now === finding.component) ?? []
  return { ...finding, component: name }
}

/** @throws UsageError */
function refuseUnknown(wanted: readonly string[], known: readonly string[]): void {
  const unknown = wanted.find((name) => !known.includes(name))
  if (unknown !== undefined) {
    throw new UsageError(`there is no component ${unknown}; choose from ${known.join(', ')}`)
  }
}

/** Prints the results. The exit code is 3 when a check failed. */
function report(findings: readonly Finding[], { verbose = false, json }: Options): void {
  print(
    { findings },
    json,
    findings.flatMap((finding) => linesOf(finding, verbose)),
  )
  if (findings.some(({ ok }) => !ok)) process.exitCode = CHECK_FAILED
}

function linesOf({ component, ok, details, remedy }: Finding, isVerbose: boolean): string[] {
  const lines = [`${ok ? 'ok     ' : 'FAILED '}${component}`]
  if (isVerbose || !ok) lines.push(...details.map((detail) => `       ${detail}`))
  if (remedy !== null) lines.push(`       next: ${remedy}`)
  return lines
}
