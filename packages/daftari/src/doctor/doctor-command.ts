import type { Command } from 'commander'
import type { Finding } from '../checks/check.ts'
import { print, UsageError } from '../commands/output.ts'
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
    .description('check that everything is in order')
    .option('--component <name...>', `only these: ${components.join(', ')}`)
    .option('-v, --verbose', 'say what was looked at')
    .option('--json', 'print JSON')
    .action(async ({ component, verbose = false, json }: Options) => {
      const unknown = component?.find((name) => !components.includes(name))
      if (unknown !== undefined) {
        throw new UsageError(`there is no component ${unknown}; there are ${components.join(', ')}`)
      }
      const findings = await examine(component ?? components, process.env)
      print(
        { findings },
        json,
        findings.flatMap((finding) => linesOf(finding, verbose)),
      )
      if (findings.some(({ ok }) => !ok)) process.exitCode = CHECK_FAILED
    })
}

function linesOf({ component, ok, details, remedy }: Finding, isVerbose: boolean): string[] {
  const lines = [`${ok ? 'ok     ' : 'FAILED '}${component}`]
  if (isVerbose || !ok) lines.push(...details.map((detail) => `       ${detail}`))
  if (remedy !== null) lines.push(`       next: ${remedy}`)
  return lines
}
