import type { AttachmentId } from '../../files/ids.ts'
import type { LocalDate } from '../../kernel/calendar/local-date.ts'
import type { Money } from '../../kernel/money/money.ts'
import type { CategoryId } from '../ids.ts'

/** The fields of an expense that a person enters. */
export interface ExpenseFacts {
  readonly amount: Money
  readonly categoryId: CategoryId
  readonly expenseDate: LocalDate
  readonly description: string | null
  readonly attachmentIds: readonly AttachmentId[]
}
