import type { LocalDate } from '../calendar/local-date.ts'
import type { AttachmentId } from '../files/ids.ts'
import type { Money } from '../money/money.ts'
import type { CategoryId } from '../spending/ids.ts'

/** What a person says of an expense. */
export interface ExpenseFacts {
  readonly amount: Money
  readonly categoryId: CategoryId
  readonly expenseDate: LocalDate
  readonly description: string | null
  readonly attachmentIds: readonly AttachmentId[]
}
