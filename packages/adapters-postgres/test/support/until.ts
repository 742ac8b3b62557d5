import { setTimeout as delay } from 'node:timers/promises'

/** Waits for a condition that no event announces; fails when it does not come, however loaded the machine is. */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  patienceMs = 60_000,
): Promise<void> {
  const deadline = performance.now() + patienceMs
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`waited ${patienceMs} ms in vain: ${what}`)
    await delay(10)
  }
}
