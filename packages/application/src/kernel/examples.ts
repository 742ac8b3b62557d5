import { instant, type LocalDate } from '@daftari/domain'

/** The owner, actor and time of the example events in the documentation. */
export const example = {
  ownerId: '01980000-0000-7000-8000-000000000001',
  by: 'user:asha',
  at: instant(1_795_251_600_000),
  today: '2026-11-21' as LocalDate,
  id: <Id extends string>(last: number): Id => `01980000-0000-7000-8000-00000000000${last}` as Id,
}
