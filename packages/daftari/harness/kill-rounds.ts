import { Ledger } from './ledger.ts'
import { endProcessesOf, kill, serverOf } from './processes.ts'
import { type ServiceProcess, startService } from './service-process.ts'

/** Whom `kill -9` meets. */
const VICTIMS = ['node', 'server', 'both', 'npm'] as const
export type Victim = (typeof VICTIMS)[number]

const MOST_BEFORE_KILL = 120

export interface Tally {
  acknowledged: number
  lost: number
  tooMany: number
  orphans: number
}

/**
 * Kills the service under load, round after round, on one data directory: what was acknowledged must be there once
 * after the next start, and no process may be left. `say` is told how each round went.
 */
export async function killRounds(
  rounds: number,
  dataDir: string,
  say: (line: string) => void,
): Promise<Tally> {
  const ledger = new Ledger()
  const tally: Tally = { acknowledged: 0, lost: 0, tooMany: 0, orphans: 0 }
  for (let round = 0; round < rounds; round += 1) {
    const victim = VICTIMS[round % VICTIMS.length] ?? 'node'
    const service = await startService(dataDir, victim === 'npm' ? 'npm' : 'node')
    if (round === 0) await ledger.begin(service)
    await audit(ledger, service, tally)
    const before = ledger.acknowledged.size
    await loadAndKill(ledger, service, dataDir, victim)
    const left = await endProcessesOf(dataDir)
    tally.orphans += left.length
    say(`${victim} killed after ${ledger.acknowledged.size - before} acknowledged`)
  }
  const service = await startService(dataDir, 'node')
  await audit(ledger, service, tally)
  service.stop()
  const end = await service.ended
  if (end !== 0) throw new Error(`the last stop ended with ${end}`)
  return tally
}

async function audit(ledger: Ledger, service: ServiceProcess, tally: Tally): Promise<void> {
  await ledger.sendAgain(service)
  const { lost, tooMany } = await ledger.compare(service)
  tally.acknowledged = ledger.acknowledged.size
  tally.lost = Math.max(tally.lost, lost.length)
  tally.tooMany = Math.max(tally.tooMany, tooMany.length)
}

async function loadAndKill(
  ledger: Ledger,
  service: ServiceProcess,
  dataDir: string,
  victim: Victim,
): Promise<void> {
  let left = 1 + Math.floor(Math.random() * MOST_BEFORE_KILL)
  await ledger.write(service, () => {
    left -= 1
    if (left === 0) killThe(victim, service, dataDir)
  })
  const end = await service.ended
  // Without its server the service has to end by itself, and to say that this is no good end.
  const expected = victim === 'server' ? 1 : 'SIGKILL'
  if (end !== expected) throw new Error(`${victim} was killed, and the service ended with ${end}`)
}

function killThe(victim: Victim, service: ServiceProcess, dataDir: string): void {
  if (victim !== 'server') kill(service.pid)
  if (victim === 'server' || victim === 'both') kill(serverOf(dataDir))
}
