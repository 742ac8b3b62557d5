#!/usr/bin/env node
import { openapiDocument } from '@daftari/http'
import { Command, CommanderError } from 'commander'
import { configOfEnvironment } from './commands/environment.ts'
import { failureOf } from './commands/failure.ts'
import { print, say } from './commands/output.ts'
import { addCheckInfrastructure, addDoctorCommand } from './doctor/doctor-command.ts'
import { addStorageCommand } from './files/storage-command.ts'
import { addInvariantsCommand } from './invariants/invariants-command.ts'
import { addKeysCommand } from './keys/keys-command.ts'
import { addMigrateCommand } from './migrate/migrate-command.ts'
import { addFlushExpenseOutbox, addOutboxCommand } from './outbox/outbox-command.ts'
import { addOwnersCommand } from './owners/owners-command.ts'
import { serve } from './serve/serve.ts'

const USAGE = 2

function commands(): Command {
  const program = new Command('daftari').description('The books of an organisation.').exitOverride()
  program
    .command('serve')
    .description('run the HTTP service until it receives a signal')
    .action(() => serve(configOfEnvironment()))
  addDoctorCommand(program)
  addMigrateCommand(program)
  addOwnersCommand(program)
  addKeysCommand(program)
  addInvariantsCommand(program)
  addOutboxCommand(program)
  addStorageCommand(program)
  addFlushExpenseOutbox(program)
  addCheckInfrastructure(program)
  program
    .command('openapi')
    .description('print the OpenAPI document')
    .option('--json', 'print it without line breaks')
    .action(async ({ json }: { readonly json?: boolean }) => {
      const document = await openapiDocument()
      print(document, json, [JSON.stringify(document, null, 2)])
    })
  return program
}

try {
  await commands().parseAsync()
} catch (error) {
  process.exitCode = exitCodeOf(error)
}

/** Commander has already printed its message. It also ends with an error after printing its help. */
function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE
  const { exitCode, sentences } = failureOf(error)
  for (const sentence of sentences) say(sentence)
  return exitCode
}
