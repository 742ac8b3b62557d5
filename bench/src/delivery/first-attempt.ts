import { setTimeout } from 'node:timers/promises'
import { type Books, createDispatcher } from '@daftari/application'
import { type Spread, spread } from '../measure.ts'
import type { Stage } from './stage.ts'

const CATEGORY = '0c000000-0000-7000-8000-000000000001'
/** So long after the last one that nobody is still busy with it or waits to tell others together; in step with nothing. */
const PAUSE_MS = [120, 220] as const

/** Milliseconds from the moment a write is acknowledged until its event is attempted, with nothing else to do. */
export async function firstAttemptMs(stage: Stage, writers: Books, times: number): Promise<Spread> {
  await stage.clear()
  await stage.query(
    `insert into daftari.category
        (owner_id, id, name, name_key, version, created_at, created_by, updated_at)
      values ($1, $2, 'Usafiri', 'usafiri', 1, now(), 'bench', now()) on conflict do nothing`,
    [stage.scope.ownerId, CATEGORY],
  )
  const dispatcher = createDispatcher(stage.adapters)
  const running = dispatcher.run()
  const delays: number[] = []
  try {
    for (let time = -5; time < times; time += 1) {
      await setTimeout(PAUSE_MS[0] + Math.random() * (PAUSE_MS[1] - PAUSE_MS[0]))
      const delay = await delayOf(stage, writers)
      if (time >= 0) delays.push(delay)
    }
  } finally {
    await dispatcher.stop()
    await running
  }
  return spread(delays)
}

async function delayOf(stage: Stage, writers: Books): Promise<number> {
  const attempted = new Promise<number>((resolve) => {
    stage.handler = async () => resolve(performance.now())
  })
  await writers.expenses.create(stage.scope, {
    amount: { amount: '12500.00', currency: 'TZS' },
    categoryId: CATEGORY,
    expenseDate: '2024-06-30',
    description: 'Nauli ya dala dala, Kariakoo',
  })
  const committed = performance.now()
  return Math.max(0, (await attempted) - committed)
}
